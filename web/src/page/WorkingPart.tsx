import { ActionIcon, Box, Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../api/client'
import type { Job } from '../api/types'
import { Sparkline } from '../chart/Sparkline'
import { duration, measured } from '../part/format'
import { Section } from '../part/Heading'
import { Icon } from '../part/Icon'
import { LinkAnchor } from '../part/links'
import { orderTwin, stopTwin, takeOutTwin } from '../part/twins'
import { Twins } from '../part/Twins'
import { type InLane, heading, inLanes, moved, waitsWords } from '../run/queue'

/** What is done just now and what waits: what learns, what imports and what answers beside one another. */
export function WorkingPart({ jobs }: { jobs: Job[] }) {
  const lanes = inLanes(jobs)
  if (lanes.length === 0) return null
  return (
    <Section title="Working">
      <Stack gap="lg">
        {lanes.map((each) => <LaneOf key={each.lane ?? 'elsewhere'} lane={each} named={lanes.length > 1 || each.waiting.length > 1} />)}
      </Stack>
    </Section>
  )
}

function LaneOf({ lane, named }: { lane: InLane; named: boolean }) {
  const queries = useQueryClient()
  const again = () => queries.invalidateQueries({ queryKey: ['jobs'] })
  const stop = useMutation({ mutationFn: api.stop, onSettled: again })
  const reorder = useMutation({ mutationFn: api.reorder, onSettled: again })
  const { running, waiting } = lane
  return (
    <Box component="section" aria-label={heading(lane.lane)}>
      {named && (
        <Group justify="space-between" mb={6} mih={26}>
          <Text size="sm" fw={600} c="dimmed">{heading(lane.lane)}</Text>
          {waiting.length > 1 && <Twins what={`Order of what waits to be done: ${heading(lane.lane).toLowerCase()}`} twin={orderTwin(moved(waiting, 0, 1))} />}
        </Group>
      )}
      <Stack gap="sm">
        {running.map((job) => <Running key={job.job} job={job} onStop={() => stop.mutate(job.job)} />)}
        {waiting.map((job, i) => (
          <Group key={job.job} className="surface" px="md" py="xs" justify="space-between" wrap="nowrap">
            <Group gap="md" wrap="nowrap" style={{ minWidth: 0 }}>
              <Text size="sm" c="dimmed" w={16}>{i + 1}</Text>
              <Box style={{ minWidth: 0 }}>
                <JobLink job={job.job} />
                {job.waitsFor && <Text size="xs" c="dimmed" className="cut">{waitsWords(job)}</Text>}
              </Box>
            </Group>
            <Group gap={2} wrap="nowrap" style={{ flexShrink: 0 }}>
              {waiting.length > 1 && (
                <>
                  <ActionIcon variant="subtle" color="gray" disabled={i === 0} aria-label={`${job.job} earlier`} onClick={() => reorder.mutate(moved(waiting, i, -1))}><Icon name="up" size={16} /></ActionIcon>
                  <ActionIcon variant="subtle" color="gray" disabled={i === waiting.length - 1} aria-label={`${job.job} later`} onClick={() => reorder.mutate(moved(waiting, i, 1))}><Icon name="down" size={16} /></ActionIcon>
                </>
              )}
              <Button size="compact-sm" variant="subtle" color="gray" onClick={() => stop.mutate(job.job)}>Take out</Button>
              <Twins what={`Take ${job.job} out of the queue`} twin={takeOutTwin(job.job)} />
            </Group>
          </Group>
        ))}
      </Stack>
    </Box>
  )
}

function Running({ job, onStop }: { job: Job; onStop: () => void }) {
  return (
    <Box className="surface" p="md">
      <Group justify="space-between" wrap="nowrap">
        <JobLink job={job.job} />
        <Group gap="md" wrap="nowrap">
          {job.measure && (
            <Group gap={8} wrap="nowrap" visibleFrom="xs">
              <Sparkline values={job.measure.curve} />
              <Text size="sm">{measured(job.measure.last, job.measure.unit)}</Text>
            </Group>
          )}
          <Button size="compact-sm" variant="default" leftSection={<Icon name="stop" size={14} />} onClick={onStop}>Stop</Button>
          <Twins what={`Stop ${job.job}`} twin={stopTwin(job.job)} />
        </Group>
      </Group>
      <Progress value={100 * (job.progress ?? 0)} mt="sm" size={6} radius="xl" aria-label={`Progress of ${job.job}`} animated={job.progress === undefined} />
      <Group justify="space-between" mt={6}>
        <Text size="xs" c="dimmed">{job.stage ?? 'starting'}</Text>
        <Text size="xs" c="dimmed">{job.secondsLeft !== undefined ? `${duration(job.secondsLeft)} left` : ''}</Text>
      </Group>
    </Box>
  )
}

function JobLink({ job }: { job: string }) {
  return <LinkAnchor to="/runs/$id" params={{ id: job }} fw={580} className="cut" c="inherit" display="block" miw={0}>{job}</LinkAnchor>
}
