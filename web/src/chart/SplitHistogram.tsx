import { Box } from '@mantine/core'
import type { CountsPerClass } from '../api/types'
import { count } from '../part/format'

const splits = ['training', 'validation', 'test'] as const
const colors = { training: 'var(--train)', validation: 'var(--validation)', test: 'var(--quiet)' }

/** How many pictures each class has, by part; a class can be chosen where somebody listens. */
export function SplitHistogram({ names, counts, chosen = '', onChoose }: {
  names: string[]; counts: CountsPerClass; chosen?: string; onChoose?: (name: string) => void
}) {
  const sums = names.map((_, i) => splits.reduce((sum, split) => sum + counts[split][i]!, 0))
  const most = Math.max(1, ...sums)
  const there = splits.filter((split) => counts[split].some((each) => each > 0))
  return (
    <>
      <Box className="histogram" tabIndex={onChoose ? undefined : 0} role={onChoose ? undefined : 'group'} aria-label="Pictures of each class">
        {names.map((name, i) => {
          const bars = splits.map((split) => (
            <span key={split} className="bar" style={{ width: `${(100 * counts[split][i]!) / most}%`, background: colors[split] }} />
          ))
          const words = splits.map((split) => `${count(counts[split][i]!)} ${split}`).join(', ')
          const inner = (
            <>
              <span className="cut name">{name}</span>
              <span className="bars">{bars}</span>
              <span>{count(sums[i]!)}</span>
            </>
          )
          return onChoose
            ? <button key={name} type="button" className="tile row" title={words} aria-pressed={chosen === name} onClick={() => onChoose(chosen === name ? '' : name)}>{inner}</button>
            : <div key={name} className="row" title={words}>{inner}</div>
        })}
      </Box>
      {there.length > 1 && <div className="legend" style={{ padding: '10px 6px 0' }}>{there.map((split) => <span key={split}><i style={{ background: colors[split] }} />{split}</span>)}</div>}
    </>
  )
}
