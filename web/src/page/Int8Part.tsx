import { Box, Table, Text } from '@mantine/core'
import { bytes, count, measured, plain } from '../part/format'
import { Fact, Section } from '../part/Heading'

type Measured = { name: string; value: number; unit: string; interval?: { low: number; high: number } }
type Result = {
  data: string; testPictures: number; calibrationPictures: number; before: Measured[]; after: Measured[]; difference?: number; differenceInterval?: [number, number]
  rightBeforeOnly?: number; rightNowOnly?: number; agreement?: number; meanDifference: number; bytesBefore: number; bytes: number
  latencies: { threads: number; millisBefore: number; millis: number; speedUp: number }[]; weightBits: number; floatLayers: string[]; layers: number; processor: string; remarks: string[]
}

const points = (share: number) => `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(2)}`
const told = (each: Measured) => measured(each.value, each.unit.toLowerCase() as 'share')
const millis = (value: number) => `${value < 10 ? value.toFixed(2) : value.toFixed(1)} ms`

/** A model in whole numbers beside the one before, on the same test pictures. */
export function Int8Part({ result: given }: { result: Record<string, unknown> }) {
  const result = given as unknown as Result
  const one = result.latencies[0]
  return (
    <>
      <Box className="surface facts" p="lg">
        {result.before[0] && <Fact label={`${result.before[0].name} before`}>{told(result.before[0])}</Fact>}
        {result.after[0] && <Fact label={`${result.after[0].name} now`}>{told(result.after[0])}</Fact>}
        {result.agreement !== undefined && <Fact label="the same answer">{measured(result.agreement, 'share')}</Fact>}
        <Fact label="times smaller">{(result.bytesBefore / result.bytes).toFixed(2)}</Fact>
        {one && <Fact label="times as fast, one thread">{one.speedUp.toFixed(2)}</Fact>}
        <Fact label="layers kept in floats">{result.floatLayers.length === 0 ? 'none' : `${result.floatLayers.length} of ${result.layers}`}</Fact>
      </Box>
      <Section title="Before and after">
        <Box className="surface" style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label="Before and after">
          <Table horizontalSpacing="md" verticalSpacing={8} style={{ whiteSpace: 'nowrap' }}>
            <Table.Thead><Table.Tr><Table.Th aria-label="what" /><Table.Th ta="right">before</Table.Th><Table.Th ta="right">in whole numbers</Table.Th><Table.Th ta="right">difference</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {result.before.map((before, i) => <Row key={before.name} what={before.name} before={withInterval(before)} after={result.after[i] ? withInterval(result.after[i]) : '–'} difference={i === 0 ? paired(result) : ''} />)}
              <Row what="file" before={bytes(result.bytesBefore)} after={bytes(result.bytes)} difference={`÷ ${(result.bytesBefore / result.bytes).toFixed(2)}`} />
              {result.latencies.map((each) => <Row key={each.threads} what={`a picture, ${each.threads === 1 ? 'one thread' : `${each.threads} threads`}`} before={millis(each.millisBefore)} after={millis(each.millis)} difference={`${each.speedUp.toFixed(2)} times as fast`} />)}
            </Table.Tbody>
          </Table>
        </Box>
        <Text size="xs" c="dimmed" mt="xs">
          Judged on {count(result.testPictures)} test pictures of {result.data}; {count(result.calibrationPictures)} training pictures showed which values occur.
          {result.rightBeforeOnly !== undefined && ` Right before only ${count(result.rightBeforeOnly)}, now only ${count(result.rightNowOnly ?? 0)}.`} Timed on {result.processor}.
        </Text>
      </Section>
      {result.remarks.length > 0 && <Section title="Remarks"><Box className="surface" p="lg">{result.remarks.map((remark) => <Text key={remark} size="sm" style={{ overflowWrap: 'anywhere' }}>{remark}</Text>)}</Box></Section>}
    </>
  )
}

function Row({ what, before, after, difference }: { what: string; before: string; after: string; difference: string }) {
  return <Table.Tr><Table.Td>{what}</Table.Td><Table.Td ta="right">{before}</Table.Td><Table.Td ta="right">{after}</Table.Td><Table.Td ta="right">{difference}</Table.Td></Table.Tr>
}

const withInterval = (each: Measured) => (each.interval ? `${told(each)} (${measured(each.interval.low, each.unit.toLowerCase() as 'share')} … ${measured(each.interval.high, each.unit.toLowerCase() as 'share')})` : told(each))

function paired({ difference, differenceInterval, meanDifference }: Result): string {
  if (difference === undefined) return `answers differ by ${plain(meanDifference)}`
  return `${points(difference)} points${differenceInterval ? ` (95 %: ${points(differenceInterval[0])} … ${points(differenceInterval[1])})` : ''}`
}
