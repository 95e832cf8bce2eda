import { Box, Table, Text } from '@mantine/core'
import { measured, plain } from '../part/format'
import { Fact, Section } from '../part/Heading'

type Measured = { name: string; value: number; unit: string; interval?: { low: number; high: number } }

/** What cross-validation found: the mean with its interval, and each fold beside the others. */
export function FoldsPart({ result }: { result: Record<string, unknown> }) {
  const folds = result['folds'] as number[]
  const mean = (result['measures'] as Measured[] | undefined)?.[0]
  if (!mean) return null // of an earlier version, whose result does not name its measure; the file holds the numbers
  const unit = mean.unit.toLowerCase() as 'share'
  const deviation = result['deviation'] as number
  const [low, high] = [Math.min(...folds), Math.max(...folds)]
  return (
    <>
      <Box className="surface facts" p="lg">
        <Fact label={`${mean.name}, mean of ${folds.length} folds`}>{measured(mean.value, unit)}</Fact>
        {mean.interval && <Fact label="95 % interval">{measured(mean.interval.low, unit)} to {measured(mean.interval.high, unit)}</Fact>}
        <Fact label="standard deviation">{unit === 'share' ? `${(100 * deviation).toFixed(2)} points` : plain(deviation)}</Fact>
      </Box>
      <Section title="Folds">
        <Box className="surface" style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label="Folds">
          <Table horizontalSpacing="md" verticalSpacing={8}>
            <Table.Thead><Table.Tr><Table.Th w={90}>fold</Table.Th><Table.Th w={140} ta="right">{mean.name}</Table.Th><Table.Th>from the least to the greatest</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {folds.map((value, i) => (
                <Table.Tr key={i}>
                  <Table.Td>{i + 1}</Table.Td>
                  <Table.Td ta="right">{measured(value, unit)}</Table.Td>
                  <Table.Td><div className="range" aria-hidden><span style={{ left: `${high > low ? (100 * (value - low)) / (high - low) : 50}%` }} /></div></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Box>
        <Text size="xs" c="dimmed" mt="xs">Each fold is a training on the pictures of the others, judged on its own. The trainings share most of their pictures, so the true interval is somewhat wider. No model comes out.</Text>
      </Section>
    </>
  )
}
