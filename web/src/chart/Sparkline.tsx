/** A curve without axes, for a row of a list. */
export function Sparkline({ values, width = 96, height = 26 }: { values: number[]; width?: number; height?: number }) {
  if (values.length < 2) return <svg width={width} height={height} aria-hidden />
  const low = Math.min(...values)
  const high = Math.max(...values)
  const range = high - low || 1
  const points = values.map((value, i) =>
    `${(2 + (i / (values.length - 1)) * (width - 4)).toFixed(1)},${(height - 3 - ((value - low) / range) * (height - 6)).toFixed(1)}`)
  return (
    <svg width={width} height={height} aria-hidden>
      <polyline points={points.join(' ')} fill="none" stroke="var(--train)" strokeWidth={1.6} strokeLinejoin="round" />
    </svg>
  )
}
