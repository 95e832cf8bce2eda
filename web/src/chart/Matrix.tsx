import { Box } from '@mantine/core'
import type { CSSProperties } from 'react'
import { count } from '../part/format'

/** Which classes were taken for which: rows are true, columns are answered; a row's colours say what became of its pictures. */
export function Matrix({ table, names }: { table: number[][]; names: string[] }) {
  const written = table.length <= 20
  const name = (i: number) => names[i] ?? String(i)
  return (
    <Box style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label="Confusion matrix">
      <table className="matrix" style={written ? columnWidth(table, names) : undefined}>
        <thead>
          <tr>
            <th scope="col" aria-label="true class" />
            {table.map((_, i) => <th key={i} scope="col" title={name(i)}>{written ? short(name(i)) : ''}</th>)}
          </tr>
        </thead>
        <tbody>
          {table.map((row, i) => {
            const all = row.reduce((sum, each) => sum + each, 0)
            return (
              <tr key={i}>
                <th scope="row" title={name(i)} style={{ textAlign: 'right', paddingRight: 6 }}>{short(name(i))}</th>
                {row.map((value, j) => (
                  <td key={j} title={`${value} of ${all} pictures of "${name(i)}" were taken for "${name(j)}"`} style={{ background: shade(i === j, all ? value / all : 0) }}>
                    {written && value > 0 ? value : ''}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </Box>
  )
}

/** Makes all columns as wide as the longest of names and numbers needs, so that the matrix is regular. */
export function columnWidth(table: number[][], names: string[]): CSSProperties {
  const words = [...table.map((_, i) => short(names[i] ?? String(i))), ...table.flat().map(count)]
  return { '--column': `${words.reduce((most, word) => Math.max(most, word.length), 0)}ch` } as CSSProperties
}

export function shade(right: boolean, share: number): string {
  const strength = share === 0 ? 4 : 12 + 33 * Math.sqrt(share) // a number on the strongest must still be read
  return `color-mix(in srgb, var(${share === 0 ? '--quiet' : right ? '--train' : '--validation'}) ${strength.toFixed(0)}%, transparent)`
}

export const short = (name: string) => (name.length > 10 ? `${name.slice(0, 9)}…` : name)
