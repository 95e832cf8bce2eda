import { Box, Text } from '@mantine/core'
import { ProblemError } from '../api/client'

type Parts = { what: string; where: string; do: string }

/** Returns the three parts of whatever went wrong. */
export function parts(error: unknown): Parts {
  if (error instanceof ProblemError) return error.problem
  return { what: String(error instanceof Error ? error.message : error), where: 'this page', do: 'load the page again; if it comes back, report it' }
}

/** What is wrong, where, and what to do: the three lines that the command line prints. */
export function ProblemCard({ problem }: { problem: Parts }) {
  return (
    <Box className="surface" role="alert" p="md" style={{ borderLeft: '4px solid var(--mantine-color-red-6)' }}>
      <Text fw={600} style={{ overflowWrap: 'anywhere' }}>{problem.what}</Text>
      <Box component="dl" m={0} mt={6} style={{ display: 'grid', gridTemplateColumns: 'auto 1fr', gap: '2px 12px' }}>
        <Text component="dt" size="sm" c="dimmed">where</Text>
        <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>{problem.where}</Text>
        <Text component="dt" size="sm" c="dimmed">do</Text>
        <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>{problem.do}</Text>
      </Box>
    </Box>
  )
}
