import type { Way } from '../api/types'

/** Which colour stands for which value, and what the scale is called. */
export function ColorScale({ scale, low = 'smallest', high = 'largest' }: { scale: Way['scale']; low?: string; high?: string }) {
  return (
    <span className="scale">
      <span>{low}</span><img src={scale.picture} alt={`Colours "${scale.name}", from ${low} to ${high}`} /><span>{high}</span>
    </span>
  )
}
