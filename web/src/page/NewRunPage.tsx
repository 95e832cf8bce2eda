import { Box, Button, Group, NumberInput, Select, Stack, Text, TextInput, Loader } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api/client'
import type { DatasetSummary, NetworkSummary, Settings } from '../api/types'
import { Plot } from '../chart/Plot'
import { count, plain, shape, short } from '../part/format'
import { Heading } from '../part/Heading'
import { LinkAnchor } from '../part/links'
import { ProblemCard, parts } from '../part/ProblemCard'
import { trainJob, trainTwin, type TrainingSettings } from '../part/twins'
import { Twins } from '../part/Twins'
import { waitingTwin } from '../part/intakeTwins'
import { type Trainable, useTrainable } from '../part/useTrainable'
import { learns } from './HomePage'

/** A training is put together and begun. */
export function NewRunPage() {
  const trainable = useTrainable()
  const networks = useQuery({ queryKey: ['networks'], queryFn: api.networks, staleTime: Infinity })
  const settings = useQuery({ queryKey: ['settings'], queryFn: api.settings, staleTime: Infinity })
  const error = trainable.error ?? networks.error ?? settings.error
  if (error) return <ProblemCard problem={parts(error)} />
  if (!trainable.datasets || !networks.data || !settings.data) return <Loader m="xl" aria-label="Loading" />
  const readable = trainable.datasets
  if (readable.length === 0) {
    return (
      <>
        <Heading title="New run" />
        <Text>A network learns from pictures, and there are none yet. <LinkAnchor to="/">Begin with a dataset.</LinkAnchor></Text>
      </>
    )
  }
  return <Form datasets={readable} networks={networks.data.networks} settings={settings.data} />
}

type Course = { epochs: number; batchSize: number; learningRate: number }

function Form({ datasets, networks, settings }: { datasets: Trainable[]; networks: NetworkSummary[]; settings: Settings }) {
  const search = useSearch({ from: '/new-run' })
  const navigate = useNavigate()
  const [data, setData] = useState(datasets.find((each) => each.name === search.data)?.name ?? datasets[0]!.name)
  const dataset = datasets.find((each) => each.name === data)!
  const [wanted, setNetwork] = useState(search.network ?? '')
  const fitting = networks.filter((each) => fits(each, dataset))
  const network = fitting.find((each) => each.name === wanted) ?? usual(fitting, dataset)
  const [name, setName] = useState('')
  const [course, setCourse] = useState<Course>(usualCourse(settings))
  const [optimizerName, setOptimizer] = useState('momentum')
  const [scheduleName, setSchedule] = useState('cosine')
  const [seed, setSeed] = useState<number | null>(null)
  const optimizer = settings.optimizers.find((each) => each.name === optimizerName)!
  const schedule = settings.schedules.find((each) => each.name === scheduleName)!
  const chosen: TrainingSettings = { ...course, optimizer, schedule, seed }
  const begin = useMutation({
    mutationFn: () => api.begin({ ...trainJob(data, network?.name ?? '', name, chosen), ...(dataset.after ? { after: [dataset.after] } : {}) }),
    onSuccess: (begun) => navigate({ to: '/runs/$id', params: { id: begun.job } }),
  })
  const isWhole = network !== undefined && course.epochs >= 1 && course.batchSize >= 1 && course.learningRate > 0
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (isWhole) begin.mutate() }}>
      <Heading title="New run" line="A network learns from the training pictures of a dataset, and is judged on the others." />
      <Box style={{ display: 'grid', gap: 24, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 380px), 1fr))', alignItems: 'start' }}>
        <Stack gap="lg">
        <Stack className="surface" p="lg" gap="lg">
          <Select label="Dataset" description={dataset.after ? `Still being imported, ${dataset.height} × ${dataset.width} ${dataset.colorMode}; the run waits for it.` : `${learns(dataset)}, ${count(dataset.pictures?.training ?? 0)} training pictures of ${dataset.height} × ${dataset.width}`}
            data={datasets.map((each) => each.name)} value={data} onChange={(value) => value && setData(value)} allowDeselect={false} searchable />
          <Select label="Network" description={network ? `${network.description} ${short(network.parameters)} parameters as made for ${shape(network.input)}.` : 'No network of the catalogue fits these pictures.'}
            data={fitting.map((each) => each.name)} value={network?.name ?? null} onChange={(value) => value && setNetwork(value)} allowDeselect={false} searchable />
          <TextInput label="Name of the model" description="Left empty, it is named after dataset and network." placeholder={`${data}-${network?.name ?? ''}`} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        </Stack>
        {begin.error && <ProblemCard problem={parts(begin.error)} />}
        <Group gap="xs">
          <Button type="submit" size="md" disabled={!isWhole} loading={begin.isPending}>Train</Button>
          {network && <Twins what="Train" twin={waitingTwin(trainTwin(data, network.name, name, chosen), trainJob(data, network.name, name, chosen), dataset.after)} />}
          <Text size="sm" c="dimmed">{isWhole && dataset.pictures && `${count(course.epochs * Math.ceil(dataset.pictures.training / course.batchSize))} steps`}</Text>
        </Group>
        </Stack>
        <Stack className="surface" p="lg" gap="lg">
          <Group grow align="flex-start">
            <Whole label="Epochs" help="Times that each picture is seen." value={course.epochs} most={10_000} onChange={(epochs) => setCourse({ ...course, epochs })} />
            <Whole label="Batch size" help="Pictures for each step of learning." value={course.batchSize} most={65_536} onChange={(batchSize) => setCourse({ ...course, batchSize })} />
          </Group>
          <Group grow align="flex-start">
            <Select label="Optimizer" description="How steps follow the gradient." data={settings.optimizers.map((each) => each.name)} value={optimizerName} allowDeselect={false}
              onChange={(value) => {
                const next = settings.optimizers.find((each) => each.name === value)
                if (!next) return
                setOptimizer(next.name)
                setCourse({ ...course, learningRate: next.learningRate })
              }} />
            <NumberInput label="Learning rate" description="How far a step goes at most." value={course.learningRate} min={0} step={0.001} decimalScale={8} onChange={(value) => setCourse({ ...course, learningRate: Number(value) || 0 })} />
          </Group>
          <Select label="Course of the learning rate" description="Large steps first, small ones at the end, learn best as a rule." data={settings.schedules.map((each) => ({ value: each.name, label: each.name.replaceAll('_', ' ') }))} value={scheduleName} allowDeselect={false} onChange={(value) => value && setSchedule(value)} />
          <CoursePlot schedule={scheduleName} course={course} />
          <NumberInput label="Seed" description="The same seed gives the same run; left empty, one is drawn and kept." value={seed ?? ''} min={0} allowDecimal={false} onChange={(value) => setSeed(value === '' ? null : Number(value))} />
        </Stack>
      </Box>
    </form>
  )
}

function Whole({ label, help, value, most, onChange }: { label: string; help: string; value: number; most: number; onChange: (value: number) => void }) {
  return <NumberInput label={label} description={help} value={value || ''} min={1} max={most} allowDecimal={false} onChange={(typed) => onChange(Number(typed) || 0)} />
}

function CoursePlot({ schedule, course }: { schedule: string; course: Course }) {
  const [rate] = useDebouncedValue(course.learningRate, 200)
  const [epochs] = useDebouncedValue(course.epochs, 200)
  const drawn = useQuery({
    queryKey: ['course', schedule, rate, epochs], queryFn: () => api.course(schedule, rate, epochs, 0), enabled: rate > 0 && epochs >= 1,
    staleTime: Infinity, placeholderData: (before) => before,
  })
  if (!drawn.data) return <Box h={130} />
  return (
    <Plot label={`The learning rate over ${epochs} epochs`} height={130} write={plain} lines={[{ label: 'learning rate', color: 'train', curve: { x: drawn.data.epochs, y: drawn.data.rates } }]} />
  )
}

function usualCourse(settings: Settings): Course {
  const usual = settings.settings as { pictures: { batchSize: number }; step: { learningRate: number } }
  return { epochs: 10, batchSize: usual.pictures.batchSize, learningRate: usual.step.learningRate }
}

/** Networks of rows of numbers are for classes and targets, those of maps for segmentation. */
function fits(network: NetworkSummary, dataset: DatasetSummary): boolean {
  return (dataset.task === 'segmentation') === (network.gives === 'maps')
}

/** The one whose pictures are most like these. */
function usual(fitting: NetworkSummary[], dataset: DatasetSummary): NetworkSummary | undefined {
  const channels = dataset.colorMode === 'grey' ? 1 : 3
  const distance = (each: NetworkSummary) => Math.abs(Math.log((each.input[1] ?? 1) / (dataset.height ?? 1))) + (each.input[0] === channels ? 0 : 1)
  const lenet = fitting.find((each) => each.name === 'lenet')
  const nearest = fitting.toSorted((a, b) => distance(a) - distance(b))[0]
  return lenet && nearest && distance(lenet) <= distance(nearest) ? lenet : nearest
}
