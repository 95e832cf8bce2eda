import { Box, Button, Group, Modal, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { memo, useEffect, type RefObject, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { address, api, type Split } from '../api/client'
import type { Dataset } from '../api/types'
import { count } from '../part/format'
import { Fact } from '../part/Heading'
import { ProblemCard, parts } from '../part/ProblemCard'
import { stepped } from '../part/tiles'

const IN_A_SHEET = 100
const SHEET_COLUMNS = 10
const GAP = 6

/** The pictures of a part, one of them large. */
export function Pictures({ data, name, split, className, words }: { data: Dataset; name: string; split: Split; className: string; words: string }) {
  const found = useQuery({
    queryKey: ['pictures', name, split, className, words], queryFn: () => api.pictures(name, split, className, words), staleTime: Infinity,
    placeholderData: (before) => before,
  })
  const [large, setLarge] = useState<number | null>(null)
  const [at, setAt] = useState(0)
  const grid = useRef<HTMLDivElement>(null)
  if (found.error) return <ProblemCard problem={parts(found.error)} />
  if (!found.data) return null
  if (found.data.count === 0) return <Text c="dimmed">There is no such picture in this part.</Text>
  const { positions } = found.data
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">{count(positions.length)} pictures</Text>
      <Tiles data={data} name={name} split={found.data.split} positions={positions} place={grid} at={Math.min(at, positions.length - 1)} onAt={setAt} onOpen={setLarge} />
      {large !== null && (
        <OnePicture data={data} name={name} split={found.data.split} positions={positions} place={large} onPlace={(place) => { setLarge(place); setAt(place) }}
          onClose={() => { setLarge(null); setTimeout(() => grid.current?.focus({ preventScroll: true })) }} />
      )}
    </>
  )
}

/** Rows that fly past in less time, in milliseconds, ask for no pictures: making those would take the processor that draws the page. */
const REST = 70

/** @property asked sheets that rows in sight have asked for */
type Grid = { columns: number; width: number; height: number; address: (sheet: number) => string; asked: Set<number> }

type TilesProps = {
  data: Dataset; name: string; split: Split; positions: number[]; place: RefObject<HTMLDivElement | null>
  /** The one that the keyboard has chosen. */
  at: number; onAt: (place: number) => void; onOpen: (place: number) => void
}

/** A grid of any length: only the rows in sight are drawn, and a hundred pictures come in one. It is one stop of the tabulator; arrow keys lead through it. */
function Tiles({ data, name, split, positions, place, at, onAt, onOpen }: TilesProps) {
  const id = useId()
  const [width, setWidth] = useState(0)
  const scale = Math.min(1, 96 / Math.max(data.height, data.width))
  const across = Math.round(data.width * scale)
  const down = Math.round(data.height * scale)
  const zoom = Math.max(1, Math.round(56 / across))
  const columns = Math.max(1, Math.floor((width + GAP) / (across * zoom + GAP)))
  const grid = useMemo<Grid>(() => {
    const known = new Map<number, string>()
    const sheet = (i: number) => {
      const made = known.get(i) ?? `url("${address.sheet(name, split, positions.slice(i * IN_A_SHEET, (i + 1) * IN_A_SHEET))}")`
      known.set(i, made)
      return made
    }
    return { columns, width: across * zoom, height: down * zoom, address: sheet, asked: new Set() }
  }, [name, split, positions, columns, across, down, zoom])
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const element = place.current!
    const observer = new ResizeObserver(() => {
      setWidth(element.clientWidth)
      setTop(element.getBoundingClientRect().top + window.scrollY)
    })
    observer.observe(element)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [place])
  const rows = useWindowVirtualizer({ count: Math.ceil(positions.length / columns), estimateSize: () => grid.height + GAP, overscan: 2, scrollMargin: top })
  useLayoutEffect(() => rows.measure(), [rows, grid.height, columns])
  return (
    <div ref={place} className="pictures" style={{ height: rows.getTotalSize(), position: 'relative' }} tabIndex={0} role="listbox" aria-label="Pictures" aria-activedescendant={`${id}${at}`}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); onOpen(at); return }
        const to = stepped(event.key, at, columns, positions.length)
        if (to === at) return
        event.preventDefault()
        onAt(to)
        rows.scrollToIndex(Math.floor(to / columns))
      }}
      onClick={(event) => { const tile = (event.target as HTMLElement).closest<HTMLElement>('[data-place]'); if (tile) { onAt(Number(tile.dataset['place'])); onOpen(Number(tile.dataset['place'])) } }}>
      {width > 0 && rows.getVirtualItems().map((row) => (
        <Row key={row.index} index={row.index} top={row.start - top} grid={grid} positions={positions} id={id} chosen={Math.floor(at / columns) === row.index ? at : null} />
      ))}
    </div>
  )
}

/** Drawn once: scrolling moves rows in and out and changes none. What a row's tiles share is said once, by the row: a jump draws hundreds of them. */
const Row = memo(function Row({ index, top, grid, positions, id, chosen }: { index: number; top: number; grid: Grid; positions: number[]; id: string; chosen: number | null }) {
  const first = index * grid.columns
  const after = Math.min(first + grid.columns, positions.length)
  const firstSheet = Math.floor(first / IN_A_SHEET)
  const sheets = Array.from({ length: Math.ceil(after / IN_A_SHEET) - firstSheet }, (_, i) => firstSheet + i)
  const [isResting, setResting] = useState(() => sheets.every((sheet) => grid.asked.has(sheet)))
  useEffect(() => {
    if (isResting) return
    const soon = setTimeout(() => {
      sheets.forEach((sheet) => grid.asked.add(sheet))
      setResting(true)
    }, REST)
    return () => clearTimeout(soon)
  })
  const shared: Record<string, string | number> = {
    top, gap: GAP, '--tile-width': `${grid.width}px`, '--tile-height': `${grid.height}px`, '--sheet-width': `${grid.width * SHEET_COLUMNS}px`,
  }
  for (const sheet of isResting ? sheets : []) shared[`--sheet-${sheet - firstSheet}`] = grid.address(sheet)
  return (
    <div className="tiles" role="presentation" style={shared}>
      {positions.slice(first, after).map((position, i) => {
        const place = first + i
        const within = place % IN_A_SHEET
        return (
          <button key={position} type="button" tabIndex={-1} role="option" id={`${id}${place}`} aria-selected={place === chosen} className="tile pixels" aria-label={`Picture ${position}`} data-place={place}
            style={{
              backgroundImage: `var(--sheet-${Math.floor(place / IN_A_SHEET) - firstSheet})`,
              backgroundPosition: `-${(within % SHEET_COLUMNS) * grid.width}px -${Math.floor(within / SHEET_COLUMNS) * grid.height}px`,
            }} />
        )
      })}
    </div>
  )
})

function OnePicture({ data, name, split, positions, place, onPlace, onClose }: {
  data: Dataset; name: string; split: Split; positions: number[]; place: number; onPlace: (place: number) => void; onClose: () => void
}) {
  const position = positions[place]!
  const picture = useQuery({ queryKey: ['picture', name, split, position], queryFn: () => api.picture(name, split, position), staleTime: Infinity, placeholderData: (before) => before })
  const zoom = Math.max(1, Math.floor(360 / Math.max(data.height, data.width)))
  return (
    <Modal opened onClose={onClose} title={`Picture ${position} of ${split}`} size="md" centered
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight' && place + 1 < positions.length) onPlace(place + 1)
        if (event.key === 'ArrowLeft' && place > 0) onPlace(place - 1)
      }}>
      <Group justify="center"><img src={address.picture(name, split, position)} alt={picture.data?.source ?? ''} width={data.width * zoom} height={data.height * zoom} className="pixels" style={{ maxWidth: '100%', height: 'auto', borderRadius: 8 }} /></Group>
      {picture.data && (
        <Box mt="md">
          {picture.data.className !== undefined && <Fact label="class">{picture.data.className}</Fact>}
          {picture.data.targets?.map((target) => <Fact key={target.name} label={target.name}>{target.value.toPrecision(4)}</Fact>)}
          <Text size="sm" mt="sm" style={{ overflowWrap: 'anywhere' }}>{picture.data.source}</Text>
          <Text size="xs" c="dimmed" className="mono" style={{ overflowWrap: 'anywhere' }}>{picture.data.hash}</Text>
        </Box>
      )}
      <Group mt="md" justify="space-between">
        <Button variant="default" size="xs" disabled={place === 0} onClick={() => onPlace(place - 1)}>Before</Button>
        <Text size="xs" c="dimmed">{count(place + 1)} of {count(positions.length)}</Text>
        <Button variant="default" size="xs" disabled={place + 1 >= positions.length} onClick={() => onPlace(place + 1)}>Next</Button>
      </Group>
    </Modal>
  )
}
