import { Box, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { count } from '../part/format'
import { Section } from '../part/Heading'
import { LinkAnchor } from '../part/links'
import { ProblemCard, parts } from '../part/ProblemCard'
import { Twins } from '../part/Twins'
import { judged } from './api'
import { compareTwin } from './twins'

const percent = (value: number) => `${(100 * value).toFixed(2)} %`

/** Several models on the same pictures, each against the first, picture by picture. */
export function ComparePart({ ids }: { ids: string[] }) {
  const compared = useQuery({ queryKey: ['compare', ids], queryFn: () => judged.compare(ids), retry: false })
  return (
    <Section title="Compared" aside={<Twins what="Compare" twin={compareTwin(ids)} />}>
      {compared.error && <ProblemCard problem={parts(compared.error)} />}
      {compared.data && (
        <Box className="surface" p="sm" style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label="Compared, table">
          <table className="table" data-testid="compared">
            <thead><tr><th scope="col">model</th><th scope="col">accuracy</th><th scope="col">95 %</th><th scope="col">gain</th><th scope="col">only it right</th><th scope="col">only the first right</th><th scope="col">p</th><th scope="col">verdict</th></tr></thead>
            <tbody>
              {compared.data.evaluations.map((each, place) => (
                <tr key={each.job}>
                  <td><LinkAnchor to="/runs/$id/evaluation" params={{ id: each.job }}>{each.model ?? each.job}</LinkAnchor></td>
                  <td>{percent(each.accuracy.value)}</td>
                  <td>{percent(each.accuracy.low)} … {percent(each.accuracy.high)}</td>
                  {place === 0 ? <td colSpan={5}>the others are compared with it</td> : <>
                    <td>{each.againstFirst.gain > 0 ? '+' : ''}{percent(each.againstFirst.gain)}</td>
                    <td>{count(each.againstFirst.onlyThis)}</td>
                    <td>{count(each.againstFirst.onlyFirst)}</td>
                    <td>{each.againstFirst.pValue.toPrecision(2)}</td>
                    <td>{each.againstFirst.beyondChance ? 'beyond chance' : 'within chance'}</td>
                  </>}
                </tr>
              ))}
            </tbody>
          </table>
          <Text size="xs" c="dimmed" p="xs">{count(compared.data.pictures)} pictures of {compared.data.split} of {compared.data.data}; exact test of McNemar, 5 %.</Text>
        </Box>
      )}
    </Section>
  )
}
