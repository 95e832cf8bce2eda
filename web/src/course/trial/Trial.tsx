import { Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** Something of the course that can be tried on the spot. */
export function Trial({ title, line, children }: { title: string; line: ReactNode; children: ReactNode }) {
  return (
    <section className="surface trial" aria-label={title}>
      <Title order={4} fz="md">{title}</Title>
      <Text size="sm" c="dimmed" mt={4} mb="md" maw={720}>{line}</Text>
      {children}
    </section>
  )
}
