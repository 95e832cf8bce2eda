import { Box, Group, Loader, Progress, SegmentedControl, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { address, api } from '../api/client'
import type { DatasetSummary, Job, ModelSummary } from '../api/types'
import { JobAction } from '../course/JobAction'
import { OddPart } from '../course/OddPart'
import { OnePicture } from '../course/OnePicture'
import { bringing, bringJob, learning, learnJob, modelStanding, parts as courseParts, setStanding, titles, type Part, type Way } from '../course/plan'
import { StepCard, type StepState } from '../course/StepCard'
import { ConvolutionTrial } from '../course/trial/ConvolutionTrial'
import { DescentTrial } from '../course/trial/DescentTrial'
import { OverfittingTrial } from '../course/trial/OverfittingTrial'
import { PoolingTrial } from '../course/trial/PoolingTrial'
import { SoftmaxTrial } from '../course/trial/SoftmaxTrial'
import { VaryingTrial } from '../course/trial/VaryingTrial'
import { Trials } from '../course/Trials'
import { bringTwin, learnTwin } from '../course/twins'
import { usePixels } from '../course/usePixels'
import { count, measured, short } from '../part/format'
import { Heading } from '../part/Heading'
import { LinkAnchor } from '../part/links'
import { ProblemCard, parts } from '../part/ProblemCard'

type Seen = { way: Way; datasets: DatasetSummary[]; models: ModelSummary[]; jobs: Job[] }

/** A guided lab from the first picture to the changed network. How far a person is, is seen from the workspace; nothing is stored for it. */
export function CoursePage() {
  const search = useSearch({ from: '/course' })
  const way: Way = { digits: search.digits ?? 'mnist', pace: search.pace ?? 'whole' }
  const navigate = useNavigate()
  const go = (change: Partial<Way>) => void navigate({ to: '/course', search: { ...way, ...change }, replace: true })
  const jobs = useQuery({ queryKey: ['jobs'], queryFn: api.jobs, refetchInterval: 1000 })
  const stamp = (jobs.data?.jobs ?? []).filter((job) => job.state === 'done').length
  const datasets = useQuery({ queryKey: ['datasets', stamp], queryFn: api.datasets, placeholderData: (before) => before })
  const models = useQuery({ queryKey: ['models', stamp], queryFn: api.models, placeholderData: (before) => before })
  const sets = useQuery({ queryKey: ['collection', stamp], queryFn: api.collection, placeholderData: (before) => before })
  const error = jobs.error ?? datasets.error ?? models.error ?? sets.error
  const small = bringing(way, 'small')
  const has = datasets.data?.datasets.some((each) => each.name === small.dataset && !each.problem) ?? false
  const url = has ? address.picture(small.dataset, 'test', 2) : address.oddDigit('2-12')
  const grey = usePixels(datasets.data ? url : null, 28)
  if (error) return <ProblemCard problem={parts(error)} />
  if (!jobs.data || !datasets.data || !models.data) return <Loader m="xl" aria-label="Loading" />

  const seen: Seen = { way, datasets: datasets.data.datasets, models: models.data.models, jobs: jobs.data.jobs }
  const set = (part: Part) => setStanding(bringing(way, part), seen.datasets, seen.jobs)
  const model = (part: Part) => modelStanding(learning(way, part), seen.models, seen.jobs)
  const known = courseParts.flatMap((part) => {
    const found = seen.models.find((each) => each.name === learning(way, part).model && !each.problem)
    return found ? [{ name: found.name, title: titles[part], version: found.version ?? 0, part }] : []
  })
  const first = known.find((each) => each.part === 'small')
  const own = seen.datasets.find((each) => each.name === small.dataset)

  const done = [
    set('small').state === 'done', model('small').state === 'done', first !== undefined, first !== undefined,
    set('full').state === 'done' && model('full').state === 'done',
    set('inverted').state === 'done' && model('inverted').state === 'done',
    model('changed').state === 'done',
  ]
  const busy = [
    [set('small')], [model('small')], [], [], [set('full'), model('full')], [set('inverted'), model('inverted')], [model('changed')],
  ].map((all) => all.some((each) => each.state === 'working'))
  const next = done.indexOf(false)
  const state = (i: number): StepState => (done[i] ? 'done' : busy[i] ? 'working' : i === next ? 'next' : 'open')
  const finished = done.filter(Boolean).length
  const mnist = sets.data?.sets.find((each) => each.name === 'mnist')

  return (
    <>
      <Heading title="Course" line="From the first picture to a network that you changed yourself: about a quarter of an hour, and nothing to know beforehand." />
      <Box className="surface" p="lg" mb={32}>
        <Group justify="space-between" gap="md">
          <Group gap="md">
            <SegmentedControl value={way.digits} onChange={(digits) => go({ digits: digits as Way['digits'] })} data={[{ value: 'mnist', label: 'Handwritten (MNIST)' }, { value: 'drawn', label: 'Drawn by Fovea' }]} aria-label="Whose digits" />
            <SegmentedControl value={way.pace} onChange={(pace) => go({ pace: pace as Way['pace'] })} data={[{ value: 'whole', label: 'Whole' }, { value: 'quick', label: 'Quick look' }]} aria-label="How many pictures" />
          </Group>
          <Text size="sm" c="dimmed" data-testid="course-progress">{finished} of {done.length} steps done</Text>
        </Group>
        <Progress value={(100 * finished) / done.length} mt="md" size={6} radius="xl" aria-label="Progress of the course" />
        <Text size="sm" c="dimmed" mt="sm">
          {way.digits === 'drawn' ? 'Digits that Fovea draws need no network. They are easier than handwriting.'
            : mnist === undefined ? '' : mnist.here ? `MNIST is on this machine: ${mnist.origin}; ${mnist.licence}.`
              : 'MNIST is fetched once, 12 MB, from where it is published. Without a network, take the drawn digits.'}
          {way.pace === 'quick' && ' The quick look takes few pictures and few epochs: it shows the way, not how good a network can be.'}
        </Text>
      </Box>

      <StepCard number={1} title="Pictures" state={state(0)} text={<>
        A network learns from examples: pictures of which somebody has said what they show. Begin with few of them. A part is set aside for
        validation, to choose by, and another for the test, which nothing is chosen by.
      </>}>
        <Box className="surface" p="lg">
          <SetAction part="small" seen={seen} ready words="Bring in the digits" />
          {own?.pictures && <Sheet data={small.dataset} />}
        </Box>
      </StepCard>

      <StepCard number={2} title="A network learns" state={state(1)} text={<>
        LeNet looks for small patterns with its convolutions, keeps where they are strongest, and lets two dense layers decide. It begins with
        random numbers and knows nothing. Watch the loss fall and the accuracy rise; each epoch is once through all training pictures.
      </>}>
        <Box className="surface" p="lg"><ModelAction part="small" seen={seen} words="Train LeNet" /></Box>
        <Trials trials={[
          ...(grey ? [
            { title: 'Try it: convolution', trial: <ConvolutionTrial grey={grey} /> },
            { title: 'Try it: max pooling', trial: <PoolingTrial grey={grey} /> },
          ] : []),
          { title: 'Try it: training and epochs', trial: <DescentTrial pictures={own?.pictures?.training ?? null} batch={64} /> },
        ]} />
      </StepCard>

      <StepCard number={3} title="One picture" state={state(2)} text={<>
        Here is a test picture that the network has never seen. It answers with a share for each class. When it is wrong, look whether you would have been sure.
      </>}>
        {first ? <OnePicture data={small.dataset} model={first.name} version={first.version} /> : <Later />}
        <Trials trials={[{ title: 'Try it: from scores to percent', trial: <SoftmaxTrial /> }]} />
      </StepCard>

      <StepCard number={4} title="Odd digits" state={state(3)} text={<>
        The test pictures come from the same box as the training pictures. These 200 do not: they are in colours, mostly on light paper, and half of them are
        printed. You read them all. What does the network say?
      </>}>
        <OddPart models={known} />
      </StepCard>

      <StepCard number={5} title="More pictures" state={state(4)} text={<>
        The usual remedy is more data. {way.digits === 'mnist' ? 'Take all 60,000 digits instead of 6,000' : 'Take all drawn digits'} and train the same network again. The test gets better. Look at the
        odd digits above: do they?
      </>}>
        <Stack className="surface" p="lg" gap="md">
          <SetAction part="full" seen={seen} ready={done[0]!} words="Bring in all digits" />
          <ModelAction part="full" seen={seen} words="Train LeNet on all" />
        </Stack>
        <Trials trials={[{ title: 'Try it: overfitting', trial: <OverfittingTrial /> }]} />
      </StepCard>

      <StepCard number={6} title="Both ways round" state={state(5)} text={<>
        All digits so far were bright on black, so the network learned that brightness is ink. Show it each digit twice, as it is and as its
        negative. It has to look at shapes now.
      </>}>
        <Stack className="surface" p="lg" gap="md">
          <SetAction part="inverted" seen={seen} ready={done[0]!} words="Bring in digits and negatives" />
          <ModelAction part="inverted" seen={seen} words="Train LeNet on both" />
        </Stack>
        <Trials trials={[{ title: 'Try it: the same digit, otherwise', trial: <VaryingTrial url={url} /> }]} />
      </StepCard>

      <StepCard number={7} title="Another network" state={state(6)} text={<>
        Last, change the network: more kernels, a ReLU after each pooling, which sets negative values to 0, and dropout, which hides values at random
        so that nothing is learned by heart. It is called <LinkAnchor to="/networks/$name" params={{ name: 'lenet-relu' }}>lenet-relu</LinkAnchor>; compare
        it with <LinkAnchor to="/networks/$name" params={{ name: 'lenet' }}>lenet</LinkAnchor>. And let each picture be turned, moved, scaled and made paler a little, anew in every epoch.
      </>}>
        <Box className="surface" p="lg"><ModelAction part="changed" seen={seen} words="Train lenet-relu" /></Box>
        {done[6] && (
          <Text mt="md" maw={720} data-testid="course-end">
            That was the course. The table of the odd digits now has {known.length} models{way.pace === 'whole' ? ': the test pictures hardly tell them apart, the odd ones do' : ''}. What to
            do next? Give the last one <LinkAnchor to="/models/$name" params={{ name: learning(way, 'changed').model }}>a picture of your own</LinkAnchor>, or <LinkAnchor to="/new-run" search={{ data: bringing(way, 'changed').dataset }}>train on with other settings</LinkAnchor>.
          </Text>
        )}
      </StepCard>
    </>
  )
}

function Later() {
  return <Text size="sm" c="dimmed">This step opens when the network of step 2 is there.</Text>
}

function SetAction({ part, seen, ready, words }: { part: Part; seen: Seen; ready: boolean; words: string }) {
  const what = bringing(seen.way, part)
  const there = seen.datasets.find((each) => each.name === what.dataset)
  return (
    <JobAction words={words} order={bringJob(what)} twin={bringTwin(what)} standing={setStanding(what, seen.datasets, seen.jobs)} ready={ready} done={
      <Text size="sm"><LinkAnchor to="/datasets/$name" params={{ name: what.dataset }}>{what.dataset}</LinkAnchor>{there?.pictures && <>: {count(there.pictures.training)} pictures to learn from, {count(there.pictures.validation)} to choose by, {count(there.pictures.test)} to test on</>}</Text>
    } />
  )
}

function ModelAction({ part, seen, words }: { part: Part; seen: Seen; words: string }) {
  const what = learning(seen.way, part)
  const there = seen.models.find((each) => each.name === what.model)
  const standing = modelStanding(what, seen.models, seen.jobs)
  const ready = seen.datasets.some((each) => each.name === what.data && !each.problem)
  const first = there?.measurements?.[0]
  return (
    <JobAction words={words} order={learnJob(what)} twin={learnTwin(what)} standing={standing} ready={ready} done={
      <Text size="sm">
        <LinkAnchor to="/models/$name" params={{ name: what.model }}>{what.model}</LinkAnchor>
        {first && <>: <b>{measured(first.value, first.unit)}</b> {first.name} on {first.on}</>}{there?.parameters && <>, {short(there.parameters)} parameters</>}
        {standing.state === 'done' && standing.job && <>. <LinkAnchor to="/runs/$id" params={{ id: standing.job.job }}>See how it learned</LinkAnchor></>}
      </Text>
    } />
  )
}

/** The first test pictures. */
function Sheet({ data }: { data: string }) {
  const positions = Array.from({ length: 40 }, (_, i) => i)
  return <img src={address.sheet(data, 'test', positions)} alt={`Test pictures of ${data}`} className="pixels" style={{ width: '100%', maxWidth: 720, display: 'block', marginTop: 16, borderRadius: 8 }} />
}
