import { Box, Group, SegmentedControl, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { shown } from '../api/look'
import type { LayerFilters, PassedLayer } from '../api/types'
import { Bins } from '../chart/Bins'
import { count, plain, shape, short } from './format'
import { MapSheet } from './MapSheet'

/** A layer: what it is, what it gives for this picture, and its filters. */
export function LayerCard({ model, picture, layer, filters, oneRange, onOpen }: {
  model: string; picture: string; layer: PassedLayer; filters: LayerFilters | undefined; oneRange: boolean
  onOpen: (layer: string, channel: number) => void
}) {
  const [view, setView] = useState<'maps' | 'filters'>('maps')
  const areMaps = layer.shape.length === 3
  const drawn = filters?.filters
  const what = areMaps ? 'map' : 'feature'
  return (
    <Box component="article" className="surface" p="lg" aria-label={layer.layer} id={`layer-${layer.layer}`}>
      <Group justify="space-between" gap="sm" mb="md">
        <Box style={{ minWidth: 0 }}>
          <Title order={3} fz="md" className="cut">{layer.layer}</Title>
          <Text size="sm" c="dimmed">{[layer.kind, layer.settings].filter(Boolean).join(' ')} · reads {layer.inputs.join(', ')}</Text>
        </Box>
        {drawn && <SegmentedControl size="xs" data={[{ value: 'maps', label: areMaps ? 'maps' : 'features' }, 'filters']} value={view} onChange={(value) => setView(value as 'maps' | 'filters')} aria-label={`What is shown of ${layer.layer}`} />}
      </Group>
      <div className="layercard">
        <Box style={{ minWidth: 0 }}>
          {view === 'maps' || !drawn
            ? <>
                <MapSheet sheet={layer.sheet} src={shown.maps(model, picture, layer.layer, oneRange)} layer={layer.layer} what={what} onOpen={(channel) => onOpen(layer.layer, channel)} />
                {layer.sheet.shown < layer.sheet.of && <Text size="xs" c="dimmed" mt={6}>the first {count(layer.sheet.shown)} of {count(layer.sheet.of)}</Text>}
              </>
            : <>
                <MapSheet sheet={drawn.sheet} src={shown.filters(model, layer.layer)} layer={layer.layer} what="filter" />
                <Text size="xs" c="dimmed" mt={6}>{drawn.filtersShown} of {count(drawn.filters)} filters{drawn.channels > 1 ? `, a row each, ${drawn.channelsShown} of ${count(drawn.channels)} channels` : ''}</Text>
              </>}
        </Box>
        {view === 'maps' || !filters ? <Given layer={layer} /> : <Held filters={filters} />}
      </div>
    </Box>
  )
}

function Given({ layer }: { layer: PassedLayer }) {
  const { statistics } = layer
  return (
    <Box>
      <dl className="layerfacts">
        <dt>gives</dt><dd>{shape(layer.shape)}</dd>
        {layer.parameters > 0 && <><dt>parameters</dt><dd>{count(layer.parameters)}</dd></>}
        {layer.macs > 0 && <><dt>MACs</dt><dd>{short(layer.macs)}</dd></>}
        <dt>mean</dt><dd>{plain(statistics.mean)}</dd>
        <dt>standard deviation</dt><dd>{plain(statistics.standardDeviation)}</dd>
        <dt>smallest … largest</dt><dd>{plain(statistics.minimum)} … {plain(statistics.maximum)}</dd>
        <dt>zeros</dt><dd>{(100 * statistics.zeroShare).toFixed(1)} %</dd>
        {statistics.nonFinite > 0 && <><dt>no numbers</dt><dd>{count(statistics.nonFinite)}</dd></>}
      </dl>
      <Box mt="sm"><Bins histogram={statistics.histogram} label={`Values of ${layer.layer}`} /></Box>
    </Box>
  )
}

function Held({ filters }: { filters: LayerFilters }) {
  return (
    <Box style={{ display: 'grid', gap: 16 }}>
      {filters.tensors.slice(0, 2).map((tensor) => (
        <Box key={tensor.name}>
          <dl className="layerfacts">
            <dt>{tensor.name.split('.').at(-1)}</dt><dd>{shape(tensor.shape)}</dd>
            <dt>mean</dt><dd>{plain(tensor.statistics.mean)}</dd>
            <dt>standard deviation</dt><dd>{plain(tensor.statistics.standardDeviation)}</dd>
          </dl>
          <Box mt={6}><Bins histogram={tensor.statistics.histogram} label={`Numbers of ${tensor.name}`} /></Box>
        </Box>
      ))}
    </Box>
  )
}
