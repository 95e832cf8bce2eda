import { Box, Group, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { address, api } from '../api/client'
import type { JobDetail } from '../api/types'
import { Chart } from '../chart/Chart'
import { type Dot, Tradeoff } from '../chart/Tradeoff'
import { modelOf } from '../forms/paths'
import { bytes, count, measured, short } from '../part/format'
import { Section } from '../part/Heading'
import { LinkAnchor } from '../part/links'

type Measured = { name: string; value: number; unit: string; better: string; interval?: { low: number; high: number } }
type Rung = {
  rung: string; name: string; form: string; bundle: string; measures: Measured[]; difference?: number; differenceInterval?: [number, number]
  bytes: number; networkBytes: number; parameters: number; macs: number; millis: number; dominatedBy?: string; remarks: string[]
}
type Result = { data: string; testPictures: number; epochs: number; rungs: Rung[]; missing: { name: string; reason: string }[]; remarks: string[] }

const COLORS: Record<string, Dot['color']> = { original: 'quiet', floats: 'train', int8: 'validation', hybrid: 'third' }
const FORMS: Record<string, string> = { original: 'the original', floats: 'in floats', int8: 'in whole numbers', hybrid: 'a hybrid' }
const unit = (each: Measured) => each.unit.toLowerCase() as 'share'
const millis = (value: number) => `${value < 1 ? value.toPrecision(2) : value < 10 ? value.toFixed(2) : value.toFixed(1)} ms`
const points = (share: number) => `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(2)}`

/** A model beside all that could be made of it: how good, how large and how fast each is. */
export function LadderPart({ job }: { job: JobDetail }) {
  const { data, testPictures, rungs, missing, remarks } = job.result as unknown as Result
  const main = rungs[0]!.measures[0]!
  const names = Object.fromEntries(rungs.map((each) => [each.rung, each.name]))
  const models = useQuery({ queryKey: ['models'], queryFn: api.models })
  const isThere = (name: string | null) => name !== null && (models.data?.models.some((each) => each.name === name) ?? false)
  const dots = rungs.map((each): Dot => {
    const first = each.measures[0]!
    return {
      name: each.rung, cost: each.millis, value: first.value, size: each.networkBytes, color: COLORS[each.form] ?? 'train', beaten: each.dominatedBy !== undefined,
      words: `${each.name}: ${first.name} ${measured(first.value, unit(first))}, ${millis(each.millis)}, ${bytes(each.networkBytes)}${each.dominatedBy ? `; beaten by ${names[each.dominatedBy] ?? each.dominatedBy}` : ''}`,
    }
  })
  const forms = [...new Set(rungs.map((each) => each.form))]
  return (
    <>
      <Section title="What is given for what">
        <Chart title={`${main.name} against the time for a picture; the area is the size of the network`}>
          <div className="legend">{forms.map((form) => <span key={form}><i style={{ background: `var(--${COLORS[form] ?? 'train'})` }} />{FORMS[form] ?? form}</span>)}<span>dashed: another is at least as good, as small and as fast</span></div>
          <Tradeoff dots={dots} label={`${main.name} against latency, ${rungs.length} models`} better={main.better.toLowerCase() as 'higher'} cost="milliseconds for a picture, one thread" value={`${main.name} on test pictures`}
            writeCost={(value) => String(value)} writeValue={(value) => measured(value, unit(main))} />
        </Chart>
      </Section>
      <Section title="Rungs" aside={<Group gap="md"><LinkFile id={job.job} file="ladder.csv" /><LinkFile id={job.job} file="ladder.svg" /></Group>}>
        <Box className="surface" style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label="Rungs">
          <Table horizontalSpacing="sm" verticalSpacing={8} style={{ whiteSpace: 'nowrap' }}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th aria-label="number" /><Table.Th>model</Table.Th><Table.Th ta="right">{main.name}</Table.Th><Table.Th ta="right">95 % interval</Table.Th><Table.Th ta="right">difference</Table.Th><Table.Th ta="right">a picture</Table.Th>
                <Table.Th ta="right">network</Table.Th><Table.Th>beaten by</Table.Th><Table.Th ta="right">parameters</Table.Th><Table.Th ta="right">MACs</Table.Th><Table.Th ta="right">file</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rungs.map((each, i) => {
                const model = modelOf(each.bundle)
                const first = each.measures[0]!
                return (
                  <Table.Tr key={each.rung}>
                    <Table.Td><Text size="sm" c="dimmed">{i + 1}</Text></Table.Td>
                    <Table.Td>{isThere(model) ? <LinkAnchor to="/models/$name" params={{ name: model! }}>{each.name}</LinkAnchor> : each.name}</Table.Td>
                    <Table.Td ta="right">{measured(first.value, unit(first))}</Table.Td>
                    <Table.Td ta="right">{first.interval ? `${measured(first.interval.low, unit(first))} … ${measured(first.interval.high, unit(first))}` : ''}</Table.Td>
                    <Table.Td ta="right">{each.difference === undefined ? '' : `${points(each.difference)}${each.differenceInterval ? ` (${points(each.differenceInterval[0])} … ${points(each.differenceInterval[1])})` : ''}`}</Table.Td>
                    <Table.Td ta="right">{millis(each.millis)}</Table.Td>
                    <Table.Td ta="right">{bytes(each.networkBytes)}</Table.Td>
                    <Table.Td>{each.dominatedBy ? (names[each.dominatedBy] ?? each.dominatedBy) : ''}</Table.Td>
                    <Table.Td ta="right">{short(each.parameters)}</Table.Td>
                    <Table.Td ta="right">{short(each.macs)}</Table.Td>
                    <Table.Td ta="right">{bytes(each.bytes)}</Table.Td>
                  </Table.Tr>
                )
              })}
            </Table.Tbody>
          </Table>
        </Box>
        <Text size="xs" c="dimmed" mt="xs">Judged on the same {count(testPictures)} test pictures of {data}; differences from the original in points, picture by picture, with their 95 % interval. Timed in turns, one prepared picture by one thread on this machine.</Text>
      </Section>
      {missing.length > 0 && (
        <Section title="Not made">
          <Box className="surface" p="lg">{missing.map((each) => <Text key={each.name} size="sm"><b>{each.name}</b> <Text span c="dimmed">{each.reason}</Text></Text>)}</Box>
        </Section>
      )}
      {(remarks.length > 0 || rungs.some((each) => each.remarks.length > 0)) && (
        <Section title="Remarks">
          <Box className="surface" p="lg">
            {rungs.flatMap((each) => each.remarks.map((remark) => <Text key={each.rung + remark} size="sm" style={{ overflowWrap: 'anywhere' }}><b>{each.name}</b> {remark}</Text>))}
            {remarks.map((remark) => <Text key={remark} size="sm" style={{ overflowWrap: 'anywhere' }}>{remark}</Text>)}
          </Box>
        </Section>
      )}
    </>
  )
}

function LinkFile({ id, file }: { id: string; file: string }) {
  return <a href={address.file(id, file)} download style={{ fontSize: '0.86rem', color: 'var(--train)' }}>{file}</a>
}
