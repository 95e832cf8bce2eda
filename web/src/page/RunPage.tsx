import { Alert, Box, Button, Group, Progress, Tabs, Text, Loader } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { address, api } from '../api/client'
import type { JobDetail } from '../api/types'
import { DeleteButton } from '../part/DeleteButton'
import { ago, bytes, count, duration, measured } from '../part/format'
import { Fact, Heading, Section } from '../part/Heading'
import { Icon } from '../part/Icon'
import { LinkAnchor, LinkButton } from '../part/links'
import { NotePart } from '../part/NotePart'
import { orderTwins } from '../part/orderTwins'
import { ProblemCard, parts } from '../part/ProblemCard'
import { State } from '../part/State'
import { followTwin, goOnTwin, stopTwin, takeOutTwin } from '../part/twins'
import { Twins } from '../part/Twins'
import type { RunState } from '../run/fold'
import { waitsWords } from '../run/queue'
import { useRun } from '../run/useRun'
import { AnswersPart } from './AnswersPart'
import { CheckpointsPart } from './CheckpointsPart'
import { CurvesPart } from './CurvesPart'
import { ExportPart } from './ExportPart'
import { FoldsPart } from './FoldsPart'
import { ImportPart } from './ImportPart'
import { Int8Part } from './Int8Part'
import { LadderPart } from './LadderPart'
import { RatePart } from './RatePart'
import { TrialsPart } from './TrialsPart'

/** A run, live or of long ago: both are drawn from its events. */
export function RunPage() {
  const { id } = useParams({ from: '/runs/$id' })
  const { run, heard } = useRun(id)
  const job = useQuery({ queryKey: ['jobs', id], queryFn: () => api.job(id), refetchInterval: 1000 })
  if (job.error && !job.data) return <ProblemCard problem={parts(job.error)} />
  if (!job.data) return <Loader m="xl" aria-label="Loading" />
  return (
    <>
      <Head job={job.data} />
      {!heard && <Alert color="orange" mb="md">The workbench cannot be heard just now. The run goes on, and this page with it once it is back.</Alert>}
      {job.data.problem && <Box mb="lg"><ProblemCard problem={job.data.problem} /></Box>}
      <Course job={job.data} run={run} />
      {job.data.kind === 'import' && <ImportPart job={job.data} progress={run.progress} />}
      <Facts job={job.data} run={run} />
      {job.data.kind === 'folds' && job.data.result && <FoldsPart result={job.data.result} />}
      {job.data.kind === 'learningRate' && job.data.result && <RatePart job={id} result={job.data.result} />}
      {job.data.kind === 'exportModel' && job.data.result && <ExportPart job={job.data} />}
      {job.data.kind === 'int8' && job.data.result && <Int8Part result={job.data.result} />}
      {job.data.kind === 'ladder' && job.data.result && <LadderPart job={job.data} />}
      {job.data.kind === 'tune' && <TrialsPart id={id} last={job.data.events} />}
      <CurvesPart run={run} />
      <AnswersPart run={run} data={job.data.data} classNames={job.data.classNames ?? []} />
      <Details id={id} job={job.data} run={run} />
    </>
  )
}

function Head({ job }: { job: JobDetail }) {
  const queries = useQueryClient()
  const again = () => queries.invalidateQueries({ queryKey: ['jobs'] })
  const stop = useMutation({ mutationFn: () => api.stop(job.job), onSettled: again })
  const goOn = useMutation({ mutationFn: () => api.goOn(job.job), onSettled: again })
  const waits = job.position !== undefined
  const made = job.state === 'done' && ['train', 'hybrid', 'exportCheckpoint', 'int8'].includes(job.kind) ? job.model : undefined
  const models = useQuery({ queryKey: ['models', job.job], queryFn: api.models, enabled: made !== undefined })
  const isThere = models.data?.models.some((each) => each.name === made) ?? false // models are deleted, and runs stay
  const [asked, setAsked] = useState(false)
  useEffect(() => { if (job.state !== 'running') setAsked(false) }, [job.state])
  return (
    <>
      <Heading
        title={job.job} state={<State state={job.state} />}
        line={<Group gap={6}>
          <span>{job.kind}</span>
          {job.data && <>of <LinkAnchor to="/datasets/$name" params={{ name: job.data }}>{job.data}</LinkAnchor></>}
          {job.network && <>with <LinkAnchor to="/networks/$name" params={{ name: job.network }}>{job.network}</LinkAnchor></>}
          {job.began && <span>· begun {ago(job.began)}</span>}
        </Group>}
      >
        {job.state === 'done' && ['train', 'hybrid', 'evaluate'].includes(job.kind) && (
          <LinkButton to="/runs/$id/evaluation" params={{ id: job.job }} variant={job.kind === 'evaluate' ? 'filled' : 'default'}>Evaluation</LinkButton>
        )}
        {job.state === 'done' && job.kind === 'classify' && <LinkButton to="/runs/$id/answers" params={{ id: job.job }}>Answers</LinkButton>}
        {made !== undefined && isThere && <LinkButton to="/models/$name" params={{ name: made }}>Try the model</LinkButton>}
        {job.order && !['exportModel', 'int8', 'ladder'].includes(job.kind) && <LinkButton to="/new-run" search={{ like: job.job }} variant="default">Clone</LinkButton>}
        {job.kind === 'train' && <LinkButton to="/compare" search={{ runs: job.job }} variant="default">Compare</LinkButton>}
        {job.kind === 'train' && job.state === 'running' && <EndHere job={job} />}
        {(job.state === 'running' || waits) && (
          <>
            <Button variant="default" leftSection={<Icon name="stop" size={15} />} loading={stop.isPending || asked} onClick={() => { setAsked(job.state === 'running'); stop.mutate() }}>
              {waits ? 'Take out of the queue' : 'Stop'}
            </Button>
            <Twins what={waits ? 'Take out of the queue' : 'Stop after a checkpoint'} twin={waits ? takeOutTwin(job.job) : stopTwin(job.job)} />
          </>
        )}
        {!waits && (job.state === 'stopped' || job.state === 'failed' || job.state === 'queued') && (
          <>
            <Button leftSection={<Icon name="play" size={15} />} loading={goOn.isPending} onClick={() => goOn.mutate()}>{job.state === 'queued' ? 'Begin' : 'Go on'}</Button>
            <Twins what="Go on where it stopped" twin={goOnTwin(job.job)} />
          </>
        )}
        {job.state !== 'running' && !waits && <DeleteButton shelf="runs" name={job.job} />}
        {job.state === 'done' && <Twins what="Follow this run" twin={followTwin(job.job)} />}
      </Heading>
      {stop.error && <Box mb="md"><ProblemCard problem={parts(stop.error)} /></Box>}
      {goOn.error && <Box mb="md"><ProblemCard problem={parts(goOn.error)} /></Box>}
    </>
  )
}

/** Ends a run for good: it stops after a checkpoint, and its best epoch becomes the model. */
function EndHere({ job }: { job: JobDetail }) {
  const navigate = useNavigate()
  const best = orderTwins({ kind: 'exportCheckpoint', run: job.job, checkpoint: 'best', ...(job.model ? { name: job.model } : {}) })
  const stop = stopTwin(job.job)
  const end = useMutation({
    mutationFn: async () => {
      await api.stop(job.job)
      for (let i = 0; i < 240 && (await api.job(job.job)).state === 'running'; i++) await new Promise((soon) => setTimeout(soon, 250))
      const left = (await api.checkpoints(job.job)).checkpoints.map((each) => each.checkpoint)
      return api.begin({ kind: 'exportCheckpoint', run: job.job, checkpoint: left.includes('best') ? 'best' : 'last', ...(job.model ? { name: job.model } : {}) })
    },
    onSuccess: (begun) => navigate({ to: '/runs/$id', params: { id: begun.job } }),
  })
  return (
    <>
      <Button variant="default" loading={end.isPending} onClick={() => end.mutate()} title="Stops the run, and makes a model of its best epoch">End here</Button>
      <Twins what="End here, with a model of the best epoch" twin={{ cli: `${best.cli.replace(/\nfovea job run/, `\nfovea job stop ${job.job}\nfovea job run`)}`, rest: `${stop.rest}\n${best.rest}` }} />
      {end.error && <ProblemCard problem={parts(end.error)} />}
    </>
  )
}

function Course({ job, run }: { job: JobDetail; run: RunState }) {
  if (job.state === 'done' || job.state === 'damaged') return null
  const words = job.state === 'queued' ? waitsWords(job) : run.stage || 'starting'
  return (
    <Box className="surface" p="md" mb="lg">
      <Group justify="space-between">
        <Text size="sm">{words}</Text>
        <Text size="sm" c="dimmed">{job.state === 'running' && job.secondsLeft !== undefined ? `${duration(job.secondsLeft)} left` : ''}</Text>
      </Group>
      <Progress mt={8} size={8} radius="xl" value={100 * (run.progress ?? 0)} aria-label="Progress" color={job.state === 'running' ? 'iris' : 'gray'} />
    </Box>
  )
}

function Facts({ job, run }: { job: JobDetail; run: RunState }) {
  const main = run.measures[0]
  const last = main?.validation.y.at(-1) ?? main?.train.y.at(-1)
  const speed = run.imagesPerSecond.epochs.y.at(-1) ?? run.imagesPerSecond.steps.y.at(-1)
  const judged = tested(job.result)
  if (!run.network && !job.measure) return null
  return (
    <Box className="surface facts" p="lg">
      {judged && <Fact label={`${judged.name} on test pictures`}>{measured(judged.value, judged.unit)}</Fact>}
      {job.measure?.best !== undefined && <Fact label={`best ${job.measure.name}${run.bestEpoch ? ` (epoch ${run.bestEpoch})` : ''}`}>{measured(job.measure.best, job.measure.unit)}</Fact>}
      {main && last != null && job.state === 'running' && <Fact label={`${main.name} now`}>{measured(last, main.unit.toLowerCase() as 'share')}</Fact>}
      {run.epochs > 0 && <Fact label="epochs">{run.epoch} of {run.epochs}</Fact>}
      {speed != null && <Fact label="images a second">{count(speed)}</Fact>}
      {run.parameters > 0 && <Fact label="parameters">{count(run.parameters)}</Fact>}
      {run.seconds !== null && <Fact label="trained for">{duration(run.seconds)}</Fact>}
      {run.memory.y.at(-1) != null && <Fact label="memory">{bytes(run.memory.y.at(-1)!)}</Fact>}
    </Box>
  )
}

/** The measure that the finished network was judged by on pictures that nothing was chosen on. */
function tested(result: JobDetail['result']): { name: string; value: number; unit: 'share' } | null {
  const first = (result?.['measures'] as { name: string; value: number; unit: string }[] | undefined)?.[0]
  if (result?.['split'] !== 'test' || first === undefined || typeof first.value !== 'number') return null
  return { name: first.name, value: first.value, unit: first.unit.toLowerCase() as 'share' }
}

function Details({ id, job, run }: { id: string; job: JobDetail; run: RunState }) {
  return (
    <Section title="Details">
      <Tabs defaultValue="log" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="log">Log</Tabs.Tab>
          <Tabs.Tab value="job">Job</Tabs.Tab>
          {job.kind === 'train' && <Tabs.Tab value="checkpoints">Checkpoints</Tabs.Tab>}
          <Tabs.Tab value="files">Files</Tabs.Tab>
          <Tabs.Tab value="note">Tags and note</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="log"><Log id={id} last={job.events} /></Tabs.Panel>
        <Tabs.Panel value="job">
          <pre className="code">{job.yaml ?? 'The run was begun by an earlier version, which kept no job.'}</pre>
          {run.engine && <Text size="sm" c="dimmed" mt="sm">Computed by {run.engine}.</Text>}
        </Tabs.Panel>
        <Tabs.Panel value="checkpoints"><CheckpointsPart id={id} last={job.events} data={job.data} bestEpoch={run.bestEpoch} /></Tabs.Panel>
        <Tabs.Panel value="files"><Files id={id} last={job.events} /></Tabs.Panel>
        <Tabs.Panel value="note"><NotePart shelf="runs" name={id} /></Tabs.Panel>
      </Tabs>
    </Section>
  )
}

function Log({ id, last }: { id: string; last: number }) {
  const log = useQuery({ queryKey: ['log', id, last], queryFn: () => api.log(id), enabled: last > 0, placeholderData: (before) => before })
  return <pre className="code log" tabIndex={0} aria-label="Log">{log.data || 'Nothing was said yet.'}</pre>
}

function Files({ id, last }: { id: string; last: number }) {
  const files = useQuery({ queryKey: ['files', id, last], queryFn: () => api.files(id), placeholderData: (before) => before })
  const all = files.data?.files ?? []
  return (
    <Box className="surface" style={{ overflow: 'hidden' }}>
      {all.map((file) => (
        <a key={file.path} className="rowlink" href={address.file(id, file.path)} download style={{ gridTemplateColumns: 'minmax(0,1fr) auto 20px', gap: 16, padding: '8px 16px' }}>
          <span className="mono cut">{file.path}</span>
          <Text size="sm" c="dimmed">{bytes(file.sizeInBytes)}</Text>
          <Icon name="download" size={16} />
        </a>
      ))}
      <Text size="sm" c="dimmed" p="sm" px="md">{all.length} files, {bytes(all.reduce((sum, each) => sum + each.sizeInBytes, 0))}</Text>
    </Box>
  )
}

