import { Box, Button, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ManyAnswers } from '../api/types'
import { count } from '../part/format'
import { AnswerWindow } from './AnswerWindow'
import { many, picture, type Wanted } from './api'

/** Pictures with what the models say below each. */
export function AnswersGallery({ answers, wanted }: { answers: ManyAnswers; wanted: Wanted }) {
  const [asked, setAsked] = useState(60)
  const found = useQuery({
    queryKey: ['answer gallery', answers.job, wanted, asked], queryFn: () => many.rows(answers.job, wanted, 0, asked), staleTime: Infinity, placeholderData: (before) => before,
  })
  const [large, setLarge] = useState<number | null>(null)
  if (!found.data) return null
  return (
    <Box className="surface" p="lg">
      <div className="judged">
        {found.data.rows.map((row, place) => (
          <button key={row.position} type="button" onClick={() => setLarge(place)} aria-label={`Show ${row.picture} large`}>
            {row.problem === undefined
              ? <img className="pixels" loading="lazy" src={picture(answers.job, row.position)} alt={row.picture} />
              : <Text size="xs" c="dimmed" className="noimage">{row.problem}</Text>}
            {[...new Set(row.answers.map((said) => said.className))].map((name) => {
              const voices = row.answers.filter((said) => said.className === name)
              return (
                <Text key={name} size="xs" mt={3} className="cut">
                  {voices[0]!.right !== undefined && <b className="mark" data-right={voices[0]!.right} aria-label={voices[0]!.right ? 'right' : 'wrong'}>{voices[0]!.right ? '✓' : '✗'}</b>}
                  {name} {row.answers.length > 1 ? `(${voices.length} of ${row.answers.length})` : `${(100 * voices[0]!.probability).toFixed(1)} %`}
                </Text>
              )
            })}
            <Text size="xs" c="dimmed" className="cut" title={row.picture}>{row.picture.split('/').at(-1)}</Text>
          </button>
        ))}
      </div>
      {found.data.count > found.data.rows.length && asked < 500 && <Button mt="md" size="xs" variant="default" onClick={() => setAsked(Math.min(500, asked * 3))}>Show more of {count(found.data.count)}</Button>}
      {large !== null && <AnswerWindow answers={answers} wanted={wanted} total={found.data.count} place={large} onPlace={setLarge} onClose={() => setLarge(null)} />}
    </Box>
  )
}
