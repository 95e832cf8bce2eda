import { Box, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { address, api, type Split } from '../api/client'

const MOST = 12

/** A few pictures that the model did not learn from, to try at once. */
export function TestPictures({ data, onChoose }: { data: string; onChoose: (name: string, picture: Blob) => void }) {
  const dataset = useQuery({ queryKey: ['datasets', data], queryFn: () => api.dataset(data), retry: false })
  if (!dataset.data) return null
  const counts = dataset.data.pictures
  const split: Split = counts.test > 0 ? 'test' : 'validation'
  const count = counts[split]
  if (count === 0) return null
  // golden steps: neither pictures in the order of their classes nor classes in turns give the same class twelve times
  const positions = [...new Set(Array.from({ length: MOST }, (_, i) => Math.floor(count * ((i * 0.618034) % 1))))]
  const choose = async (position: number) => {
    const answer = await fetch(address.picture(data, split, position))
    if (answer.ok) onChoose(`${split} picture ${position} of ${data}`, await answer.blob())
  }
  return (
    <Box mt="lg">
      <Text size="xs" c="dimmed" mb={6}>or one of the {split} pictures of {data}</Text>
      <div className="testpictures">
        {positions.map((position) => (
          <button key={position} type="button" className="tile" aria-label={`Try ${split} picture ${position}`} onClick={() => void choose(position)}>
            <img src={address.picture(data, split, position)} alt="" loading="lazy" className="pixels" />
          </button>
        ))}
      </div>
    </Box>
  )
}
