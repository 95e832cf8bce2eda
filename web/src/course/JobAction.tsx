import { Box, Button, Group, Progress, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, type JobOrder } from '../api/client'
import { Sparkline } from '../chart/Sparkline'
import { duration, measured } from '../part/format'
import { Icon } from '../part/Icon'
import { LinkAnchor } from '../part/links'
import { ProblemCard, parts } from '../part/ProblemCard'
import type { Twin } from '../part/twins'
import { Twins } from '../part/Twins'
import type { Standing } from './plan'

/** A button that begins a job, and from then on how the job stands. */
export function JobAction({ words, order, twin, standing, ready, done }: {
  words: string
  order: JobOrder
  twin: Twin
  standing: Standing
  /** Whether what the job needs is there. */
  ready: boolean
  /** What stands here once it is done. */
  done: React.ReactNode
}) {
  const queries = useQueryClient()
  const begin = useMutation({
    mutationFn: () => (standing.state === 'troubled' && standing.job.state === 'stopped' ? api.goOn(standing.job.job) : api.begin(order)),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
  })
  if (standing.state === 'done') return (
    <Group gap="xs" justify="space-between" wrap="nowrap">
      <Group gap="xs" wrap="nowrap"><Box c="teal" lh={0}><Icon name="check" /></Box><div>{done}</div></Group>
      <Twins what={words} twin={twin} />
    </Group>
  )
  if (standing.state === 'working') {
    const { job } = standing
    return (
      <Box>
        <Group justify="space-between" gap="sm">
          <LinkAnchor to="/runs/$id" params={{ id: job.job }} fw={580}>{job.job}</LinkAnchor>
          {job.measure && <Group gap={8}><Sparkline values={job.measure.curve} /><Text size="sm">{measured(job.measure.last, job.measure.unit)}</Text></Group>}
        </Group>
        <Progress value={100 * (job.progress ?? 0)} mt={8} size={6} radius="xl" aria-label={`Progress of ${job.job}`} animated={job.progress === undefined} />
        <Text size="xs" c="dimmed" mt={6}>{(job.position ?? 0) > 0 ? 'waits for its turn' : (job.stage ?? 'starting')}{job.secondsLeft !== undefined && `, ${duration(job.secondsLeft)} left`}</Text>
      </Box>
    )
  }
  return (
    <Box>
      {standing.state === 'troubled' && standing.job.problem && <Box mb="sm"><ProblemCard problem={standing.job.problem} /></Box>}
      {begin.error && <Box mb="sm"><ProblemCard problem={parts(begin.error)} /></Box>}
      <Group gap={4}>
        <Button variant={ready ? 'filled' : 'default'} disabled={!ready} loading={begin.isPending} onClick={() => begin.mutate()}>
          {standing.state === 'troubled' ? `${words} again` : words}
        </Button>
        <Twins what={words} twin={twin} />
      </Group>
    </Box>
  )
}
