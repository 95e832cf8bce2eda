import { Box, Button, Group, Loader, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { address, api } from '../api/client'
import type { Dataset, DatasetSummary, ModelSummary } from '../api/types'
import { bytes, count, measured, short } from '../part/format'
import { Heading, Section } from '../part/Heading'
import { Icon } from '../part/Icon'
import { LinkBlock, LinkButton } from '../part/links'
import { usePicking } from '../part/pick'
import { Pickable } from '../part/Pickable'
import { PickBar } from '../part/PickBar'
import { ProblemCard, parts } from '../part/ProblemCard'
import { drawTwin } from '../part/twins'
import { Twins } from '../part/Twins'
import { type Tagged, useTags } from '../part/useTags'
import { RunsPart } from './RunsPart'
import { WorkingPart } from './WorkingPart'

/** Datasets, runs and models, and what is done just now. */
export function HomePage() {
  const jobs = useQuery({ queryKey: ['jobs'], queryFn: api.jobs, refetchInterval: 1000 })
  const all = jobs.data?.jobs ?? []
  const active = all.filter((job) => job.state === 'running' || job.position !== undefined)
  const stamp = all.filter((job) => job.state === 'done').length
  const datasets = useQuery({ queryKey: ['datasets', stamp], queryFn: api.datasets, placeholderData: (before) => before })
  const models = useQuery({ queryKey: ['models', stamp], queryFn: api.models, placeholderData: (before) => before })
  const tagged = useTags()
  const [tags, setTags] = useState<string[]>([])
  const picking = usePicking()

  if (jobs.error) return <ProblemCard problem={parts(jobs.error)} />
  if (!jobs.data || !datasets.data) return <Loader m="xl" aria-label="Loading" />
  const runs = all.filter((job) => (job.kind !== 'import' || job.state === 'failed' || job.state === 'stopped' || job.state === 'damaged') && tagged.has('runs', job.job, tags))
  const shownDatasets = datasets.data.datasets.filter((each) => tagged.has('datasets', each.name, tags))
  const shownModels = models.data?.models.filter((each) => tagged.has('models', each.name, tags)) ?? []
  const isEmpty = datasets.data.datasets.length === 0
  return (
    <>
      <Heading title="Home">
        {!isEmpty && !picking.on && <Button variant="default" onClick={picking.begin}>Pick</Button>}
        {!isEmpty && <LinkButton to="/new-run" leftSection={<Icon name="plus" size={16} />}>New run</LinkButton>}
      </Heading>
      <WorkingPart jobs={active} />
      {isEmpty && active.length === 0 && <First />}
      {tagged.tags.length > 0 && <TagFilter tagged={tagged} tags={tags} onChange={setTags} />}
      {!isEmpty && (
        <Section title="Datasets" aside={(
          <Group gap={4}>
            <LinkButton to="/new-dataset" variant="subtle" size="compact-sm">New dataset</LinkButton>
            <DrawDigits variant="subtle" taken={datasets.data.datasets.map((each) => each.name)} />
          </Group>
        )}>
          <div className="grid-cards">
            {shownDatasets.map((each) => <Pickable key={each.name} picking={picking} shelf="datasets" name={each.name}><DatasetCard dataset={each} /></Pickable>)}
          </div>
        </Section>
      )}
      {(!isEmpty || runs.length > 0) && <RunsPart runs={runs} notes={tagged.notes.runs} picking={picking} />}
      {shownModels.length > 0 && (
        <Section title="Models">
          <div className="grid-cards">
            {shownModels.map((each) => <Pickable key={each.name} picking={picking} shelf="models" name={each.name}><ModelCard model={each} /></Pickable>)}
          </div>
        </Section>
      )}
      <PickBar picking={picking} />
    </>
  )
}

/** Only things that have all of the chosen tags are shown. */
function TagFilter({ tagged, tags, onChange }: { tagged: Tagged; tags: string[]; onChange: (tags: string[]) => void }) {
  return (
    <Group gap={6} mt="sm" role="group" aria-label="Tags">
      {tagged.tags.map(({ tag, things }) => {
        const isOn = tags.includes(tag)
        return (
          <Button key={tag} size="compact-sm" radius="xl" variant={isOn ? 'filled' : 'default'} aria-pressed={isOn}
            onClick={() => onChange(isOn ? tags.filter((each) => each !== tag) : [...tags, tag])}>{tag} {things}</Button>
        )
      })}
    </Group>
  )
}

/** What to do where there is nothing yet. */
function First() {
  return (
    <Box className="surface" p={{ base: 'lg', sm: 40 }}>
      <Text fw={640} fz={22}>Begin with pictures</Text>
      <Text c="dimmed" mt={6} maw={560}>
        A dataset is a set of pictures whose classes are known. Let Fovea draw handwritten-like digits to see everything work within a
        minute, or bring your own: a folder for each class, dropped into the browser. New to all this? The course leads from the first
        picture to a network of your own.
      </Text>
      <Group mt="lg" gap="xs">
        <LinkButton to="/course" leftSection={<Icon name="course" size={16} />}>Take the course</LinkButton>
        <LinkButton to="/collection" variant="default">Ready-made sets</LinkButton>
      </Group>
      <Group mt="xl" gap="xl" align="flex-start">
        <DrawDigits variant="light" taken={[]} />
        <LinkButton to="/new-dataset" variant="light" size="md">Bring your own pictures</LinkButton>
      </Group>
    </Box>
  )
}

function DrawDigits({ variant, taken }: { variant: 'light' | 'subtle'; taken: string[] }) {
  const queries = useQueryClient()
  let name = 'digits'
  for (let i = 2; taken.includes(name); i++) name = `digits-${i}`
  const draw = useMutation({
    mutationFn: () => api.drawDigits(name, 600),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
  })
  return (
    <Stack gap="xs" align="flex-start">
      <Group gap={4}>
        <Button variant={variant} size={variant === 'light' ? 'md' : 'compact-sm'} loading={draw.isPending} onClick={() => draw.mutate()}>Draw 6,000 digits</Button>
        <Twins what="Draw digits" twin={drawTwin(name, 600)} />
      </Group>
      {draw.error && <ProblemCard problem={parts(draw.error)} />}
    </Stack>
  )
}

function DatasetCard({ dataset }: { dataset: DatasetSummary }) {
  if (dataset.problem || !dataset.pictures) return <ProblemCard problem={dataset.problem ?? { what: 'The dataset cannot be read.', where: dataset.name, do: 'import it again' }} />
  const all = dataset.pictures.training + dataset.pictures.validation + dataset.pictures.test
  return (
    <LinkBlock to="/datasets/$name" params={{ name: dataset.name }} className="surface card">
      <Group p="md" gap="md" wrap="nowrap">
        <img src={address.mean(dataset.name)} alt="" width={56} height={56} className="pixels" style={{ borderRadius: 8, objectFit: 'cover' }} />
        <Box style={{ minWidth: 0 }}>
          <Text fw={600} className="cut">{dataset.name}</Text>
          <Text size="sm" c="dimmed">{count(all)} pictures{dataset.sizeInBytes !== undefined && `, ${bytes(dataset.sizeInBytes)}`}</Text>
          <Text size="sm" c="dimmed">{learns(dataset)}, {dataset.height} × {dataset.width} {dataset.colorMode}</Text>
        </Box>
      </Group>
    </LinkBlock>
  )
}

/** What a model of the dataset answers with. */
export function learns(dataset: Pick<DatasetSummary, 'task' | 'classes' | 'targets'> | Dataset): string {
  const classes = 'classNames' in dataset ? dataset.classNames.length : (dataset.classes ?? 0)
  const targets = Array.isArray(dataset.targets) ? dataset.targets.length : (dataset.targets ?? 0)
  switch (dataset.task) {
    case 'classification': return `${classes} classes`
    case 'segmentation': return `${classes} classes of pixels`
    case 'regression': return `${targets} targets`
    default: return dataset.task ?? ''
  }
}

function ModelCard({ model }: { model: ModelSummary }) {
  if (model.problem) return <ProblemCard problem={model.problem} />
  const first = model.measurements?.[0]
  return (
    <LinkBlock to="/models/$name" params={{ name: model.name }} className="surface card">
      <Box p="md">
        <Group justify="space-between" wrap="nowrap"><Text fw={600} className="cut">{model.name}</Text><Text size="sm" c="dimmed">version {model.version}</Text></Group>
        <Text className="figure" mt={8}>{first ? measured(first.value, first.unit) : '–'}</Text>
        <Text size="sm" c="dimmed">{first ? `${first.name} on ${first.on}` : 'not measured'}</Text>
        <Text size="sm" c="dimmed" mt={4}>{short(model.parameters ?? 0)} parameters, {bytes(model.sizeInBytes ?? 0)}</Text>
      </Box>
    </LinkBlock>
  )
}
