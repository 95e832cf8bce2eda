import { plain } from './format'

/** A few values in rows and columns, shaded by their size: blue below 0, orange above. */
export function ValueWindow({ values, caption, largest }: { values: number[][]; caption: string; largest?: { column: number; row: number } }) {
  const most = Math.max(1e-12, ...values.flat().map(Math.abs))
  return (
    <figure>
      <figcaption>{caption}</figcaption>
      <table className="window">
        <tbody>
          {values.map((row, y) => (
            <tr key={y}>
              {row.map((value, x) => (
                <td key={x} data-largest={largest?.column === x && largest.row === y} style={{ background: `color-mix(in srgb, var(${value < 0 ? '--train' : '--validation'}) ${((38 * Math.abs(value)) / most).toFixed(0)}%, transparent)` }}>{short(value)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}

/** Three figures are too many for a cell where a number is small beside others. */
const short = (value: number) => (value === 0 ? '0' : Math.abs(value) >= 0.005 && Math.abs(value) < 1000 ? value.toFixed(2) : plain(value))
