import { ActionIcon, Box, Button, Group, Progress, Stack, Text, TextInput, Badge, Loader } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { address, api } from '../api/client'
import type { Dataset, DatasetSummary, Job, ModelSummary, Notes } from '../api/types'
import { Sparkline } from '../chart/Sparkline'
import { ago, bytes, count, duration, measured, short } from '../part/format'
import { Heading, Section } from '../part/Heading'
import { Icon } from '../part/Icon'
import { LinkAnchor, LinkBlock, LinkButton } from '../part/links'
import { ProblemCard, parts } from '../part/ProblemCard'
import { State } from '../part/State'
import { drawTwin, orderTwin, quoted, stopTwin } from '../part/twins'
import { Twins } from '../part/Twins'



/** Datasets, runs and models, and what is done just now. */
export function HomePage() {
  const jobs = useQuery({ queryKey: ['jobs'], queryFn: api.jobs, refetchInterval: 1000 })
  const all = jobs.data?.jobs ?? []
  const active = all.filter((job) => job.state === 'running' || job.position !== undefined)
  const stamp = all.filter((job) => job.state === 'done').length
  const datasets = useQuery({ queryKey: ['datasets', stamp], queryFn: api.datasets, placeholderData: (before) => before })
  const models = useQuery({ queryKey: ['models', stamp], queryFn: api.models, placeholderData: (before) => before })
  const notes = useQuery({ queryKey: ['notes', 'runs'], queryFn: () => api.notes('runs') })

  if (jobs.error) return <ProblemCard problem={parts(jobs.error)} />
  if (!jobs.data || !datasets.data) return <Loader m="xl" aria-label="Loading" />
  const runs = all.filter((job) => job.kind !== 'import')
  const isEmpty = datasets.data.datasets.length === 0
  return (
    <>
      <Heading title="Home">
        {!isEmpty && <LinkButton to="/new-run" leftSection={<Icon name="plus" size={16} />}>New run</LinkButton>}
      </Heading>
      {active.length > 0 && <Working jobs={active} />}
      {isEmpty && active.length === 0 && <First />}
      {!isEmpty && (
        <>
          <Section title="Datasets" aside={<DrawDigits variant="subtle" taken={datasets.data.datasets.map((each) => each.name)} />}>
            <div className="grid-cards">{datasets.data.datasets.map((each) => <DatasetCard key={each.name} dataset={each} />)}</div>
          </Section>
          <Runs runs={runs} notes={notes.data} />
          {models.data && models.data.models.length > 0 && (
            <Section title="Models">
              <div className="grid-cards">{models.data.models.map((each) => <ModelCard key={each.name} model={each} />)}</div>
            </Section>
          )}
        </>
      )}
    </>
  )
}

/** What to do where there is nothing yet. */
function First() {
  const workspace = useQuery({ queryKey: ['workspace'], queryFn: api.workspace, staleTime: Infinity })
  const place = workspace.data && !workspace.data.standard ? ` --workspace ${quoted(workspace.data.folder)}` : ''
  return (
    <Box className="surface" p={{ base: 'lg', sm: 40 }}>
      <Text fw={640} fz={22}>Begin with pictures</Text>
      <Text c="dimmed" mt={6} maw={560}>
        A dataset is a set of pictures whose classes are known. Let Fovea draw handwritten-like digits to see everything work within a
        minute, or import folders of your own pictures, a folder for each class. New to all this? The course leads from the first picture
        to a network of your own.
      </Text>
      <Group mt="lg" gap="xs">
        <LinkButton to="/course" leftSection={<Icon name="course" size={16} />}>Take the course</LinkButton>
        <LinkButton to="/collection" variant="default">Ready-made sets</LinkButton>
      </Group>
      <Group mt="xl" gap="xl" align="flex-start">
        <DrawDigits variant="light" taken={[]} />
        <Box style={{ flex: '1 1 300px' }}>
          <Text size="sm" c="dimmed" mb={6}>Your own pictures, in a terminal:</Text>
          <pre className="code">fovea data import pets photos/{place}</pre>
        </Box>
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

/** What is done just now, and what waits. */
function Working({ jobs }: { jobs: Job[] }) {
  const queries = useQueryClient()
  const again = () => queries.invalidateQueries({ queryKey: ['jobs'] })
  const stop = useMutation({ mutationFn: api.stop, onSettled: again })
  const reorder = useMutation({ mutationFn: api.reorder, onSettled: again })
  const waiting = jobs.filter((job) => (job.position ?? 0) > 0).sort((a, b) => a.position! - b.position!)
  const running = jobs.filter((job) => !((job.position ?? 0) > 0))
  const names = waiting.map((job) => job.job)
  const moved = (i: number, by: number) => {
    const order = names.slice()
    order.splice(i + by, 0, ...order.splice(i, 1))
    return order
  }
  return (
    <Section title="Working" aside={waiting.length > 1 && <Twins what="Order of what waits" twin={orderTwin(moved(0, 1))} />}>
      <Stack gap="sm">
        {running.map((job) => (
          <Box key={job.job} className="surface" p="md">
            <Group justify="space-between" wrap="nowrap">
              <JobLink job={job.job} />
              <Group gap="md" wrap="nowrap">
                {job.measure && (
                  <Group gap={8} wrap="nowrap" visibleFrom="xs">
                    <Sparkline values={job.measure.curve} />
                    <Text size="sm">{measured(job.measure.last, job.measure.unit)}</Text>
                  </Group>
                )}
                <Button size="compact-sm" variant="default" leftSection={<Icon name="stop" size={14} />} onClick={() => stop.mutate(job.job)}>Stop</Button>
                <Twins what={`Stop ${job.job}`} twin={stopTwin(job.job)} />
              </Group>
            </Group>
            <Progress value={100 * (job.progress ?? 0)} mt="sm" size={6} radius="xl" aria-label={`Progress of ${job.job}`} animated={job.progress === undefined} />
            <Group justify="space-between" mt={6}>
              <Text size="xs" c="dimmed">{job.stage ?? 'starting'}</Text>
              <Text size="xs" c="dimmed">{job.secondsLeft !== undefined ? `${duration(job.secondsLeft)} left` : ''}</Text>
            </Group>
          </Box>
        ))}
        {waiting.map((job, i) => (
          <Group key={job.job} className="surface" px="md" py="xs" justify="space-between" wrap="nowrap">
            <Group gap="md" wrap="nowrap" style={{ minWidth: 0 }}>
              <Text size="sm" c="dimmed" w={16}>{i + 1}</Text>
              <JobLink job={job.job} />
            </Group>
            <Group gap={2} wrap="nowrap">
              <ActionIcon variant="subtle" color="gray" disabled={i === 0} aria-label={`${job.job} earlier`} onClick={() => reorder.mutate(moved(i, -1))}><Icon name="up" size={16} /></ActionIcon>
              <ActionIcon variant="subtle" color="gray" disabled={i === waiting.length - 1} aria-label={`${job.job} later`} onClick={() => reorder.mutate(moved(i, 1))}><Icon name="down" size={16} /></ActionIcon>
              <Button size="compact-sm" variant="subtle" color="gray" onClick={() => stop.mutate(job.job)}>Take out</Button>
            </Group>
          </Group>
        ))}
      </Stack>
    </Section>
  )
}

function JobLink({ job }: { job: string }) {
  return <LinkAnchor to="/runs/$id" params={{ id: job }} fw={580} className="cut" c="inherit">{job}</LinkAnchor>
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
          <Text size="sm" c="dimmed">{count(all)} pictures</Text>
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

type Order = 'newest' | 'best' | 'name'

/** All runs, searched and sorted; only the rows in sight are drawn. */
function Runs({ runs, notes }: { runs: Job[]; notes: Notes | undefined }) {
  const [words, setWords] = useState('')
  const [order, setOrder] = useState<Order>('newest')
  const list = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => setTop((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY))
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [])
  const shown = useMemo(() => {
    const asked = words.toLowerCase().split(/\s+/).filter(Boolean)
    const found = runs.filter((run) => {
      const text = [run.job, run.kind, run.state, run.data, run.network, ...(notes?.notes[run.job]?.tags ?? [])].join(' ').toLowerCase()
      return asked.every((word) => text.includes(word))
    })
    if (order === 'name') return found.toSorted((a, b) => a.job.localeCompare(b.job, 'en', { numeric: true }))
    if (order === 'best') return found.toSorted((a, b) => rank(b) - rank(a))
    return found
  }, [runs, notes, words, order])
  const rows = useWindowVirtualizer({ count: shown.length, estimateSize: () => 57, overscan: 12, scrollMargin: top })
  return (
    <Section title="Runs" aside={runs.length > 0 && (
      <Group gap="xs">
        <TextInput size="xs" w={200} placeholder="Search" aria-label="Search runs" leftSection={<Icon name="search" size={14} />} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
        <Button.Group>
          {(['newest', 'best', 'name'] as const).map((each) => (
            <Button key={each} size="xs" variant={order === each ? 'light' : 'default'} aria-pressed={order === each} onClick={() => setOrder(each)}>{each}</Button>
          ))}
        </Button.Group>
      </Group>
    )}>
      {runs.length === 0 ? <NoRuns /> : (
        <Box className="surface" style={{ overflow: 'hidden' }}>
          <div ref={list} style={{ height: rows.getTotalSize(), position: 'relative' }}>
            {rows.getVirtualItems().map((row) => (
              <div key={shown[row.index]!.job} style={{ position: 'absolute', insetInline: 0, top: row.start - top, height: row.size }}>
                <RunRow run={shown[row.index]!} tags={notes?.notes[shown[row.index]!.job]?.tags ?? []} />
              </div>
            ))}
          </div>
          {shown.length === 0 && <Text p="md" c="dimmed">No run has these words.</Text>}
        </Box>
      )}
    </Section>
  )
}

function rank(run: Job): number {
  const best = run.measure?.best ?? run.measure?.last
  if (best === undefined) return -Infinity
  return run.measure!.better === 'higher' ? best : -best
}

function NoRuns() {
  const navigate = useNavigate()
  return (
    <Group className="surface" p="lg" justify="space-between">
      <Text c="dimmed">Nothing was trained yet.</Text>
      <Button variant="light" onClick={() => void navigate({ to: '/new-run' })}>Train a network</Button>
    </Group>
  )
}

function RunRow({ run, tags }: { run: Job; tags: string[] }) {
  return (
    <LinkBlock to="/runs/$id" params={{ id: run.job }} className="rowlink runrow" style={{ gridTemplateColumns: 'minmax(0, 1fr) 84px 110px 76px 88px', gap: 16, padding: '0 16px', height: '100%' }}>
      <Box style={{ minWidth: 0 }}>
        <Group gap={6} wrap="nowrap">
          <Text size="sm" fw={560} className="cut">{run.job}</Text>
          {tags.map((tag) => <Badge key={tag} size="xs" variant="default" tt="none" fw={500}>{tag}</Badge>)}
        </Group>
        <Text size="xs" c="dimmed" className="cut">{[run.kind, run.data, run.network].filter(Boolean).join(' · ')}</Text>
      </Box>
      <State state={run.state} />
      <Sparkline values={run.measure?.curve ?? []} />
      <Text size="sm" ta="right">{run.measure ? measured(run.measure.best ?? run.measure.last, run.measure.unit) : ''}</Text>
      <Text size="xs" c="dimmed" ta="right">{run.last ? ago(run.last) : ''}</Text>
    </LinkBlock>
  )
}
