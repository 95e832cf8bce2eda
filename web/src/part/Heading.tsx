import { Group, Text, Title, Box } from '@mantine/core'
import { useEffect, type ReactNode } from 'react'

/** A page's name, which browsers show in tabs and history too, a line below it, and what can be done here. */
export function Heading({ title, state, line, children }: { title: string; state?: ReactNode; line?: ReactNode; children?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Fovea`
  }, [title])
  return (
    <div className="heading">
      <Box style={{ minWidth: 0 }}>
        <Title order={1} style={{ overflowWrap: 'anywhere' }}>{state ? <Group gap="sm">{title}{state}</Group> : title}</Title>
        {line && <Text c="dimmed" mt={4} component="div">{line}</Text>}
      </Box>
      <Group gap="xs" maw="100%">{children}</Group>
    </div>
  )
}

/** A part of a page. */
export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <Box component="section" mt={36} aria-label={title}>
      <Group justify="space-between" mb="sm" gap="sm">
        <Title order={2}>{title}</Title>
        {aside}
      </Group>
      {children}
    </Box>
  )
}

/** A number with what it counts. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box style={{ minWidth: 0 }}>
      <div className="label cut" title={label}>{label}</div>
      <div className="figure cut">{children}</div>
    </Box>
  )
}
