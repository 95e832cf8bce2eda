import type { CalibrationBin } from '../api/types'

const SIDE = 300
const LEFT = 46
const TOP = 12
const BOTTOM = 44

/** How often a classifier is right (upward) where it says so surely (to the right); on the diagonal it is as right as it says. */
export function Reliability({ bins }: { bins: CalibrationBin[] }) {
  const x = (value: number) => LEFT + value * SIDE
  const y = (value: number) => TOP + (1 - value) * SIDE
  const filled = bins.filter((bin) => bin.right.count > 0)
  const most = Math.max(1, ...filled.map((bin) => bin.right.count))
  const ticks = [0, 0.25, 0.5, 0.75, 1]
  return (
    <svg viewBox={`0 0 ${LEFT + SIDE + 14} ${TOP + SIDE + BOTTOM}`} role="img" aria-label="Share of right answers by the probability that the model gives" style={{ width: '100%', maxWidth: 420, height: 'auto', fontSize: 11 }}>
      {ticks.map((tick) => (
        <g key={tick} stroke="var(--line)" fill="var(--mantine-color-dimmed)">
          <line x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} />
          <line x1={x(tick)} x2={x(tick)} y1={y(0)} y2={y(1)} />
          <text stroke="none" x={x(0) - 7} y={y(tick) + 4} textAnchor="end">{100 * tick} %</text>
          <text stroke="none" x={x(tick)} y={y(0) + 17} textAnchor="middle">{100 * tick} %</text>
        </g>
      ))}
      <line x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} stroke="var(--quiet)" strokeDasharray="4 4" />
      {filled.map((bin) => (
        <g key={bin.low}>
          <title>{`${bin.right.hits} of ${bin.right.count} right (95 %: ${(100 * bin.right.low).toFixed(1)} … ${(100 * bin.right.high).toFixed(1)} %) where it says ${(100 * bin.probability).toFixed(1)} %`}</title>
          <rect x={x(bin.low) + 1} width={x(bin.high) - x(bin.low) - 2} y={y(bin.right.value)} height={y(0) - y(bin.right.value)} fill="var(--train)" opacity={0.22 + 0.6 * Math.sqrt(bin.right.count / most)} />
          <line x1={x(bin.probability)} x2={x(bin.probability)} y1={y(bin.right.low)} y2={y(bin.right.high)} stroke="var(--mantine-color-text)" strokeWidth={1.2} />
          <circle cx={x(bin.probability)} cy={y(bin.right.value)} r={3} fill="var(--mantine-color-text)" />
        </g>
      ))}
      <text x={x(0.5)} y={TOP + SIDE + 37} textAnchor="middle" fill="var(--mantine-color-dimmed)">probability that it gives</text>
      <text transform={`translate(11 ${y(0.5)}) rotate(-90)`} textAnchor="middle" fill="var(--mantine-color-dimmed)">share that is right</text>
    </svg>
  )
}
