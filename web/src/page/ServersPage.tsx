import { Box, Button, Group, PasswordInput, Table, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ask } from '../api/client'
import type { Drift, Histogram, PredictionServer, ServedModel } from '../api/types'
import { Chart } from '../chart/Chart'
import { Plot } from '../chart/Plot'
import { bytes, count, measured, plain } from '../part/format'
import { Fact, Heading, Section } from '../part/Heading'
import { ProblemCard, parts } from '../part/ProblemCard'
import { here, quoted, type Twin } from '../part/twins'
import { Twins } from '../part/Twins'
import { added, type Course, ended, followed, isAnswered, NOTHING, quantile, time, total } from '../servers/reading'

const PLACE = 'fovea-prediction-server'
const MILLIS = 2000

const path = (address: string) => `/api/prediction-server?address=${encodeURIComponent(address)}`
const header = (token: string): Record<string, string> => (token ? { 'Fovea-Server-Token': token } : {})

const twin = (address: string, token: string): Pick<Twin, 'cli' | 'rest'> => ({
  cli: `curl ${token ? `-H "Authorization: Bearer $FOVEA_TOKEN" ` : ''}${quoted(`${address.replace(/\/$/, '')}/metrics`)}`,
  rest: `curl ${token ? `-H "Fovea-Server-Token: $FOVEA_TOKEN" ` : ''}${quoted(here() + path(address))}`,
})

/** How a running prediction server stands, asked every two seconds by the workbench, as a browser may not ask it itself. */
export function ServersPage() {
  const [typed, setTyped] = useState(() => localStorage.getItem(PLACE) ?? 'http://127.0.0.1:8080')
  const [watched, setWatched] = useState(() => ({ address: localStorage.getItem(PLACE) ?? '', token: '' }))
  const [token, setToken] = useState('')
  const [course, setCourse] = useState<Course>(NOTHING)
  const reading = useQuery({
    queryKey: ['prediction-server', watched.address, watched.token], enabled: watched.address !== '', refetchInterval: MILLIS, retry: false, gcTime: 0,
    queryFn: () => ask<PredictionServer>(path(watched.address), { headers: header(watched.token) }),
  })
  useEffect(() => { if (reading.data) setCourse((before) => followed(before, reading.data)) }, [reading.data])
  const watch = () => {
    localStorage.setItem(PLACE, typed.trim()) // the token is not kept
    setCourse(NOTHING)
    setWatched({ address: typed.trim(), token: token.trim() })
  }
  const shown = course.last?.address === watched.address ? course.last : null
  return (
    <>
      <Heading title="Prediction servers" line="What a running fovea serve answers, how fast, and what is in its way." />
      <Box component="form" className="surface" p="lg" mb="lg" onSubmit={(event) => { event.preventDefault(); watch() }}>
        <Group align="flex-end" gap="md">
          <TextInput label="Address" w={280} maw="100%" autoComplete="off" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
          <PasswordInput label="Token" w={220} maw="100%" autoComplete="off" placeholder="if it wants one" value={token} onChange={(event) => setToken(event.currentTarget.value)} />
          <Button type="submit" disabled={typed.trim() === ''}>Watch</Button>
          <Twins what="How the server stands" twin={twin(typed.trim(), token)} />
        </Group>
      </Box>
      {watched.address === '' && <Text>Start one with <span className="mono">fovea serve MODELS</span>, and give the address that it prints.</Text>}
      {reading.error && <Box mb="lg"><ProblemCard problem={parts(reading.error)} /></Box>}
      {shown && <Standing course={course} server={shown} />}
    </>
  )
}

function Standing({ course, server }: { course: Course; server: PredictionServer }) {
  const { now } = course
  const at = (share: number) => time(now?.latency ? quantile(now.latency, share) : null)
  const sum = (of: (counts: NonNullable<ServedModel['counts']>) => number) => server.models.reduce((all, each) => all + (each.counts ? of(each.counts) : 0), 0)
  const seconds = course.seconds.map((each) => each - course.seconds.at(-1)!)
  const curve = (y: (number | null)[]) => ({ x: seconds, y })
  const ago = (value: number) => `${Math.round(value)} s`
  return (
    <>
      <Box className="surface facts" p="lg" data-testid="standing">
        <Fact label="requests a second">{now ? plain(now.requests / now.seconds) : '–'}</Fact>
        <Fact label="p50 of their time">{at(0.5)}</Fact>
        <Fact label="p90">{at(0.9)}</Fact>
        <Fact label="p99">{at(0.99)}</Fact>
        <Fact label="pictures that have a place">{count(sum((each) => each.underWay))} of {count(sum((each) => each.places))}</Fact>
        <Fact label="not answered, a second">{now ? plain(now.refused / now.seconds) : '–'}</Fact>
        {server.heapBytes !== undefined && <Fact label="heap">{bytes(server.heapBytes)}</Fact>}
      </Box>
      <Box className="grid-charts" mt="md">
        <Chart title="Requests a second"><Plot label="Requests a second" height={180} write={plain} writeX={ago} lines={[{ label: 'requests', color: 'train', curve: curve(course.rate) }]} /></Chart>
        <Chart title="How long they took">
          <Plot label="p50, p90 and p99 of the time of requests" height={180} write={time} writeX={ago}
            lines={[{ label: 'p50', color: 'train', curve: curve(course.p50) }, { label: 'p90', color: 'third', curve: curve(course.p90) }, { label: 'p99', color: 'validation', curve: curve(course.p99) }]} />
        </Chart>
      </Box>
      <Text size="xs" c="dimmed" mt="xs">From reading to reading, every two seconds; times are even within the ranges of the server's histograms. Requests that only ask how the server is are left out.</Text>
      <Models models={server.models} />
      <Ends server={server} />
      <Batches models={server.models} />
      {server.splits.length > 0 && <Splits server={server} />}
      {server.shadows.length > 0 && <Shadows server={server} />}
      {server.models.some((each) => each.drift) && <Drifts models={server.models} />}
    </>
  )
}

function Models({ models }: { models: ServedModel[] }) {
  return (
    <Section title="Models">
      <List label="Models" head={['model', 'version', 'state', 'answered', 'not answered', 'pictures', 'in places', 'wait, p90', 'prepare, p90', 'run, p90']} left={3}
        rows={models.map((each) => [
          each.name, String(each.version), <State key="state" model={each} />,
          ...(each.counts
            ? [count(each.counts.answered), count(each.counts.failed), count(each.counts.pictures), `${count(each.counts.underWay)} of ${count(each.counts.places)}`, ninth(each.counts.waitSeconds), ninth(each.counts.prepareSeconds), ninth(each.counts.runSeconds)]
            : ['–', '–', '–', '–', '–', '–', '–']),
        ])} />
      {models.filter((each) => each.problem).map((each) => (
        <Box key={`${each.name}/${each.version}`} mt="sm"><ProblemCard problem={{ ...each.problem!, what: `${each.name}, version ${each.version}: ${each.problem!.what}` }} /></Box>
      ))}
      <Text size="xs" c="dimmed" mt="xs">Since each version was loaded.</Text>
    </Section>
  )
}

const ninth = (histogram: Histogram | undefined) => (histogram ? time(quantile(histogram, 0.9)) : '–')

const STATES: Record<string, { words: string; color: string }> = {
  ready: { words: 'answers', color: 'var(--third)' }, aside: { words: 'aside', color: 'var(--quiet)' }, failed: { words: 'failed', color: 'var(--mantine-color-red-6)' },
}

function State({ model }: { model: ServedModel }) {
  const state = STATES[model.state] ?? { words: model.state, color: 'var(--quiet)' }
  return <span className="state"><i style={{ background: state.color }} />{state.words}</span>
}

function Ends({ server }: { server: PredictionServer }) {
  const all = server.requests.toSorted((a, b) => Number(isAnswered(b)) - Number(isAnswered(a)) || b.count - a.count)
  return (
    <Section title="How requests ended">
      <List label="How requests ended" left={3} head={['over', 'status', 'what it means', 'requests']}
        rows={all.map((each) => [`${each.protocol}${each.transport === 'grpc' ? ', gRPC' : ''}`, each.outcome, ended(each), count(each.count)])} />
    </Section>
  )
}

/** How many pictures the networks computed at once. */
function Batches({ models }: { models: ServedModel[] }) {
  const all = models.filter((each) => each.counts?.batchPictures && total(each.counts.batchPictures) > 0)
  if (all.length === 0) return null
  return (
    <Section title="Batch sizes">
      <div className="grid-charts">
        {all.map((model) => {
          const histogram = added(model.counts!.batchPictures!, undefined)
          const runs = total(histogram)
          const most = Math.max(...histogram.counts)
          return (
            <Chart key={`${model.name}/${model.version}`} title={`${model.name}, version ${model.version}: ${plain(histogram.sum / runs)} pictures a run`}>
              {histogram.counts.map((runsOf, i) => runsOf > 0 && (
                <div key={i} className="batches">
                  <Text size="xs" c="dimmed" ta="right">{range(histogram.bounds, i)}</Text>
                  <div className="bar" style={{ width: `${(100 * runsOf) / most}%` }} />
                  <Text size="xs" ta="right">{count(runsOf)}</Text>
                </div>
              ))}
            </Chart>
          )
        })}
      </div>
    </Section>
  )
}

function range(bounds: number[], i: number): string {
  const from = i === 0 ? 1 : bounds[i - 1]! + 1
  const to = bounds[i]
  return to === undefined ? `${from} …` : from === to ? String(to) : `${from} – ${to}`
}

function Splits({ server }: { server: PredictionServer }) {
  const all = (model: string) => server.splits.filter((each) => each.model === model).reduce((sum, each) => sum + each.requests, 0)
  return (
    <Section title="Splits">
      <List label="Splits" left={2} head={['model', 'goes to', 'requests', 'share', 'missed']}
        rows={server.splits.map((each) => [each.model, each.to, count(each.requests), all(each.model) > 0 ? measured(each.requests / all(each.model), 'share') : '–', count(each.missed)])} />
      <Text size="xs" c="dimmed" mt="xs">Missed are requests whose version did not answer, so that another did.</Text>
    </Section>
  )
}

function Shadows({ server }: { server: PredictionServer }) {
  return (
    <Section title="Shadows">
      <List label="Shadows" left={2} head={['model', 'shadow', 'compared', 'the same class', 'answer, p50', 'shadow, p50', 'dropped', 'failed']}
        rows={server.shadows.map((each) => [
          each.model, each.shadow, count(each.compared), each.rankedPictures > 0 ? measured(each.agreedPictures / each.rankedPictures, 'share') : '–',
          each.answerSeconds ? time(quantile(each.answerSeconds, 0.5)) : '–', each.shadowSeconds ? time(quantile(each.shadowSeconds, 0.5)) : '–', count(each.dropped), count(each.failed),
        ])} />
    </Section>
  )
}

function Drifts({ models }: { models: ServedModel[] }) {
  const index = (each: Drift['confidence']) => (each ? `${plain(each.index)}${each.byChance === undefined ? '' : ` (by chance ${plain(each.byChance)})`}` : 'too few')
  return (
    <Section title="Are pictures still what they were?">
      <List label="Drift" left={2} head={['model', 'version', 'latest answers', 'confidence', 'classes', 'unlike what was learned', 'when judged']}
        rows={models.filter((each) => each.drift).map(({ name, version, drift }) => [
          name, String(version), count(drift!.pictures), index(drift!.confidence), index(drift!.class),
          drift!.unfamiliar === undefined ? '–' : measured(drift!.unfamiliar, 'share'), drift!.unfamiliarExpected === undefined ? '–' : measured(drift!.unfamiliarExpected, 'share'),
        ])} />
      <Text size="xs" c="dimmed" mt="xs">Population stability index: by custom up to 0.1 is little and from 0.25 much. One that is not well above what chance gives tells nothing.</Text>
    </Section>
  )
}

/** A table whose first columns are words and the others numbers. */
function List({ label, head, rows, left }: { label: string; head: string[]; rows: React.ReactNode[][]; left: number }) {
  return (
    <Box className="surface" style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={label}>
      <Table horizontalSpacing="sm" verticalSpacing={8} style={{ whiteSpace: 'nowrap' }}>
        <Table.Thead><Table.Tr>{head.map((each, i) => <Table.Th key={each} ta={i < left ? 'left' : 'right'}>{each}</Table.Th>)}</Table.Tr></Table.Thead>
        <Table.Tbody>{rows.map((row, n) => <Table.Tr key={n}>{row.map((cell, i) => <Table.Td key={i} ta={i < left ? 'left' : 'right'}>{cell}</Table.Td>)}</Table.Tr>)}</Table.Tbody>
      </Table>
    </Box>
  )
}
