import { Box, Group, Loader, SegmentedControl, Select, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { look } from '../api/look'
import type { Way } from '../api/types'
import { plain } from './format'
import { heatTwin } from './lookTwins'
import { ProblemCard, parts } from './ProblemCard'
import { Twins } from './Twins'

type Method = 'grad-cam' | 'occlusion'

/** Which places of the picture speak for a class, as heat over it. */
export function PlacesPart({ model, picture, way }: { model: string; picture: string; way: Way }) {
  const [method, setMethod] = useState<Method>('grad-cam')
  const [className, setClassName] = useState<string | null>(null)
  const [layer, setLayer] = useState<string | null>(null)
  const named = className ?? undefined
  const weighed = method === 'grad-cam' ? (layer ?? undefined) : undefined
  const heat = useQuery({
    queryKey: ['heat', model, picture, method, named, weighed],
    queryFn: () => (method === 'grad-cam' ? look.gradCam(model, picture, named, weighed) : look.occlusion(model, picture, named)),
    staleTime: Infinity, retry: false,
  })
  const maps = way.layers.filter((each) => each.shape.length === 3 && each.shape[1]! * each.shape[2]! > 1).map((each) => each.layer)
  return (
    <Box>
      <Group justify="space-between" mb="sm" wrap="nowrap">
        <Title order={2} fz="md">Which places decide</Title>
        <Twins what="Which places decide" twin={heatTwin(model, picture, method, named, weighed)} />
      </Group>
      {heat.error ? <ProblemCard problem={parts(heat.error)} />
        : heat.data ? <img className="seen pixels" src={heat.data.picture} alt={`Places that speak for ${heat.data.name}`} />
          : <Box className="seen" style={{ aspectRatio: '1', display: 'grid', placeItems: 'center' }}><Loader size="sm" aria-label="Computing" /></Box>}
      {heat.data && <Text size="xs" c="dimmed" mt={6}>Orange speaks for “{heat.data.name}” ({heat.data.meaning} {plain(heat.data.score)}), blue against{heat.data.layer ? `; maps of ${heat.data.layer}` : ''}.</Text>}
      <SegmentedControl fullWidth mt="sm" size="xs" value={method} onChange={(value) => setMethod(value as Method)} data={[{ value: 'grad-cam', label: 'Grad-CAM' }, { value: 'occlusion', label: 'Occlusion' }]} aria-label="How places are found" />
      {way.names.length > 0 && <Select mt="xs" size="xs" label={way.task === 'regression' ? 'Target' : 'Class'} placeholder="the answer" data={way.names} value={className} onChange={setClassName} searchable clearable limit={200} />}
      {method === 'grad-cam' && maps.length > 0 && <Select mt="xs" size="xs" label="Layer" placeholder="the last convolution" data={maps} value={layer} onChange={setLayer} searchable clearable />}
    </Box>
  )
}
