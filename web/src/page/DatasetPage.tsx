import { Box, Button, Group, Loader, SegmentedControl, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { address, api, type Split } from '../api/client'
import type { Dataset } from '../api/types'
import { SplitHistogram } from '../chart/SplitHistogram'
import { DeleteButton } from '../part/DeleteButton'
import { bytes, count } from '../part/format'
import { Fact, Heading, Section } from '../part/Heading'
import { Icon } from '../part/Icon'
import { LinkAnchor, LinkButton } from '../part/links'
import { NotePart } from '../part/NotePart'
import { ProblemCard, parts } from '../part/ProblemCard'
import { datasetTwin } from '../part/twins'
import { Twins } from '../part/Twins'
import { learns } from './HomePage'
import { Broken } from './ImportPart'
import { sizeWords } from './LookPart'
import { Pictures } from './PicturesPart'

/** A dataset and its pictures. */
export function DatasetPage() {
  const { name } = useParams({ from: '/datasets/$name' })
  const dataset = useQuery({ queryKey: ['datasets', 'one', name], queryFn: () => api.dataset(name) })
  const [split, setSplit] = useState<Split>()
  const [chosen, setChosen] = useState('')
  const [words, setWords] = useState('')
  const [asked] = useDebouncedValue(words, 250)
  if (dataset.error) return <ProblemCard problem={parts(dataset.error)} />
  if (!dataset.data) return <Loader m="xl" aria-label="Loading" />
  const data = dataset.data
  const there = (['training', 'validation', 'test'] as const).filter((each) => data.pictures[each] > 0)
  const part = split ?? there[0] ?? 'training'
  return (
    <>
      <Heading title={name} line={`${learns(data)}, ${data.height} × ${data.width} ${data.colorMode}, resized by ${data.resizeMode.replace('_', ' ')}`}>
        <LinkButton to="/new-run" search={{ data: name }} leftSection={<Icon name="plus" size={16} />}>Train on it</LinkButton>
        <LinkButton to="/new-dataset" search={{ like: name }} variant="default">Clone</LinkButton>
        <DeleteButton shelf="datasets" name={name} />
        <Twins what="This dataset" twin={datasetTwin(name)} />
      </Heading>
      <Box style={{ display: 'grid', gap: 16, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 340px), 1fr))', alignItems: 'start' }}>
        <Facts data={data} name={name} />
        {data.task === 'classification' && (
          <Box className="surface" p="md">
            <Text size="sm" fw={600} mb={6} px={6}>Pictures of each class</Text>
            <SplitHistogram names={data.classNames} counts={data.picturesPerClass} chosen={chosen} onChoose={setChosen} />
          </Box>
        )}
      </Box>
      <Runs name={name} />
      <Section title="Pictures" aside={
        <Group gap="sm">
          {chosen && <Button size="xs" variant="light" onClick={() => setChosen('')}>only {chosen} ×</Button>}
          <TextInput size="xs" w={180} placeholder="Search names" aria-label="Search names of pictures" leftSection={<Icon name="search" size={14} />} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
          <SegmentedControl size="xs" value={part} onChange={(value) => setSplit(value as Split)} data={[...there]} aria-label="Part" />
        </Group>
      }>
        <Pictures data={data} name={name} split={part} className={chosen} words={asked} />
      </Section>
      {data.brokenCount > 0 && <Broken files={data.broken} all={data.brokenCount} />}
      <Section title="Tags and note"><NotePart shelf="datasets" name={name} /></Section>
    </>
  )
}

function Facts({ data, name }: { data: Dataset; name: string }) {
  const common = data.originals.common[0]
  return (
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
      {common && (
        <Text size="sm" mt="md">
          Originals: {sizeWords(data.originals)}{data.originals.different > 1 && `, most often ${common.height} × ${common.width} (${count(common.pictures)} pictures)`}.
        </Text>
      )}
      <Text size="sm" c="dimmed" mt={4} style={{ overflowWrap: 'anywhere' }}>From {data.sources.join(', ')}</Text>
      {data.remarks.map((remark) => <Text key={remark} size="sm" c="dimmed" mt={4} style={{ overflowWrap: 'anywhere' }}>{remark}</Text>)}
    </Box>
  )
}

const RUNS_SHOWN = 12

/** Which runs worked on it. */
function Runs({ name }: { name: string }) {
  const jobs = useQuery({ queryKey: ['jobs'], queryFn: api.jobs })
  const runs = jobs.data?.jobs.filter((each) => each.data === name && each.kind !== 'import') ?? []
  if (runs.length === 0) return null
  return (
    <Text size="sm" mt="md" c="dimmed">
      {runs.length === 1 ? '1 run' : `${count(runs.length)} runs`} on it: {runs.slice(0, RUNS_SHOWN).map((run, i) => (
        <span key={run.job}>{i > 0 && ', '}<LinkAnchor to="/runs/$id" params={{ id: run.job }} size="sm">{run.job}</LinkAnchor></span>
      ))}{runs.length > RUNS_SHOWN && ' …'}
    </Text>
  )
}
