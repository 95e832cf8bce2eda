import { Box, Group, Slider, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { address } from '../api/client'
import { Matrix } from '../chart/Matrix'
import { Section } from '../part/Heading'
import type { RunState } from '../run/fold'
import type { SampleAnswer } from '../run/event'

/** What the network said of validation pictures after each epoch: the same few pictures, and which classes were taken for which. */
export function AnswersPart({ run, data, classNames }: { run: RunState; data: string | undefined; classNames: string[] }) {
  const [chosen, setChosen] = useState<number | null>(null)
  const last = run.answers.length - 1
  if (last < 0) return null
  const place = chosen === null ? last : Math.min(chosen, last)
  const answers = run.answers[place]!
  if (answers.confusion.length === 0 && answers.samples.length === 0) return null
  return (
    <Section title="Validation pictures" aside={
      <Group gap="sm">
        <Text size="sm" c="dimmed" w={76}>epoch {answers.epoch}</Text>
        {last > 0 && <Slider w={200} size="sm" min={0} max={last} value={place} label={null} thumbLabel="Epoch" onChange={(value) => setChosen(value === last ? null : value)} />}
      </Group>
    }>
      <Box className="surface" p="lg" style={{ display: 'flex', flexWrap: 'wrap', gap: '32px 48px' }}>
        {answers.confusion.length > 0 && (
          <Box style={{ minWidth: 0 }}>
            <Title order={3} fz="sm" fw={600} mb="xs">Which class was taken for which</Title>
            <Matrix table={answers.confusion} names={classNames} />
            <Text size="xs" c="dimmed" mt="xs">Rows are true classes, columns what the network says.</Text>
          </Box>
        )}
        {answers.samples.length > 0 && data && classNames.length > 0 && (
          <Box style={{ flex: '1 1 280px' }}>
            <Title order={3} fz="sm" fw={600} mb="xs">The same pictures after each epoch</Title>
            <Stack gap={10}>{answers.samples.map((sample) => <Sample key={sample.position} sample={sample} data={data} names={classNames} />)}</Stack>
          </Box>
        )}
      </Box>
    </Section>
  )
}

function Sample({ sample, data, names }: { sample: SampleAnswer; data: string; names: string[] }) {
  const first = sample.guesses[0]
  if (!first) return null
  return (
    <Group gap="sm" wrap="nowrap">
      <img src={address.picture(data, 'validation', sample.position)} alt={sample.source} width={34} height={34} className="pixels" style={{ borderRadius: 5 }} />
      <Text size="sm" w={90} className="cut">{names[first.output] ?? first.output}</Text>
      <Box style={{ flex: 1, minWidth: 40 }}><div className="bar" data-first style={{ height: 8, width: `${100 * Math.max(0, Math.min(1, first.value))}%` }} /></Box>
      <Text size="sm" w={58} ta="right" style={{ whiteSpace: 'nowrap' }}>{(100 * first.value).toFixed(1)} %</Text>
    </Group>
  )
}
