/** Numbers and times as pages show them; the same everywhere, whatever the machine's language. */

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

export const count = (value: number) => whole.format(value)

/** 431,080 → 431 k; 11,689,512 → 11.7 M. */
export function short(value: number): string {
  if (value >= 1e9) return `${(value / 1e9).toFixed(value < 1e10 ? 2 : 1)} G`
  if (value >= 1e6) return `${(value / 1e6).toFixed(value < 1e7 ? 2 : 1)} M`
  if (value >= 1e4) return `${(value / 1e3).toFixed(0)} k`
  return whole.format(value)
}

export function bytes(value: number): string {
  if (value >= 1e9) return `${(value / 1e9).toFixed(2)} GB`
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} MB`
  if (value >= 1e3) return `${(value / 1e3).toFixed(0)} kB`
  return `${value} B`
}

type Unit = 'share' | 'pixels' | 'decibel' | 'value' | 'loss'

/** A measure's value with its unit. */
export function measured(value: number, unit: Unit): string {
  switch (unit) {
    case 'share': return `${(value * 100).toFixed(value > 0.995 && value < 1 ? 2 : 1)} %`
    case 'pixels': return `${value.toPrecision(3)} pixels`
    case 'decibel': return `${value.toFixed(2)} dB`
    default: return plain(value)
  }
}

/** A number with three figures. */
export function plain(value: number): string {
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size >= 1e5 || size < 1e-4) return value.toExponential(1).replace('e+', 'e')
  return String(Number(value.toPrecision(3)))
}

export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`
}

export function ago(time: string, now = Date.now()): string {
  const seconds = Math.max(0, (now - Date.parse(time)) / 1000)
  if (seconds < 60) return 'just now'
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`
  return new Date(time).toISOString().slice(0, 10)
}

export const shape = (sizes: number[]) => sizes.join(' × ')
