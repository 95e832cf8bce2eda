import { Box, Button, Checkbox, Group, Loader, Select, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { api, type Split } from '../api/client'
import type { Job, ModelSummary } from '../api/types'
import { judged, evaluateJob } from '../judge/api'
import { ComparePart } from '../judge/ComparePart'
import { evaluateTwin } from '../judge/twins'
import { ago } from '../part/format'
import { Heading, Section } from '../part/Heading'
import { LinkAnchor, LinkButton } from '../part/links'
import { ProblemCard, parts } from '../part/ProblemCard'
import { State } from '../part/State'
import { Twins } from '../part/Twins'

const JUDGES = ['evaluate', 'train', 'hybrid']

/** Models are judged, and what was found is listed and compared. */
export function EvaluationsPage() {
  const jobs = useQuery({ queryKey: ['jobs'], queryFn: api.jobs, refetchInterval: 2000 })
  const [chosen, setChosen] = useState<string[]>([])
  if (jobs.error) return <ProblemCard problem={parts(jobs.error)} />
  if (!jobs.data) return <Loader m="xl" aria-label="Loading" />
  const all = jobs.data.jobs.filter((job) => JUDGES.includes(job.kind) && (job.state === 'done' || job.kind === 'evaluate'))
  return (
    <>
      <Heading title="Evaluations" line="How good models are on pictures that they did not learn from.">
        <LinkButton to="/classify" variant="default">Classify many pictures</LinkButton>
      </Heading>
      <NewEvaluation />
      {chosen.length > 1 && <ComparePart ids={chosen} />}
      <Section title="What was found" aside={chosen.length > 0 ? <Text size="sm" c="dimmed">{chosen.length === 1 ? 'Choose another one to compare.' : `${chosen.length} are compared.`}</Text> : undefined}>
        {all.length === 0 && <Text>No model was judged yet.</Text>}
        {all.length > 0 && (
          <Box className="surface" style={{ overflow: 'hidden' }}>
            {all.map((job) => (
              <Row key={job.job} job={job} isChosen={chosen.includes(job.job)}
                onChoose={(isChosen) => setChosen(isChosen ? [...chosen, job.job] : chosen.filter((each) => each !== job.job))} />
            ))}
          </Box>
        )}
      </Section>
    </>
  )
}

function Row({ job, isChosen, onChoose }: { job: Job; isChosen: boolean; onChoose: (isChosen: boolean) => void }) {
  return (
    <Group px="md" py={10} gap="md" wrap="nowrap" style={{ borderTop: '1px solid var(--line)' }}>
      <Checkbox size="sm" aria-label={`Compare ${job.job}`} disabled={job.state !== 'done'} checked={isChosen} onChange={(event) => onChoose(event.currentTarget.checked)} />
      <Box style={{ flex: 1, minWidth: 0 }}>
        {job.state === 'done'
          ? <LinkAnchor to="/runs/$id/evaluation" params={{ id: job.job }}>{job.job}</LinkAnchor>
          : <LinkAnchor to="/runs/$id" params={{ id: job.job }}>{job.job}</LinkAnchor>}
        <Text size="xs" c="dimmed" className="cut">{[job.kind, job.model, job.data].filter(Boolean).join(' · ')}</Text>
      </Box>
      {job.state !== 'done' && <State state={job.state} />}
      <Text size="xs" c="dimmed">{job.began ? ago(job.began) : ''}</Text>
    </Group>
  )
}

function NewEvaluation() {
  const search = useSearch({ from: '/evaluations' })
  const navigate = useNavigate()
  const models = useQuery({ queryKey: ['models'], queryFn: api.models })
  const datasets = useQuery({ queryKey: ['datasets'], queryFn: api.datasets })
  const [modelName, setModel] = useState(search.model ?? '')
  const [dataName, setData] = useState('')
  const [split, setSplit] = useState<Split>('test')
  const begin = useMutation({
    mutationFn: (order: ReturnType<typeof evaluateJob>) => judged.begin(order),
    onSuccess: (begun) => navigate({ to: '/runs/$id', params: { id: begun.job } }),
  })
  if (!models.data || !datasets.data) return null
  const readable = models.data.models.filter((each) => !each.problem)
  const model: ModelSummary | undefined = readable.find((each) => each.name === modelName) ?? readable[0]
  const fitting = datasets.data.datasets.filter((each) => !each.problem && (each.task === model?.task || model?.task === 'reconstruction'))
  const data = fitting.find((each) => each.name === dataName) ?? fitting.find((each) => each.name === model?.data) ?? fitting[0]
  const there = (['training', 'validation', 'test'] as const).filter((each) => (data?.pictures?.[each] ?? 0) > 0)
  const part = there.includes(split) ? split : there.at(-1)
  if (!model) return <Text>There is no model to judge yet. <LinkAnchor to="/new-run">Train one.</LinkAnchor></Text>
  return (
    <Box className="surface" p="lg">
      <Group align="flex-end" gap="md">
        <Select label="Model" w={240} searchable allowDeselect={false} value={model.name} onChange={(value) => setModel(value ?? '')} data={readable.map((each) => each.name)} />
        <Select label="Dataset" w={220} searchable allowDeselect={false} value={data?.name ?? null} placeholder="none fits" onChange={(value) => setData(value ?? '')} data={fitting.map((each) => each.name)} />
        <Select label="Part" w={140} allowDeselect={false} value={part ?? null} onChange={(value) => setSplit(value as Split)} data={there} />
        <Button disabled={!data || !part} loading={begin.isPending} onClick={() => data && part && begin.mutate(evaluateJob(model.name, data.name, part))}>Evaluate</Button>
        {data && part && <Twins what="Evaluate" twin={evaluateTwin(model.name, data.name, part)} />}
      </Group>
      <Text size="xs" c="dimmed" mt="sm">Only datasets of the model's task are offered. Judge on test pictures: nothing was chosen on them.</Text>
      {begin.error && <Box mt="md"><ProblemCard problem={parts(begin.error)} /></Box>}
    </Box>
  )
}
