import { Box, Stack, Text } from '@mantine/core'
import type { Look } from '../api/types'
import { bytes, count, duration, short } from '../part/format'
import { ProblemCard } from '../part/ProblemCard'

/** What the server says of a job before it begins: what it will take and how sure that is, notes, or what is wrong. */
export function LookPart({ look, known }: { look: Look; known: string[] }) {
  const { estimate, problem } = look
  const isShown = problem?.field !== undefined && known.includes(problem.field)
  return (
    <Stack gap="sm">
      {problem && (isShown ? <Text size="sm">A field is not right yet; it says why.</Text> : <ProblemCard problem={problem} />)}
      {look.runs > 1 && !problem && <Text size="sm" fw={600}>{count(look.runs)} runs, one after the other.</Text>}
      {estimate && (
        <Box>
          <Box style={{ display: 'grid', gap: '14px 20px', gridTemplateColumns: 'repeat(auto-fill, minmax(8.5rem, 1fr))' }}>
            <Piece label="time">{estimate.seconds === undefined ? 'not known yet' : `about ${duration(estimate.seconds)}`}</Piece>
            <Piece label="memory">about {bytes(estimate.bytes)}</Piece>
            {estimate.steps !== undefined && <Piece label="steps">{count(estimate.steps)}</Piece>}
            {estimate.parameters !== undefined && <Piece label="parameters">{short(estimate.parameters)}</Piece>}
            <Piece label="MACs for a picture">{short(estimate.macs)}</Piece>
          </Box>
          <Text size="xs" c="dimmed" mt={6}>
            {time(estimate)} Memory is {memoryWords[estimate.bytesSure]}; this machine has {bytes(estimate.bytesOfMachine)}.
          </Text>
        </Box>
      )}
      {(look.notes ?? []).map((note) => <Text key={note} size="sm" c="dimmed">{note}</Text>)}
    </Stack>
  )
}

const memoryWords = {
  measured: 'what a run like it took here', reckoned: 'reckoned with what runs here took', rough: 'a rough guess: no run here has told yet',
}

function time(estimate: NonNullable<Look['estimate']>): string {
  if (estimate.seconds === undefined) return 'Nothing like it was done on this machine yet that would tell the time.'
  return estimate.sure === 'measured' ? `Time by ${estimate.from}, validation left out.` : `Time by ${estimate.from}: it may well be half or twice as long.`
}

function Piece({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <Box>
      <div className="label">{label}</div>
      <Text fw={600} style={{ whiteSpace: 'nowrap' }}>{children}</Text>
    </Box>
  )
}
