import { Box } from '@mantine/core'
import { count } from '../part/format'

/** How many pictures each class has; a class can be chosen. */
export function Histogram({ names, counts, chosen, onChoose }: {
  names: string[]; counts: number[]; chosen: string; onChoose: (name: string) => void
}) {
  const most = Math.max(1, ...counts)
  return (
    <Box style={{ maxHeight: 420, overflowY: 'auto' }}>
      {names.map((name, i) => (
        <button key={name} type="button" className="tile" aria-pressed={chosen === name} onClick={() => onChoose(chosen === name ? '' : name)}
          style={{ display: 'grid', width: '100%', gridTemplateColumns: 'minmax(40px, 20%) 1fr 64px', gap: 12, alignItems: 'center', padding: '3px 6px', color: 'inherit', font: 'inherit', fontSize: '0.86rem' }}>
          <span className="cut" style={{ textAlign: 'right', fontWeight: chosen === name ? 650 : 400 }}>{name}</span>
          <span className="bar" data-first={chosen === name} style={{ height: 16, width: `${(100 * counts[i]!) / most}%` }} />
          <span style={{ textAlign: 'right' }}>{count(counts[i]!)}</span>
        </button>
      ))}
    </Box>
  )
}
