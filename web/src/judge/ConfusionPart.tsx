import { Box, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { Evaluation } from '../api/types'
import { type Cell, ConfusionTable } from '../chart/ConfusionTable'
import { count } from '../part/format'
import { Section } from '../part/Heading'
import { JudgedTiles } from './JudgedTiles'

/** Which class was taken for which; a cell shows its pictures. */
export function ConfusionPart({ evaluation }: { evaluation: Evaluation }) {
  const [cell, setCell] = useState<Cell | null>(null)
  const names = evaluation.classNames ?? []
  const table = evaluation.confusion ?? []
  const ofPixels = evaluation.task === 'segmentation'
  const noun = ofPixels ? 'pixels' : 'pictures'
  if (table.length === 0) return null
  return (
    <Section title="Which class was taken for which">
      <Box className="surface" p="lg">
        <Box style={{ display: 'flex', flexWrap: 'wrap', gap: '28px 48px' }}>
          <Box style={{ minWidth: 0, maxWidth: '100%' }}>
            <ConfusionTable table={table} names={names} noun={noun} chosen={cell} {...(ofPixels ? {} : { onChoose: setCell })} />
            {!ofPixels && <Text size="xs" c="dimmed" mt="xs">Choose a number to see its pictures.</Text>}
          </Box>
          {(evaluation.mostConfused?.length ?? 0) > 0 && (
            <Box style={{ flex: '1 1 240px', minWidth: 0 }}>
              <Title order={3} fz="sm" fw={600} mb="xs">Most confused</Title>
              <table className="table">
                <tbody>
                  {evaluation.mostConfused!.slice(0, 8).map((pair) => (
                    <tr key={`${pair.label} ${pair.predicted}`}>
                      <td><button type="button" className="name" onClick={() => setCell(pair)}>{pair.className} taken for {pair.predictedName}</button></td>
                      <td>{count(pair.count)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Box>
          )}
        </Box>
        {cell && (
          <Box mt="lg">
            <JudgedTiles key={`${cell.label} ${cell.predicted}`} evaluation={evaluation} wanted={{ label: cell.label, predicted: cell.predicted }}
              title={cell.label === cell.predicted ? `pictures of "${names[cell.label]}", found` : `pictures of "${names[cell.label]}", taken for "${names[cell.predicted]}"`} />
          </Box>
        )}
      </Box>
    </Section>
  )
}
