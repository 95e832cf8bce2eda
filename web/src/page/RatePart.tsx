import { Box, Text } from '@mantine/core'
import { Chart } from '../chart/Chart'
import { Plot } from '../chart/Plot'
import { plain } from '../part/format'
import { Fact, Section } from '../part/Heading'
import { LinkButton } from '../part/links'

type Point = { learningRate: number; loss: number; smoothedLoss: number }

/** How the loss went while the learning rate rose, and the rate that is suggested. */
export function RatePart({ job, result }: { job: string; result: Record<string, unknown> }) {
  const points = result['points'] as Point[]
  const suggestion = result['suggestion'] as number | undefined
  const x = points.map((each) => each.learningRate)
  return (
    <>
      <Box className="surface facts" p="lg">
        <Fact label="suggested learning rate">{suggestion === undefined ? 'none' : suggestion.toPrecision(2)}</Fact>
        <Fact label="tried">{plain(x[0]!)} to {plain(x.at(-1)!)}</Fact>
        {suggestion !== undefined && <Box style={{ alignSelf: 'center' }}><LinkButton to="/new-run" search={{ like: job, rate: suggestion.toPrecision(2) }} variant="light">Train with it</LinkButton></Box>}
      </Box>
      <Section title="Loss by learning rate">
        <Chart title={suggestion === undefined ? 'loss' : 'loss; the dashed line is the suggestion'}>
          <Plot label="Loss over the learning rate" logX write={plain} writeX={plain} mark={suggestion ?? null}
            lines={[
              { label: 'smoothed', color: 'train', curve: { x, y: points.map((each) => each.smoothedLoss) } },
              { label: 'each step', color: 'train', faint: true, curve: { x, y: points.map((each) => each.loss) } },
            ]} />
        </Chart>
        <Text size="xs" c="dimmed" mt="xs">{suggestion === undefined
          ? 'The loss did not fall at any rate, so none is suggested: look at the pictures and the network first.'
          : 'Each step was made at a higher rate than the one before. The suggestion lies where the loss falls fastest; nothing was trained for good.'}</Text>
      </Section>
    </>
  )
}
