import type { LayerHistogram } from '../api/types'
import { count, plain } from '../part/format'

/** How often values of each size occur. */
export function Bins({ histogram, label }: { histogram: LayerHistogram; label: string }) {
  const most = Math.max(1, ...histogram.counts)
  const edges = histogram.edges
  return (
    <div role="img" aria-label={`${label}: from ${plain(edges[0] ?? 0)} to ${plain(edges.at(-1) ?? 0)}`}>
      <div className="bins">
        {histogram.counts.map((value, i) => (
          <i key={i} title={`${count(value)} values from ${plain(edges[i]!)} to ${plain(edges[i + 1]!)}`} style={{ height: `${value === 0 ? 0 : Math.max(2, (100 * value) / most)}%` }} />
        ))}
      </div>
      <div className="binends" aria-hidden><span>{plain(edges[0] ?? 0)}</span><span>{plain(edges.at(-1) ?? 0)}</span></div>
    </div>
  )
}
