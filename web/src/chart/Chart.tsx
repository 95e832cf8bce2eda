import { Box, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** A chart with its name. */
export function Chart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box className="surface" p="md" pb="xs" style={{ minWidth: 0 }}>
      <Title order={3} fz="sm" fw={600} mb={6}>{title}</Title>
      {children}
    </Box>
  )
}
