import type { Curve } from '../run/fold'

/**
 * Returns a curve with few points that looks the same: of each part of the range as wide as a pixel, the first, the smallest, the largest and the last
 * point, and those that are asked for. So no best value is ever left out, at any zoom.
 *
 * @param curve   with rising x
 * @param from    first x in sight; points beside the range stay where they begin and end a line into it
 * @param to      last x in sight
 * @param columns parts of the range
 * @param kept    an x whose point stays
 * @param scale   from x to the axis, such as a logarithm
 */
export function thin(curve: Curve, from: number, to: number, columns: number, kept: number | null, scale: (x: number) => number = (x) => x): Curve {
  const { x, y } = curve
  const first = Math.max(0, place(x, from) - 1)
  const end = Math.min(x.length, place(x, to) + 2)
  if (end - first <= 4 * columns) return first === 0 && end === x.length ? curve : { x: x.slice(first, end), y: y.slice(first, end) }
  const thinned: Curve = { x: [], y: [] }
  const zero = scale(from)
  const width = (scale(to) - zero) / columns || 1
  let i = first
  while (i < end) {
    const column = Math.floor((scale(x[i]!) - zero) / width)
    const begin = i
    let low = -1
    let high = -1
    const stay = new Set<number>([begin])
    for (; i < end && Math.floor((scale(x[i]!) - zero) / width) === column; i++) {
      const value = y[i]
      if (x[i] === kept) stay.add(i)
      if (value == null) { stay.add(i); continue }
      if (low < 0 || value < y[low]!) low = i
      if (high < 0 || value > y[high]!) high = i
    }
    if (low >= 0) stay.add(low).add(high)
    stay.add(i - 1)
    for (const each of [...stay].sort((a, b) => a - b)) {
      thinned.x.push(x[each]!)
      thinned.y.push(y[each]!)
    }
  }
  return thinned
}

/** The first place whose x is not below a value. */
function place(x: number[], value: number): number {
  let low = 0
  let high = x.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (x[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Puts curves with different x beside each other, as uPlot wants them: one rising x, and undefined where a curve has no point. */
export function aligned(curves: Curve[]): [number[], ...(number | null | undefined)[][]] {
  const xs: number[] = []
  const columns: (number | null | undefined)[][] = curves.map(() => [])
  const at = curves.map(() => 0)
  for (;;) {
    let next = Infinity
    curves.forEach((curve, i) => { next = Math.min(next, curve.x[at[i]!] ?? Infinity) })
    if (next === Infinity) return [xs, ...columns]
    xs.push(next)
    curves.forEach((curve, i) => {
      if (curve.x[at[i]!] !== next) { columns[i]!.push(undefined); return }
      let value: number | null = null
      while (curve.x[at[i]!] === next) value = curve.y[at[i]!++] ?? null // the later telling counts
      columns[i]!.push(value)
    })
  }
}
