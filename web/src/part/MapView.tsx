import { Box, Group, Loader, NumberInput, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type MouseEvent, type PointerEvent, useState } from 'react'
import { look, type ValuePlace } from '../api/look'
import type { LayerMap, PassedLayer, Way } from '../api/types'
import { ArithmeticView } from './ArithmeticView'
import { ColorScale } from './ColorScale'
import { plain } from './format'
import { valueTwin } from './lookTwins'
import { ProblemCard, parts } from './ProblemCard'
import { stepped } from './tiles'
import { Twins } from './Twins'

/** One map at full size, value by value, and how the chosen value comes about. */
export function MapView({ model, picture, way, layer, place, onGo }: {
  model: string; picture: string; way: Way; layer: PassedLayer; place: ValuePlace; onGo: (place: ValuePlace) => void
}) {
  const areMaps = layer.shape.length === 3
  const channel = areMaps ? place.channel : 0
  const map = useQuery({
    queryKey: ['map', model, picture, place.layer, channel], queryFn: () => look.map(model, picture, place.layer, channel), staleTime: Infinity, retry: false,
  })
  const value = useQuery({
    queryKey: ['arithmetic', model, picture, place], queryFn: () => look.arithmetic(model, picture, place), staleTime: Infinity, retry: false,
  })
  return (
    <div className="mapview">
      <Box>
        {map.error ? <ProblemCard problem={parts(map.error)} /> : map.data ? <PixelMap map={map.data} areMaps={areMaps} place={place} onChoose={onGo} /> : <Loader aria-label="Loading" />}
        {map.data && <Group justify="space-between" mt="xs"><ColorScale scale={way.scale} low={plain(map.data.minimum)} high={plain(map.data.maximum)} /></Group>}
        <Group mt="md" gap="xs" grow>
          <Field label={areMaps ? 'map' : 'feature'} value={place.channel} most={layer.shape[0]! - 1} onChange={(next) => onGo({ ...place, channel: next })} />
          {areMaps && <Field label="column" value={place.x} most={layer.shape[2]! - 1} onChange={(next) => onGo({ ...place, x: next })} />}
          {areMaps && <Field label="row" value={place.y} most={layer.shape[1]! - 1} onChange={(next) => onGo({ ...place, y: next })} />}
        </Group>
      </Box>
      <Box style={{ minWidth: 0 }}>
        <Group justify="space-between" wrap="nowrap" mb="xs">
          <Title order={3} fz="md">{areMaps ? `${place.layer}, map ${place.channel}, column ${place.x}, row ${place.y}` : `${place.layer}, feature ${place.channel}`}</Title>
          <Twins what="How this value comes about" twin={valueTwin(model, picture, place)} />
        </Group>
        {value.error ? <ProblemCard problem={parts(value.error)} /> : value.data ? <ArithmeticView key={JSON.stringify(place)} value={value.data} onGo={onGo} /> : <Loader size="sm" aria-label="Computing" />}
      </Box>
    </div>
  )
}

function Field({ label, value, most, onChange }: { label: string; value: number; most: number; onChange: (value: number) => void }) {
  return <NumberInput size="xs" label={label} value={value} min={0} max={most} clampBehavior="strict" allowDecimal={false} onChange={(next) => { if (typeof next === 'number') onChange(next) }} />
}

const percent = (share: number) => `${(100 * share).toFixed(4)}%`

/** Features in a row are shown in rows of about the same number. */
function grid(map: LayerMap, areMaps: boolean): { columns: number; rows: number } {
  if (areMaps) return { columns: map.width, rows: map.height }
  const columns = Math.min(map.width, Math.ceil(Math.sqrt(map.width)))
  return { columns, rows: Math.ceil(map.width / columns) }
}

function PixelMap({ map, areMaps, place, onChoose }: { map: LayerMap; areMaps: boolean; place: ValuePlace; onChoose: (place: ValuePlace) => void }) {
  const [over, setOver] = useState<number | null>(null)
  const { columns, rows } = grid(map, areMaps)
  const count = map.values.length
  const chosen = areMaps ? place.y * columns + place.x : place.channel
  const at = over ?? chosen
  const placed = (index: number): ValuePlace => (areMaps ? { ...place, x: index % columns, y: Math.floor(index / columns) } : { ...place, channel: index })
  const under = (event: MouseEvent | PointerEvent): number | null => {
    const box = event.currentTarget.getBoundingClientRect()
    const x = Math.floor(((event.clientX - box.left) / box.width) * columns)
    const y = Math.floor(((event.clientY - box.top) / box.height) * rows)
    const index = y * columns + x
    return x >= 0 && y >= 0 && x < columns && y < rows && index < count ? index : null
  }
  const key = (event: KeyboardEvent) => {
    const to = stepped(event.key, chosen, columns, count)
    if (!event.key.startsWith('Arrow')) return
    event.preventDefault()
    if (to !== chosen) onChoose(placed(to))
  }
  const box = (index: number) => ({ left: percent((index % columns) / columns), top: percent(Math.floor(index / columns) / rows), width: percent(1 / columns), height: percent(1 / rows) })
  const told = placed(at)
  return (
    <>
      <button type="button" className="pixelmap" aria-label={`Values of ${map.layer}; arrow keys choose one. Chosen: column ${told.x}, row ${told.y}`}
        onPointerMove={(event) => setOver(under(event))} onPointerLeave={() => setOver(null)} onKeyDown={key}
        onClick={(event) => { const index = event.detail === 0 ? chosen : under(event); if (index !== null) onChoose(placed(index)) }}>
        {areMaps ? <img src={map.picture} alt="" className="pixels" style={{ aspectRatio: `${columns} / ${rows}` }} /> : <FeatureGrid map={map} columns={columns} rows={rows} />}
        <span data-chosen style={box(chosen)} />
        {over !== null && over !== chosen && <span style={box(over)} />}
      </button>
      <Text size="sm" mt={6}>{areMaps ? `column ${told.x}, row ${told.y}` : `feature ${told.channel}`}: <b>{plain(Number(map.values[at]))}</b></Text>
    </>
  )
}

/** The picture of features is one row; each row of the grid shows a part of it. */
function FeatureGrid({ map, columns, rows }: { map: LayerMap; columns: number; rows: number }) {
  return (
    <span style={{ position: 'relative', outline: 'none', boxShadow: 'none', display: 'block' }}>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} className="pixels" style={{
          display: 'block', aspectRatio: `${columns}`, backgroundImage: `url("${map.picture}")`, backgroundRepeat: 'no-repeat',
          backgroundSize: `${(100 * map.width) / columns}% 100%`,
          backgroundPosition: `${map.width === columns ? 0 : (100 * row * columns) / (map.width - columns)}% 0`,
        }} />
      ))}
    </span>
  )
}
