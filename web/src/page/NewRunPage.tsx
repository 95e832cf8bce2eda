import { Accordion, Box, Button, Group, Loader, MultiSelect, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { api } from '../api/client'
import type { DatasetSummary, Job, JobDetail, NetworkSummary, SettingField, SettingFields, Settings, Weights } from '../api/types'
import { Plot } from '../chart/Plot'
import { AugmentationPart } from '../order/AugmentationPart'
import { LookPart } from '../order/LookPart'
import { atRate, fresh, isSeveral, jobOf, orderOf, type Order } from '../order/order'
import { Flag, SettingInput } from '../order/SettingInput'
import { StartPart } from '../order/StartPart'
import { count, plain } from '../part/format'
import { Heading } from '../part/Heading'
import { LinkAnchor } from '../part/links'
import { NumberField } from '../part/NumberField'
import { ProblemCard, parts } from '../part/ProblemCard'
import { orderTwins } from '../part/orderTwins'
import { Twins } from '../part/Twins'
import { learns } from './HomePage'

const USUAL_FOLDS = 5
const verbs = { train: 'Train', folds: 'Cross-validate', learningRate: 'Find a learning rate', hybrid: 'Make a hybrid' }

/** A run is put together, looked at by the server, and begun. */
export function NewRunPage() {
  const search = useSearch({ from: '/new-run' })
  const datasets = useQuery({ queryKey: ['datasets'], queryFn: api.datasets })
  const jobs = useQuery({ queryKey: ['jobs'], queryFn: api.jobs })
  const settings = useQuery({ queryKey: ['settings'], queryFn: api.settings, staleTime: Infinity })
  const weights = useQuery({ queryKey: ['weights'], queryFn: api.weights })
  const known = useQuery({ queryKey: ['fields'], queryFn: () => api.fields(undefined, undefined), staleTime: Infinity })
  const like = useQuery({ queryKey: ['jobs', search.like ?? ''], queryFn: () => api.job(search.like!), enabled: search.like !== undefined })
  const error = datasets.error ?? jobs.error ?? settings.error ?? weights.error ?? known.error ?? like.error
  if (error) return <ProblemCard problem={parts(error)} />
  if (!datasets.data || !jobs.data || !settings.data || !weights.data || !known.data || (search.like !== undefined && !like.data)) return <Loader m="xl" aria-label="Loading" />
  const readable = datasets.data.datasets.filter((each) => !each.problem)
  const coming = jobs.data.jobs.filter((job) => job.kind === 'import' && job.data && (job.state === 'running' || job.state === 'queued') && !readable.some((each) => each.name === job.data))
  if (readable.length === 0 && coming.length === 0) {
    return (
      <>
        <Heading title="New run" />
        <Text>A network learns from pictures, and there are none yet. <LinkAnchor to="/">Begin with a dataset.</LinkAnchor></Text>
      </>
    )
  }
  return <Form key={search.like ?? ''} datasets={readable} coming={coming} settings={settings.data} weights={weights.data.weights} like={like.data} words={triedWords(known.data.fields)} />
}

type FormProps = { datasets: DatasetSummary[]; coming: Job[]; settings: Settings; weights: Weights[]; like: JobDetail | undefined; words: Record<string, string> }

function Form({ datasets, coming, settings, weights, like, words }: FormProps) {
  const search = useSearch({ from: '/new-run' })
  const navigate = useNavigate()
  const names = [...datasets.map((each) => each.name), ...coming.map((each) => each.data!)]
  const [order, setOrder] = useState<Order>(() => {
    const wanted = names.includes(search.data ?? '') ? search.data! : names[0]!
    if (like?.order) return atRate(orderOf(like.order as { kind: string }, words), search.rate)
    return { ...fresh(wanted), start: search.from ? { from: 'checkpoint', checkpoint: search.from } : { from: 'network', network: search.network ?? '' } }
  })
  const change = (part: Partial<Order>) => setOrder((before) => ({ ...before, ...part }))
  const dataset = datasets.find((each) => each.name === order.data)
  const awaited = coming.find((each) => each.data === order.data)
  const networks = useQuery({ queryKey: ['networks', order.data, dataset !== undefined], queryFn: () => api.networks(dataset ? order.data : undefined), placeholderData: (before) => before })
  const transfer = order.start.from === 'pretrained' ? order.start.transfer : undefined
  const fields = useQuery({ queryKey: ['fields', order.data, transfer, dataset !== undefined], queryFn: () => api.fields(order.data, transfer), placeholderData: (before) => before })
  const fitting = (networks.data?.networks ?? []).filter((each) => !each.misfit && !each.problem)
  const usual = usualNetwork(fitting, dataset)
  useEffect(() => {
    if (order.start.from !== 'network' || networks.isPlaceholderData || fitting.length === 0) return
    const named = fitting.find((each) => (each.file ?? each.name) === (order.start.from === 'network' ? order.start.network : '') || each.name === (order.start.from === 'network' ? order.start.network : ''))
    const word = named ? (named.file ?? named.name) : usual
    if (word !== order.start.network) change({ start: { from: 'network', network: word } })
  })

  const job = jobOf(order, words)
  const started = order.start
  const toFetch = order.kind !== 'hybrid' && started.from === 'pretrained' ? weights.find((each) => each.name === started.weights && !each.isHere) : undefined
  const after = [...(awaited ? [awaited.job] : []), ...(toFetch ? [`import-${toFetch.name}`] : [])]
  const whole = { ...job, ...(after.length > 0 ? { after } : {}) }
  const [asked] = useDebouncedValue(JSON.stringify(toFetch ? { ...job, after: awaited ? [awaited.job] : [] } : whole), 350)
  const look = useQuery({ queryKey: ['look', asked], queryFn: () => api.look(asked), placeholderData: (before) => before, enabled: !toFetch })
  const problem = toFetch ? undefined : look.data?.problem
  const begin = useMutation({
    mutationFn: async () => {
      const fetched = toFetch ? [(await api.begin({ kind: 'importWeights', name: toFetch.name })).job] : []
      const waits = [...(awaited ? [awaited.job] : []), ...fetched]
      return api.begin({ ...job, ...(waits.length > 0 ? { after: waits } : {}) }, like !== undefined)
    },
    onSuccess: (begun) => navigate({ to: '/runs/$id', params: { id: begun.job } }),
  })
  if (!fields.data) return fields.error ? <ProblemCard problem={parts(fields.error)} /> : <Loader m="xl" aria-label="Loading" />

  const set = (path: string, value: unknown) => setOrder((before) => {
    const next = { ...before.settings }
    if (value === undefined) delete next[path]
    else next[path] = value
    return { ...before, settings: next }
  })
  const paths = allPaths(fields.data.fields)
  const verb = job.kind === 'tune' ? 'Train' : verbs[order.kind]
  const isSweep = job.kind === 'tune'
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (!problem) begin.mutate() }}>
      <Heading title={like ? `New run like ${like.job}` : 'New run'} line={order.kind === 'hybrid' ? 'A small classifier of two convolutions and nearest neighbours, made by evolution.' : 'A network learns from the training pictures of a dataset, and is judged on the others.'} />
      <Box mb="lg" style={{ overflowX: 'auto' }}>
        <SegmentedControl value={order.kind} onChange={(kind) => change({ kind: kind as Order['kind'] })} aria-label="What is done"
          data={[{ value: 'train', label: 'Train' }, { value: 'folds', label: 'Cross-validate' }, { value: 'learningRate', label: 'Find a learning rate' }, { value: 'hybrid', label: 'Hybrid' }]} />
      </Box>
      <Box style={{ display: 'grid', gap: 24, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 380px), 1fr))', alignItems: 'start' }}>
        <Stack gap="lg">
          <Stack className="surface" p="lg" gap="lg">
            <Select label="Dataset" searchable allowDeselect={false} value={order.data} onChange={(data) => data && change({ data })}
              description={dataset ? `${learns(dataset)}, ${count(dataset.pictures?.training ?? 0)} training pictures of ${dataset.height} × ${dataset.width}` : awaited ? 'It is still being imported; the run waits for it.' : 'It is not there.'}
              data={[{ group: 'Datasets', items: datasets.map((each) => each.name) }, { group: 'Being imported', items: coming.map((each) => each.data!) }].filter((each) => each.items.length > 0)} />
            {order.kind !== 'hybrid' && <StartPart start={order.start} networks={fitting} weights={weights} help={fields.data.help} usual={usual} onChange={(start) => change({ start })} />}
            {order.kind === 'folds' && <NumberField label="Folds" description={fields.data.help['folds']} value={order.folds} usual={USUAL_FOLDS} onChange={(folds = USUAL_FOLDS) => change({ folds })} />}
            {(order.kind === 'hybrid' || order.kind === 'train') && <TextInput label={isSweep ? 'Name of the sweep' : 'Name of the model'} description={isSweep ? 'No model comes out of it; its run is called so, with -tune after it.' : fields.data.help['name']} value={order.name} onChange={(event) => change({ name: event.currentTarget.value })} />}
            {isSweep && <Sweep order={order} help={fields.data.help} change={change} />}
          </Stack>
          {look.data && !toFetch && <Box className="surface" p="lg"><LookPart look={look.data} known={paths} /></Box>}
          {toFetch && <Text size="sm" c="dimmed" px="xs">The weights {toFetch.name} are fetched first, from where their authors publish them; the run waits for them.</Text>}
          {begin.error && <ProblemCard problem={parts(begin.error)} />}
          <Group gap="xs">
            <Button type="submit" size="md" disabled={problem !== undefined || (order.kind !== 'hybrid' && order.start.from === 'network' && order.start.network === '')} loading={begin.isPending}>{verb}</Button>
            <Twins what={verb} twin={orderTwins(whole)} />
          </Group>
        </Stack>
        {order.kind === 'hybrid' ? (
          <Stack className="surface" p="lg" gap="md">
            {fields.data.hybrid.map((field) => (
              <SettingInput key={field.path} field={field} value={order.hybrid[field.name]} wrong={undefined}
                onChange={(value) => change({ hybrid: { ...order.hybrid, [field.name]: value } })} />
            ))}
          </Stack>
        ) : (
          <SettingsPart order={order} fields={fields.data} settings={settings} set={set} change={change} fault={problem?.field ? { path: problem.field, what: problem.what } : null} networks={fitting} hasPictures={dataset !== undefined} />
        )}
      </Box>
    </form>
  )
}

function Sweep({ order, help, change }: { order: Order; help: Record<string, string>; change: (part: Partial<Order>) => void }) {
  return (
    <>
      <NumberField label="Random combinations" description={help['random']} placeholder="all combinations" value={order.random ?? undefined} onChange={(random) => change({ random: random ?? null })} />
      <Flag words="Halve again and again" help={help['halving']} value={order.halving} onChange={(halving) => change({ halving })} />
    </>
  )
}

type SettingsProps = {
  order: Order; fields: SettingFields; settings: Settings; set: (path: string, value: unknown) => void; change: (part: Partial<Order>) => void
  fault: { path: string; what: string } | null; networks: NetworkSummary[]; hasPictures: boolean
}

/** All settings: the basic ones open, the others in their groups. */
function SettingsPart({ order, fields, settings, set, change, fault, networks, hasPictures }: SettingsProps) {
  const wrong = (path: string) => (fault && (fault.path === path || fault.path.startsWith(`${path}.`)) ? fault.what : undefined)
  const all = leaves(fields.fields)
  const basic = (path: string) => all.find((each) => each.path === path)!
  const group = (name: string) => fields.fields.find((each) => each.name === name)!
  const value = (field: SettingField) => order.settings[field.path]
  const tries = order.kind === 'train' && order.start.from !== 'pretrained'
  const input = (field: SettingField, layers: string[] = []) => <SettingInput key={field.path} field={field} value={value(field)} wrong={wrong(field.path)} layers={layers} tries={tries} onChange={(changed) => set(field.path, changed)} />
  const name = order.start.from === 'network' ? networks.find((each) => (each.file ?? each.name) === (order.start.from === 'network' ? order.start.network : ''))?.name : undefined
  const network = useQuery({ queryKey: ['networks', name ?? ''], queryFn: () => api.network(name!), enabled: name !== undefined })
  const layers = (network.data?.layers ?? []).filter((layer) => layer.parameters > 0).map((layer) => layer.layer)
  const pictures = group('pictures').fields!
  const augmentation = pictures.find((each) => each.name === 'augmentation')!
  const others = (name: string) => (group(name).fields ?? []).filter((each) => !each.basic && each.name !== 'augmentation')
  const chosen = (prefix: string) => Object.keys(order.settings).filter((path) => path.startsWith(prefix) && !basicPaths.has(path)).length
  const title = (words: string, prefix: string) => <Group gap={8}><Text fw={500}>{words}</Text>{chosen(prefix) > 0 && <Text size="xs" c="dimmed">{chosen(prefix)} chosen</Text>}</Group>
  return (
    <Stack className="surface" p="lg" gap="lg">
      <Group grow align="flex-start">{input(basic('course.epochs'))}{input(basic('pictures.batchSize'))}</Group>
      <Group grow align="flex-start"><OptimizerInput order={order} settings={settings} field={basic('step.optimizer')} set={set} wrong={wrong('step.optimizer')} tries={tries} />{input(basic('step.learningRate'))}</Group>
      <ScheduleInput order={order} settings={settings} fields={all} set={set} wrong={wrong('step.schedule')} tries={tries} />
      {input(basic('seed'))}
      <Accordion multiple variant="separated" radius="md" defaultValue={fault ? [section(fault.path)] : []}>
        <Accordion.Item value="augmentation">
          <Accordion.Control>{title('Augmentation', 'pictures.augmentation')}</Accordion.Control>
          <Accordion.Panel>
            <Stack gap="md">
              {hasPictures && <AugmentationPart data={order.data} augmentation={under(order.settings, 'pictures.augmentation.')} />}
              <div className="grid-settings">{flatFields(augmentation.fields!).map((field) => input(field))}</div>
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
        <Accordion.Item value="course"><Accordion.Control>{title('Course and pictures', 'course')}</Accordion.Control>
          <Accordion.Panel><div className="grid-settings">{others('course').map((field) => input(field))}{pictures.filter((each) => each.name === 'sampling').map((field) => input(field))}</div></Accordion.Panel>
        </Accordion.Item>
        <Accordion.Item value="step"><Accordion.Control>{title('Steps and loss', 'step')}</Accordion.Control>
          <Accordion.Panel><div className="grid-settings">{flatFields(others('step')).map((field) => input(field, layers))}{input({ ...group('loss') })}</div></Accordion.Panel>
        </Accordion.Item>
        <Accordion.Item value="computation"><Accordion.Control>{title('Computation and files', 'computation')}</Accordion.Control>
          <Accordion.Panel>
            <div className="grid-settings">
              {others('computation').map((field) => input(field))}
              <Flag words="For TensorBoard" help={fields.help['tensorboard']} value={order.outputs.includes('tensorboard')} onChange={(on) => change({ outputs: toggled(order.outputs, 'tensorboard', on) })} />
              <Flag words="Weights as npz" help={fields.help['npz']} value={order.outputs.includes('npz')} onChange={(on) => change({ outputs: toggled(order.outputs, 'npz', on) })} />
              <Flag words="Weights in the model file" help={fields.help['weights']} value={order.weights} onChange={(weights) => change({ weights })} />
              <Flag words="Learn the pictures themselves" help={fields.help['reconstruction']} value={order.reconstruction} onChange={(reconstruction) => change({ reconstruction })} />
            </div>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  )
}

const basicPaths = new Set(['course.epochs', 'pictures.batchSize', 'step.optimizer', 'step.learningRate', 'step.schedule', 'seed'])
const section = (path: string) => (path.startsWith('pictures.augmentation') ? 'augmentation' : path.startsWith('loss') ? 'step' : path.split('.')[0]!)
const toggled = (list: string[], word: string, on: boolean) => (on ? [...list.filter((each) => each !== word), word] : list.filter((each) => each !== word))

type Named = { order: Order; settings: Settings; set: (path: string, value: unknown) => void; wrong: string | undefined; tries: boolean }
const several = { value: 'several', label: 'try several …' }

/** One optimizer with its usual rate, or several, each of which is tried. */
function OptimizerInput({ order, settings, field, set, wrong, tries }: Named & { field: SettingField }) {
  const value = order.settings[field.path]
  const names = settings.optimizers.map((each) => each.name)
  const usual = (field.usual as { kind: string } | undefined)?.kind
  if (isSeveral(value)) return <Several label="Optimizers" wrong={wrong} names={names} value={value} onChange={(text) => set(field.path, text)} />
  const kind = (value as { kind?: string } | undefined)?.kind ?? usual
  const now = settings.optimizers.find((each) => (each.setting as { kind: string }).kind === kind)
  return (
    <Select label="Optimizer" description={field.help} error={wrong} allowDeselect={false} value={now?.name ?? null} data={[...names, ...(tries ? [several] : [])]}
      onChange={(word) => {
        if (word === 'several') { set(field.path, `${now?.name ?? names[0]!},`); return }
        const next = settings.optimizers.find((each) => each.name === word)
        if (!next) return
        set(field.path, next.setting)
        set('step.learningRate', next.learningRate)
      }} />
  )
}

function Several({ label, wrong, names, value, onChange }: { label: string; wrong: string | undefined; names: string[]; value: string; onChange: (text: string | undefined) => void }) {
  const chosen = value.split(',').filter(Boolean)
  return <MultiSelect label={label} error={wrong} description="Each is tried in a run of its own." data={names} value={chosen} onChange={(words) => onChange(words.length === 0 ? undefined : words.length === 1 ? `${words[0]!},` : words.join(','))} />
}

/** The course of the learning rate, with a rise before it, drawn as it is chosen. */
function ScheduleInput({ order, settings, fields, set, wrong, tries }: Named & { fields: SettingField[] }) {
  const field = fields.find((each) => each.path === 'step.schedule')!
  const value = order.settings[field.path]
  const names = settings.schedules.map((each) => each.name)
  if (isSeveral(value)) return <Several label="Courses of the learning rate" wrong={wrong} names={names} value={value} onChange={(text) => set(field.path, text)} />
  type Setting = { kind: string; rise?: number | string; then?: { kind: string } }
  const setting = (value ?? field.usual) as Setting
  const rise = setting.kind === 'warmUp' ? (setting.rise ?? 0) : 0
  const inner = (setting.kind === 'warmUp' ? setting.then : setting) as Record<string, unknown>
  const now = settings.schedules.find((each) => (each.setting as { kind: string }).kind === inner['kind'])
  // the setting that follows a rise is called "then" in a job; nobody awaits it
  // oxlint-disable-next-line unicorn/no-thenable
  const put = (course: Record<string, unknown>, from: number | string) => set(field.path, from !== 0 ? { kind: 'warmUp', rise: from, then: course } : course)
  // of several values the first is drawn
  const number = (path: string) => Number(String(order.settings[path] ?? fields.find((each) => each.path === path)?.usual ?? 0).split(/,|\.\./)[0])
  return (
    <Stack gap="sm">
      <Group grow align="flex-start">
        <Select label="Course of the learning rate" description={field.help} allowDeselect={false} error={rise === 0 && wrong} value={now?.name ?? null}
          data={[...names.map((each) => ({ value: each, label: each.replaceAll('_', ' ') })), ...(tries ? [several] : [])]}
          onChange={(word) => {
            if (word === 'several') { set(field.path, `${now?.name ?? names[0]!},`); return }
            const next = settings.schedules.find((each) => each.name === word)
            if (next) put(next.setting, rise)
          }} />
        <NumberField label="Warm-up" description="The first part of the run in which the rate rises from 0, as a share." error={rise !== 0 && wrong} value={rise} usual={0} onChange={(from = 0) => put(inner, from)} />
      </Group>
      {now && <CoursePlot schedule={now.name} rate={number('step.learningRate')} epochs={number('course.epochs')} rise={rise} />}
    </Stack>
  )
}

function CoursePlot({ schedule, rate, epochs, rise }: { schedule: string; rate: number; epochs: number; rise: number | string }) {
  const [asked] = useDebouncedValue(`${schedule} ${rate} ${epochs} ${rise}`, 200)
  const [name, from, over, first] = asked.split(' ') as [string, string, string, string]
  const drawn = useQuery({
    queryKey: ['course', asked], queryFn: () => api.course(name, Number(from), Number(over), Number(first)),
    enabled: Number(from) > 0 && Number.isInteger(Number(over)) && Number(over) >= 1 && Number(first) >= 0 && Number(first) < 1, staleTime: Infinity, placeholderData: (before) => before,
  })
  if (!drawn.data) return <Box h={130} />
  return (
    <Plot label={`The learning rate over ${over} epochs`} height={130} write={plain} lines={[{ label: 'learning rate', color: 'train', curve: { x: drawn.data.epochs, y: drawn.data.rates } }]} />
  )
}

/** Returns fields without their groups. */
const flatFields = (fields: SettingField[]): SettingField[] => fields.flatMap((field) => (field.type === 'group' ? flatFields((field.fields ?? []).map((each) => (field.name === 'randomCrop' ? { ...each, words: `${field.words}: ${each.words}` } : each))) : [field]))
const leaves = flatFields
const allPaths = (fields: SettingField[]): string[] => flatFields(fields).map((field) => field.path)

function triedWords(fields: SettingField[]): Record<string, string> {
  return Object.fromEntries(flatFields(fields).filter((field) => field.tried !== undefined).map((field) => [field.path, field.tried!]))
}

function under(settings: Record<string, unknown>, prefix: string): Record<string, unknown> {
  const tree: Record<string, unknown> = {}
  for (const [path, value] of Object.entries(settings)) {
    if (!path.startsWith(prefix)) continue
    const names = path.slice(prefix.length).split('.')
    let group = tree
    for (const name of names.slice(0, -1)) group = (group[name] ??= {}) as Record<string, unknown>
    group[names.at(-1)!] = value
  }
  return tree
}

/** The one whose pictures are most like these; a network of one's own is taken only if it is asked for. */
function usualNetwork(fitting: NetworkSummary[], dataset: DatasetSummary | undefined): string {
  const known = fitting.filter((each) => !each.file)
  if (!dataset) return known.find((each) => each.name === 'lenet')?.name ?? ''
  const channels = dataset.colorMode === 'grey' ? 1 : 3
  const distance = (each: NetworkSummary) => Math.abs(Math.log((each.input[1] ?? 1) / (dataset.height ?? 1))) + (each.input[0] === channels ? 0 : 1)
  const lenet = known.find((each) => each.name === 'lenet')
  const nearest = known.toSorted((a, b) => distance(a) - distance(b))[0]
  return lenet && nearest && distance(lenet) <= distance(nearest) ? lenet.name : (nearest?.name ?? '')
}
