import { Box, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api/client'
import type { Trial } from '../api/types'
import { Chart } from '../chart/Chart'
import { Plot, palette } from '../chart/Plot'
import { Sparkline } from '../chart/Sparkline'
import { measured, plain } from '../part/format'
import { Section } from '../part/Heading'
import { ProblemCard, parts } from '../part/ProblemCard'

const states: Record<Trial['state'], string> = { under_way: 'under way', finished: 'finished', ended_early: 'ended early', diverged: 'diverged' }

/** The runs of a sweep: what each tried, how far it came and how good it was, and the best in one chart. */
export function TrialsPart({ id, last }: { id: string; last: number }) {
  const trials = useQuery({ queryKey: ['trials', id, last], queryFn: () => api.trials(id), placeholderData: (before) => before, refetchInterval: 2000 })
  if (trials.error) return <ProblemCard problem={parts(trials.error)} />
  const all = trials.data?.trials ?? []
  if (all.length === 0) return null
  const axes = Object.keys(all[0]!.choices)
  const best = all.filter((each) => each.measure).slice(0, palette.length)
  const unit = best[0]?.measure?.unit ?? 'value'
  return (
    <Section title="Trials">
      {best.length > 0 && (
        <Chart title={`${best[0]!.measure!.name} of the best`}>
          <Plot label="Measure of the best trials over epochs" write={(value) => measured(value, unit)} writeX={plain}
            lines={best.map((each, i) => ({ label: axes.map((axis) => each.choices[axis]).join(', '), color: palette[i]!, curve: { x: each.measure!.curve.map((_, epoch) => epoch + 1), y: each.measure!.curve }, dots: each.measure!.curve.length < 40 }))} />
        </Chart>
      )}
      <Box className="surface" mt="md" style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label="Trials">
        <Table horizontalSpacing="md" verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>trial</Table.Th>{axes.map((axis) => <Table.Th key={axis}>{axis.replaceAll('_', ' ')}</Table.Th>)}
              <Table.Th ta="right">epochs</Table.Th><Table.Th ta="right">validation loss</Table.Th><Table.Th ta="right">{best[0]?.measure?.name ?? 'measure'} there</Table.Th><Table.Th aria-label="course" /><Table.Th>state</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {all.map((each) => (
              <Table.Tr key={each.trial}>
                <Table.Td>{each.trial}</Table.Td>{axes.map((axis) => <Table.Td key={axis}>{each.choices[axis]}</Table.Td>)}
                <Table.Td ta="right">{each.epochs}</Table.Td>
                <Table.Td ta="right">{each.loss === undefined ? '–' : plain(each.loss)}</Table.Td>
                <Table.Td ta="right">{each.measure ? measured(each.measure.best ?? each.measure.last, each.measure.unit) : '–'}</Table.Td>
                <Table.Td>{each.measure && <Sparkline values={each.measure.curve} />}</Table.Td>
                <Table.Td><Text size="sm" c="dimmed">{states[each.state]}</Text></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Box>
      <Text size="xs" c="dimmed" mt="xs">The best by the validation pictures stands first; the test pictures have no part in it.</Text>
    </Section>
  )
}
