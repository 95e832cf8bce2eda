import { Box } from '@mantine/core'
import { count } from '../part/format'
import { columnWidth, shade, short } from './Matrix'

export type Cell = { label: number; predicted: number }

/** A confusion matrix whose cells can be chosen: rows are true classes, columns predicted ones. */
export function ConfusionTable({ table, names, chosen, onChoose, noun = 'pictures' }: {
  table: number[][]; names: string[]; chosen: Cell | null; onChoose?: (cell: Cell) => void; noun?: string
}) {
  const written = table.length <= 30
  const name = (i: number) => names[i] ?? String(i)
  return (
    <Box style={{ overflow: 'auto', maxHeight: '80vh' }} tabIndex={0} role="region" aria-label="Confusion matrix">
      <table className="matrix" style={written ? columnWidth(table, names) : undefined}>
        <thead>
          <tr>
            <th scope="col"><span className="label">true ↓ predicted →</span></th>
            {table.map((_, i) => <th key={i} scope="col" title={name(i)}>{written ? short(name(i)) : ''}</th>)}
          </tr>
        </thead>
        <tbody>
          {table.map((row, i) => {
            const all = row.reduce((sum, each) => sum + each, 0)
            return (
              <tr key={i}>
                <th scope="row" title={name(i)} style={{ textAlign: 'right', paddingRight: 6 }}>{short(name(i))}</th>
                {row.map((value, j) => {
                  const words = `${count(value)} of ${count(all)} ${noun} of "${name(i)}" were taken for "${name(j)}"`
                  const background = shade(i === j, all ? value / all : 0)
                  const isChosen = chosen?.label === i && chosen.predicted === j
                  if (value === 0 || !onChoose) return <td key={j} title={words} style={{ background }}>{written && value > 0 ? count(value) : ''}</td>
                  return (
                    <td key={j} style={{ background, padding: 0 }}>
                      <button type="button" className="cell" title={words} aria-label={words} aria-pressed={isChosen} onClick={() => onChoose({ label: i, predicted: j })}>
                        {written ? count(value) : ''}
                      </button>
                    </td>
                  )
                })}
              </tr>
            )
          })}
        </tbody>
      </table>
    </Box>
  )
}
