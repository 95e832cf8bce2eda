import { Box, Button, Group, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api/client'
import type { CheckpointFile } from '../api/types'
import { bytes } from '../part/format'
import { LinkButton } from '../part/links'
import { orderTwins } from '../part/orderTwins'
import { ProblemCard, parts } from '../part/ProblemCard'
import { Twins } from '../part/Twins'

/** What the run has left so far: any of it can become a model to be tried, or be gone on from. */
export function CheckpointsPart({ id, last, data, bestEpoch }: { id: string; last: number; data: string | undefined; bestEpoch: number | null }) {
  const checkpoints = useQuery({ queryKey: ['checkpoints', id, last], queryFn: () => api.checkpoints(id), placeholderData: (before) => before })
  if (checkpoints.error) return <ProblemCard problem={parts(checkpoints.error)} />
  const all = checkpoints.data?.checkpoints ?? []
  if (all.length === 0) return <Text size="sm" c="dimmed">There is none yet: the first is written after the first epoch, or when the run is stopped.</Text>
  return (
    <Box className="surface" style={{ overflow: 'hidden' }}>
      {all.map((each) => <Row key={each.checkpoint} id={id} checkpoint={each} data={data} words={words(each, bestEpoch)} />)}
      <Text size="sm" c="dimmed" p="sm" px="md">The best and the last are always kept; others if a run is begun with snapshots.</Text>
    </Box>
  )
}

function words(checkpoint: CheckpointFile, bestEpoch: number | null): string {
  if (checkpoint.checkpoint === 'best') return `the best epoch${bestEpoch === null ? '' : `, ${bestEpoch}`}`
  if (checkpoint.checkpoint === 'last') return 'where the run goes on'
  return `after epoch ${checkpoint.epoch ?? ''}`
}

function Row({ id, checkpoint, data, words }: { id: string; checkpoint: CheckpointFile; data: string | undefined; words: string }) {
  const navigate = useNavigate()
  const [name, setName] = useState(`${id}-${checkpoint.checkpoint}`)
  const job = { kind: 'exportCheckpoint', run: id, checkpoint: checkpoint.checkpoint, name }
  const make = useMutation({ mutationFn: () => api.begin(job), onSuccess: (begun) => navigate({ to: '/runs/$id', params: { id: begun.job } }) })
  return (
    <Box p="sm" px="md" style={{ borderTop: '1px solid var(--line)' }}>
      <Group justify="space-between" gap="sm">
        <Box style={{ minWidth: 120 }}>
          <Text fw={560} size="sm">{checkpoint.checkpoint}</Text>
          <Text size="xs" c="dimmed">{words}, {bytes(checkpoint.sizeInBytes)}</Text>
        </Box>
        <Group gap={6}>
          <TextInput size="xs" w={200} aria-label={`Name of the model of ${checkpoint.checkpoint}`} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <Button size="xs" variant="default" loading={make.isPending} onClick={() => make.mutate()}>Make a model of it</Button>
          <LinkButton size="xs" variant="default" to="/new-run" search={{ ...(data ? { data } : {}), from: `${id}/${checkpoint.checkpoint}` }}>Go on from it</LinkButton>
          <Twins what={`Make a model of ${checkpoint.checkpoint}`} twin={orderTwins(job)} />
        </Group>
      </Group>
      {make.error && <Box mt="sm"><ProblemCard problem={parts(make.error)} /></Box>}
    </Box>
  )
}
