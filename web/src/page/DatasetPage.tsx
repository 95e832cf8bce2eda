import { Box, Group, Loader, Modal, SegmentedControl, Text, TextInput, Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, useState } from 'react'
import { address, api, type Split } from '../api/client'
import type { Dataset } from '../api/types'
import { Histogram } from '../chart/Histogram'
import { bytes, count } from '../part/format'
import { Fact, Heading, Section } from '../part/Heading'
import { Icon } from '../part/Icon'
import { LinkButton } from '../part/links'
import { NotePart } from '../part/NotePart'
import { ProblemCard, parts } from '../part/ProblemCard'
import { datasetTwin } from '../part/twins'
import { Twins } from '../part/Twins'
import { learns } from './HomePage'

const IN_A_SHEET = 100
const SHEET_COLUMNS = 10

/** A dataset and its pictures. */
export function DatasetPage() {
  const { name } = useParams({ from: '/datasets/$name' })
  const dataset = useQuery({ queryKey: ['datasets', 'one', name], queryFn: () => api.dataset(name) })
  const [split, setSplit] = useState<Split>('training')
  const [chosen, setChosen] = useState('')
  const [words, setWords] = useState('')
  const [asked] = useDebouncedValue(words, 250)
  if (dataset.error) return <ProblemCard problem={parts(dataset.error)} />
  if (!dataset.data) return <Loader m="xl" aria-label="Loading" />
  const data = dataset.data
  const hasClasses = data.task === 'classification'
  return (
    <>
      <Heading title={name} line={`${learns(data)}, ${data.height} × ${data.width} ${data.colorMode}, resized by ${data.resizeMode}`}>
        <LinkButton to="/new-run" search={{ data: name }} leftSection={<Icon name="plus" size={16} />}>Train on it</LinkButton>
        <Twins what="This dataset" twin={datasetTwin(name)} />
      </Heading>
      <Box style={{ display: 'grid', gap: 16, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 340px), 1fr))', alignItems: 'start' }}>
        <Box className="surface" p="lg">
          <Group gap="xl" align="flex-start" wrap="nowrap">
            <Box>
              <div className="label">mean picture</div>
              <img src={address.mean(name)} alt="The mean of the training pictures" width={112} height={112} className="pixels" style={{ borderRadius: 8, marginTop: 6 }} />
            </Box>
            <Box className="facts" style={{ flex: 1 }}>
              <Fact label="training">{count(data.pictures.training)}</Fact>
              <Fact label="validation">{count(data.pictures.validation)}</Fact>
              <Fact label="test">{count(data.pictures.test)}</Fact>
              <Fact label="on disk">{bytes(data.sizeInBytes)}</Fact>
            </Box>
          </Group>
          {data.remarks.map((remark) => <Text key={remark} size="sm" c="dimmed" mt="sm">{remark}</Text>)}
          {data.brokenCount > 0 && <BrokenFiles data={data} />}
        </Box>
        {hasClasses && (
          <Box className="surface" p="md">
            <Text size="sm" fw={600} mb={6} px={6}>Pictures of each class, {split}</Text>
            <Histogram names={data.classNames} counts={data.picturesPerClass[split]} chosen={chosen} onChoose={setChosen} />
          </Box>
        )}
      </Box>
      <Section title="Pictures" aside={
        <Group gap="sm">
          {chosen && <Button size="xs" variant="light" onClick={() => setChosen('')}>only {chosen} ×</Button>}
          <TextInput size="xs" w={180} placeholder="Search names" aria-label="Search names of pictures" leftSection={<Icon name="search" size={14} />} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
          <SegmentedControl size="xs" value={split} onChange={(value) => setSplit(value as Split)} data={(['training', 'validation', 'test'] as const).filter((each) => data.pictures[each] > 0)} aria-label="Part" />
        </Group>
      }>
        <Pictures data={data} name={name} split={split} className={chosen} words={asked} />
      </Section>
      <Section title="Tags and note"><NotePart shelf="datasets" name={name} /></Section>
    </>
  )
}

function BrokenFiles({ data }: { data: Dataset }) {
  return (
    <Box mt="md">
      <Text size="sm" fw={600}>{count(data.brokenCount)} files could not be read</Text>
      {data.broken.slice(0, 20).map((each) => <Text key={each.source} size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>{each.source}: {each.reason}</Text>)}
    </Box>
  )
}

function Pictures({ data, name, split, className, words }: { data: Dataset; name: string; split: Split; className: string; words: string }) {
  const found = useQuery({
    queryKey: ['pictures', name, split, className, words], queryFn: () => api.pictures(name, split, className, words), staleTime: Infinity,
    placeholderData: (before) => before,
  })
  const [large, setLarge] = useState<number | null>(null)
  if (found.error) return <ProblemCard problem={parts(found.error)} />
  if (!found.data) return null
  if (found.data.count === 0) return <Text c="dimmed">There is no such picture in this part.</Text>
  const { positions } = found.data
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">{count(positions.length)} pictures</Text>
      <Tiles data={data} name={name} split={found.data.split} positions={positions} onOpen={setLarge} />
      {large !== null && <OnePicture data={data} name={name} split={found.data.split} positions={positions} place={large} onPlace={setLarge} onClose={() => setLarge(null)} />}
    </>
  )
}

/** A grid of any length: only the rows in sight are drawn, and a hundred pictures come in one. */
function Tiles({ data, name, split, positions, onOpen }: { data: Dataset; name: string; split: Split; positions: number[]; onOpen: (place: number) => void }) {
  const place = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  const scale = Math.min(1, 96 / Math.max(data.height, data.width))
  const across = Math.round(data.width * scale)
  const down = Math.round(data.height * scale)
  const zoom = Math.max(1, Math.round(56 / across))
  const size = { width: across * zoom, height: down * zoom }
  const gap = 6
  const columns = Math.max(1, Math.floor((width + gap) / (size.width + gap)))
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
  }, [])
  const rows = useWindowVirtualizer({ count: Math.ceil(positions.length / columns), estimateSize: () => size.height + gap, overscan: 6, scrollMargin: top })
  useLayoutEffect(() => rows.measure(), [rows, size.height, columns])
  return (
    <div ref={place} style={{ height: rows.getTotalSize(), position: 'relative' }}>
      {width > 0 && rows.getVirtualItems().map((row) => (
        <div key={row.index} style={{ position: 'absolute', top: row.start - top, insetInline: 0, display: 'flex', gap }}>
          {positions.slice(row.index * columns, (row.index + 1) * columns).map((position, i) => {
            const place = row.index * columns + i
            const sheet = Math.floor(place / IN_A_SHEET)
            const within = place % IN_A_SHEET
            const sheetRows = Math.ceil(Math.min(IN_A_SHEET, positions.length - sheet * IN_A_SHEET) / SHEET_COLUMNS)
            return (
              <button key={position} type="button" className="tile pixels" aria-label={`Picture ${position}`} onClick={() => onOpen(place)}
                style={{
                  ...size,
                  backgroundImage: `url("${address.sheet(name, split, positions.slice(sheet * IN_A_SHEET, (sheet + 1) * IN_A_SHEET))}")`,
                  backgroundSize: `${size.width * SHEET_COLUMNS}px ${size.height * sheetRows}px`,
                  backgroundPosition: `-${(within % SHEET_COLUMNS) * size.width}px -${Math.floor(within / SHEET_COLUMNS) * size.height}px`,
                }} />
            )
          })}
        </div>
      ))}
    </div>
  )
}

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
