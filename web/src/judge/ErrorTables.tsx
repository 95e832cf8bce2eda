import { Box } from '@mantine/core'
import type { Estimate, Evaluation } from '../api/types'
import { plain } from '../part/format'
import { Section } from '../part/Heading'

const estimate = (each: Estimate) => `${plain(each.value)} (${plain(each.low)} … ${plain(each.high)})`

/** How well each target of a regression is met, and each point. */
export function ErrorTables({ evaluation }: { evaluation: Evaluation }) {
  if (!evaluation.perTarget) return null
  return (
    <Section title="Target by target">
      <Box className="surface" p="sm" style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label="Target by target, table">
        <table className="table">
          <thead><tr><th scope="col">target</th><th scope="col">mean absolute error</th><th scope="col">root mean square</th><th scope="col">guessing the mean</th></tr></thead>
          <tbody>
            {(evaluation.perPoint ?? []).map((each) => (
              <tr key={`point ${each.name}`}><td>{each.name} (point)</td><td>{estimate(each.meanError)}</td><td>–</td><td>{plain(each.guessError)}</td></tr>
            ))}
            {evaluation.perTarget.map((each) => (
              <tr key={each.name}><td>{each.name}</td><td>{estimate(each.meanAbsoluteError)}</td><td>{estimate(each.rootMeanSquareError)}</td><td>{plain(each.guessMeanAbsoluteError)}</td></tr>
            ))}
          </tbody>
        </table>
      </Box>
    </Section>
  )
}
