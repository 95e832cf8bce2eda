import { Box, Group, Slider, Text } from '@mantine/core'
import { useState } from 'react'
import { Chart } from '../chart/Chart'
import { Kernels } from '../chart/Kernels'
import { Plot } from '../chart/Plot'
import { count, measured, plain } from '../part/format'
import { Section } from '../part/Heading'
import type { RunState } from '../run/fold'

/** A hybrid's search: generations with the best and the mean of all candidates, and the kernels as they change. */
export function EvolutionPart({ run }: { run: RunState }) {
  const [chosen, setChosen] = useState<number | null>(null)
  const last = run.kernels.length - 1
  const shown = run.kernels[Math.min(chosen ?? last, last)]
  return (
    <>
      <Section title="Search">
        <div className="grid-charts">
          <Chart title="loss of a generation">
            <Plot label="Loss of a generation" write={plain} writeX={plain} lines={[
              { label: 'mean of all candidates', color: 'quiet', curve: run.evolution.mean },
              { label: 'best candidate', color: 'train', curve: run.evolution.best },
            ]} />
          </Chart>
          {run.evolution.accuracy.x.length > 0 && (
            <Chart title="accuracy on held-out pictures">
              <Plot label="Accuracy on held-out pictures" write={(value) => measured(value, 'share')} writeX={plain} lines={[{ label: 'validation', color: 'validation', curve: run.evolution.accuracy, dots: run.evolution.accuracy.x.length < 60 }]} />
            </Chart>
          )}
        </div>
        <Text size="xs" c="dimmed" mt="xs">Generations to the right. Drag to zoom, double-click to see all.</Text>
      </Section>
      {shown && (
        <Section title="Kernels" aside={
          <Group gap="sm">
            <Text size="sm" c="dimmed" w={120}>generation {count(shown.generation)}</Text>
            {last > 0 && <Slider w={200} size="sm" min={0} max={last} value={Math.min(chosen ?? last, last)} label={null} thumbLabel="Generation" onChange={(value) => setChosen(value === last ? null : value)} />}
          </Group>
        }>
          <Box className="surface" p="lg">
            <Kernels shape={shown.shape} weights={shown.weights} />
            <Text size="xs" c="dimmed" mt="sm">The filters of the first convolution, each in a range of its own: what is bright speaks for it, what is dark against it.</Text>
          </Box>
        </Section>
      )}
    </>
  )
}
