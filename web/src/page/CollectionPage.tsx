import { Box, Button, Group, Loader, Text, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../api/client'
import type { Dataset, DatasetSummary, Job, ReadyMade } from '../api/types'
import { bringJob, setStanding, type Bringing } from '../course/plan'
import { bringTwin } from '../course/twins'
import { bytes, count } from '../part/format'
import { Heading } from '../part/Heading'
import { LinkAnchor, LinkButton } from '../part/links'
import { ProblemCard, parts } from '../part/ProblemCard'
import { Twins } from '../part/Twins'

/** The sets of pictures that Fovea knows by name: whose they are, and a button that brings them in. */
export function CollectionPage() {
  const jobs = useQuery({ queryKey: ['jobs'], queryFn: api.jobs, refetchInterval: 1000 })
  const stamp = (jobs.data?.jobs ?? []).filter((job) => job.state === 'done').length
  const datasets = useQuery({ queryKey: ['datasets', stamp], queryFn: api.datasets, placeholderData: (before) => before })
  const sets = useQuery({ queryKey: ['collection', stamp], queryFn: api.collection, placeholderData: (before) => before })
  const error = jobs.error ?? datasets.error ?? sets.error
  if (error) return <ProblemCard problem={parts(error)} />
  if (!jobs.data || !datasets.data || !sets.data) return <Loader m="xl" aria-label="Loading" />
  return (
    <>
      <Heading title="Ready-made sets" line="Pictures to begin with. What is not on this machine is fetched from where it is published, and checked.">
        <LinkButton to="/course" variant="default">Take the course</LinkButton>
      </Heading>
      <div className="grid-charts">
        {sets.data.sets.map((set) => <SetCard key={set.name} set={set} datasets={datasets.data.datasets} jobs={jobs.data.jobs} />)}
      </div>
    </>
  )
}

function SetCard({ set, datasets, jobs }: { set: ReadyMade; datasets: (DatasetSummary | Dataset)[]; jobs: Job[] }) {
  const queries = useQueryClient()
  const what: Bringing = { dataset: set.name, source: set.source, perClass: null }
  const standing = setStanding(what, datasets as DatasetSummary[], jobs)
  const begin = useMutation({ mutationFn: () => api.begin(bringJob(what)), onSuccess: () => queries.invalidateQueries({ queryKey: ['jobs'] }) })
  return (
    <Box component="section" className="surface" p="lg" aria-label={set.name} data-testid={`set-${set.name}`}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Title order={2}>{set.name}</Title>
          <Text size="sm" c="dimmed">{set.description}</Text>
        </div>
        <Twins what={`Bring in ${set.name}`} twin={bringTwin(what)} />
      </Group>
      <Box component="dl" m={0} mt="md" style={{ display: 'grid', gridTemplateColumns: 'auto 1fr', gap: '4px 16px' }}>
        <Line name="pictures">{set.training > 0 ? `${count(set.training)} to learn from, ` : ''}{count(set.test)} to test on, {set.height} × {set.width} {set.colorMode}</Line>
        <Line name="from">{set.origin}</Line>
        <Line name="licence">{set.licence}</Line>
        <Line name="here">{place(set)}</Line>
      </Box>
      {begin.error && <Box mt="md"><ProblemCard problem={parts(begin.error)} /></Box>}
      {standing.state === 'troubled' && standing.job.problem && <Box mt="md"><ProblemCard problem={standing.job.problem} /></Box>}
      <Group mt="md">
        {standing.state === 'done' && <LinkButton to="/datasets/$name" params={{ name: set.name }} variant="light">Look at it</LinkButton>}
        {standing.state === 'working' && <LinkAnchor to="/runs/$id" params={{ id: standing.job.job }}>{standing.job.stage ?? 'waits for its turn'}</LinkAnchor>}
        {(standing.state === 'open' || standing.state === 'troubled') && (
          <Button variant="default" loading={begin.isPending} onClick={() => begin.mutate()}>Bring in {set.name}</Button>
        )}
      </Group>
    </Box>
  )
}

/** Whether it has to come from outside. */
function place(set: ReadyMade): string {
  if (set.origin.startsWith('Fovea')) return 'made on this machine'
  if (set.here) return 'found on this machine'
  return set.bytesToFetch > 0 ? `not yet: ${bytes(set.bytesToFetch)} are fetched` : 'not on this machine; its address is told when it is asked for'
}

function Line({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <Text component="dt" size="sm" c="dimmed">{name}</Text>
      <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>{children}</Text>
    </>
  )
}
