import { Box, Group, Select } from '@mantine/core'
import { useState } from 'react'
import type { Evaluation } from '../api/types'
import { Section } from '../part/Heading'
import { JudgedTiles } from './JudgedTiles'

/** The pictures that the model is surest of, class by class. */
export function SurestPart({ evaluation }: { evaluation: Evaluation }) {
  const names = evaluation.classNames ?? []
  const [chosen, setChosen] = useState(0)
  if (names.length === 0 || evaluation.task !== 'classification') return null
  return (
    <Section title="The surest" aside={
      <Group gap="sm">
        <Select size="xs" w={200} aria-label="Class" searchable allowDeselect={false} value={String(chosen)} onChange={(value) => setChosen(Number(value ?? 0))}
          data={names.map((name, label) => ({ value: String(label), label: name }))} />
      </Group>
    }>
      <Box className="surface" p="lg"><JudgedTiles key={chosen} evaluation={evaluation} wanted={{ predicted: chosen }} first={9} title={`pictures that are taken for "${names[chosen]}"`} /></Box>
    </Section>
  )
}
