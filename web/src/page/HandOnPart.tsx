import { Accordion, Box, Button, Chip, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useRef, useState } from 'react'
import { api, type JobOrder } from '../api/client'
import type { DatasetSummary, Model, Reason } from '../api/types'
import { type Choice, exportJob, fitted, fitting, type Form, FORMS, isWhole, noInside, noOpset, noPrecision, OPSETS, PRECISIONS } from '../forms/forms'
import { Flag } from '../order/SettingInput'
import { orderTwins } from '../part/orderTwins'
import { NumberField } from '../part/NumberField'
import { ProblemCard, parts } from '../part/ProblemCard'
import { fault, type Typed } from '../part/typed'
import { Twins } from '../part/Twins'

/** What can be made of a model: a form for other programs, or a smaller one. */
export function HandOnPart({ model }: { model: Model }) {
  const [open, setOpen] = useState<string[]>([])
  return (
    <Accordion multiple order={2} variant="separated" radius="md" mt={36} value={open} onChange={setOpen} chevronPosition="left">
      <Accordion.Item value="export">
        <Accordion.Control><Title words="Hand it on" line="As a file or a page for other programs, checked in its own form." /></Accordion.Control>
        <Accordion.Panel>{open.includes('export') && <WithDatasets model={model} Part={ExportForm} />}</Accordion.Panel>
      </Accordion.Item>
      <Accordion.Item value="smaller">
        <Accordion.Control><Title words="Make it smaller" line="In whole numbers, or a whole ladder of smaller and faster models to choose from." /></Accordion.Control>
        <Accordion.Panel>{open.includes('smaller') && <WithDatasets model={model} Part={SmallerForm} />}</Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  )
}

function Title({ words, line }: { words: string; line: string }) {
  return <><Text fw={620} size="lg" span>{words}</Text><Text size="sm" c="dimmed" span display="block">{line}</Text></>
}

type Props = { model: Model; data: DatasetSummary[] }

function WithDatasets({ model, Part }: { model: Model; Part: (props: Props) => React.ReactNode }) {
  const datasets = useQuery({ queryKey: ['datasets'], queryFn: api.datasets })
  if (datasets.error) return <ProblemCard problem={parts(datasets.error)} />
  if (!datasets.data) return null
  return <Part model={model} data={fitting(model, datasets.data.datasets)} />
}

/** Finds which forms cannot say the model, one after the other: each is written for that in the server's memory. */
async function refusedForms(model: string): Promise<Partial<Record<Form, Reason>>> {
  const refused: Partial<Record<Form, Reason>> = {}
  for (const { form } of FORMS) {
    const look = await api.look(JSON.stringify({ kind: 'exportModel', model, format: form }))
    if (look.problem) refused[form] = look.problem
  }
  return refused
}

function ExportForm({ model, data }: Props) {
  const [asked, setAsked] = useState<Choice>({ form: 'onnx', precision: 'fp32', calibrate: data[0]?.name ?? '', inside: false, opset: null, coordinates: '' })
  const refused = useQuery({ queryKey: ['forms', model.name, model.version], queryFn: () => refusedForms(model.name), staleTime: Infinity })
  const choice = fitted(asked, model, data.length)
  const set = (part: Partial<Choice>) => setAsked({ ...choice, ...part })
  const order = exportJob(model.name, choice)
  const look = useQuery({ queryKey: ['look', JSON.stringify(order)], queryFn: () => api.look(JSON.stringify(order)) })
  const problem = refused.data?.[choice.form] ?? look.data?.problem
  const notes = PRECISIONS.map(({ precision }) => noPrecision(choice.form, precision, model, data.length)).filter((each) => each !== null)
  return (
    <Stack gap="lg">
      <FormChoice chosen={choice.form} refused={refused.data ?? {}} onChange={(form) => set({ form })} />
      <Box>
        <Group gap="xs" role="radiogroup" aria-label="Precision">
          <Text size="sm" fw={500} mr="xs">Precision</Text>
          <Chip.Group value={choice.precision} onChange={(precision) => set({ precision: precision as Choice['precision'] })}>
            {PRECISIONS.map(({ precision, title }) => (
              <Chip key={precision} value={precision} disabled={noPrecision(choice.form, precision, model, data.length) !== null}>
                {precision === 'fp32' && isWhole(model) ? 'as it is: whole numbers' : title}
              </Chip>
            ))}
          </Chip.Group>
        </Group>
        {notes.map((note) => <Text key={note} size="xs" c="dimmed" mt={6}>{note}</Text>)}
      </Box>
      {choice.precision === 'int8' && (
        <Select label="Calibrate by" maw={320} allowDeselect={false} description="Its training pictures show which values occur. The export is not judged: make it smaller below to learn what that costs."
          data={data.map((each) => each.name)} value={choice.calibrate} onChange={(calibrate) => calibrate && set({ calibrate })} />
      )}
      {choice.form === 'onnx' && (
        <div className="grid-settings" style={{ gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 320px), 1fr))' }}>
          <Flag words="Prepare pictures in the file" value={choice.inside} onChange={(inside) => set({ inside, ...(inside ? { opset: null } : {}) })}
            help={noInside(choice) ?? 'It takes pictures of any size as bytes; resizing and normalising are in the graph.'} />
          <Select label="Operator set" allowDeselect={false} disabled={choice.inside} value={choice.opset === null ? 'usual' : String(choice.opset)}
            description={noOpset(choice) ?? 'A lower number for an older runtime.'} onChange={(word) => set({ opset: word === 'usual' ? null : Number(word) })}
            data={[{ value: 'usual', label: 'as usual' }, ...OPSETS.map(String)]} />
        </div>
      )}
      {choice.form === 'jar' && <TextInput label="Coordinates" maw={420} placeholder={`fovea.models:${model.name}:${model.version}`} description="GROUP:ARTIFACT:VERSION, as Maven names it." value={choice.coordinates} onChange={(event) => set({ coordinates: event.currentTarget.value })} />}
      {problem && <ProblemCard problem={problem} />}
      <Begin order={order} words="Export" disabled={problem !== undefined || !look.data} />
    </Stack>
  )
}

/** One of the forms; arrows lead from one to the next, as in any group of radio buttons. */
function FormChoice({ chosen, refused, onChange }: { chosen: Form; refused: Partial<Record<Form, Reason>>; onChange: (form: Form) => void }) {
  const group = useRef<HTMLDivElement>(null)
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const open = FORMS.map((each) => each.form).filter((form) => !refused[form])
    const next = open[(open.indexOf(chosen) + step + open.length) % open.length]
    if (!next) return
    onChange(next)
    group.current?.querySelector<HTMLButtonElement>(`[data-form=${next}]`)?.focus()
  }
  return (
    <Box ref={group} role="radiogroup" aria-label="Form" onKeyDown={move} style={{ display: 'grid', gap: 12, gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 240px), 1fr))' }}>
      {FORMS.map(({ form, title, whom }) => (
        <button key={form} type="button" role="radio" data-form={form} aria-checked={form === chosen} tabIndex={form === chosen ? 0 : -1} disabled={refused[form] !== undefined} className="mode" onClick={() => onChange(form)}>
          <Text fw={600} size="sm" span display="block">{title}</Text>
          <Text size="xs" c="dimmed" span display="block" mt={2}>{refused[form] ? `Not of this model: ${refused[form].what}` : whom}</Text>
        </button>
      ))}
    </Box>
  )
}

const RUNGS = [
  { rung: 'int8', title: 'whole numbers' }, { rung: 'pooled', title: 'pooling for dense layers' },
  { rung: 'pruned', title: 'fewer channels' }, { rung: 'hybrid', title: 'a hybrid' },
]

function SmallerForm({ model, data }: Props) {
  const [name, setName] = useState(data[0]?.name ?? '')
  const [rungs, setRungs] = useState<string[]>(RUNGS.map((each) => each.rung))
  const [epochs, setEpochs] = useState<Typed>(undefined)
  const wrong = fault(epochs, { least: 1, most: 10_000, whole: true })
  if (data.length === 0)
    return <Text size="sm">Both need a dataset whose pictures are prepared as the model takes them ({model.input.height} × {model.input.width}, {model.input.colorMode}), and there is none here.</Text>
  const ladder: JobOrder = {
    kind: 'ladder', model: model.name, data: name, ...(rungs.length === RUNGS.length ? {} : { rungs }),
    ...(epochs === undefined || wrong ? {} : { epochs: Number(epochs) }),
  }
  return (
    <Stack gap="xl">
      <Select label="Dataset" maw={320} allowDeselect={false} description="Training pictures show which values occur; test pictures judge." data={data.map((each) => each.name)} value={name} onChange={(value) => value && setName(value)} />
      <Box>
        <Text fw={600}>Whole numbers</Text>
        <Text size="sm" c="dimmed" mb="sm">Weights and values of 8 bits: about a quarter of the size, and often faster. Judged beside the model, on the same pictures.</Text>
        {isWhole(model) ? <Text size="sm">The model is in whole numbers already.</Text> : <Begin order={{ kind: 'int8', model: model.name, data: name }} words="Put it into whole numbers" />}
      </Box>
      <Box>
        <Text fw={600}>The ladder</Text>
        <Text size="sm" c="dimmed" mb="sm">Several smaller and faster models at once, each a model of its own: a table and a chart tell accuracy, size and time. Some learn on, so it takes as long as short trainings.</Text>
        <Stack gap="md" mb="md">
          <Group gap="xs" role="group" aria-label="Rungs">
            <Chip.Group multiple value={rungs} onChange={(chosen) => chosen.length > 0 && setRungs(RUNGS.map((each) => each.rung).filter((each) => chosen.includes(each)))}>
              {RUNGS.map(({ rung, title }) => <Chip key={rung} value={rung}>{title}</Chip>)}
            </Chip.Group>
          </Group>
          <NumberField label="Epochs" maw={220} description="How long a changed network learns on." placeholder="5" error={wrong} value={epochs} onChange={setEpochs} />
        </Stack>
        <Begin order={ladder} words="Make the ladder" disabled={Boolean(wrong) || isWhole(model)} />
        {isWhole(model) && <Text size="xs" c="dimmed" mt={6}>It begins with a model in floats; this one is in whole numbers.</Text>}
      </Box>
    </Stack>
  )
}

function Begin({ order, words, disabled = false }: { order: JobOrder; words: string; disabled?: boolean }) {
  const navigate = useNavigate()
  const begin = useMutation({ mutationFn: () => api.begin(order), onSuccess: (begun) => navigate({ to: '/runs/$id', params: { id: begun.job } }) })
  return (
    <Box>
      <Group gap="xs">
        <Button disabled={disabled} loading={begin.isPending} onClick={() => begin.mutate()}>{words}</Button>
        <Twins what={words} twin={orderTwins(order)} />
      </Group>
      {begin.error && <Box mt="md"><ProblemCard problem={parts(begin.error)} /></Box>}
    </Box>
  )
}
