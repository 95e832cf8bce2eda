/** Noisy points of a smooth curve, the same in every browser: those to learn from, and those to check by. */
export type Point = { x: number; y: number }

const curve = (x: number) => Math.sin(2.6 * x) * 0.7 + 0.2 * x

/** A generator of even numbers 0 … 1 (Park and Miller 1988, "minimal standard"). */
function even(seed: number) {
  let state = seed
  return () => (state = (state * 48271) % 2147483647) / 2147483647
}

export function points(count: number, seed: number): Point[] {
  const next = even(seed)
  return Array.from({ length: count }, (_, i) => {
    const x = -1 + (2 * (i + 0.5)) / count
    return { x, y: curve(x) + 0.35 * (next() + next() - 1) }
  })
}

/** Returns the values of the first polynomials of Legendre, which keep the equations well behaved. */
function basis(x: number, degree: number): number[] {
  const values = [1, x]
  for (let n = 1; n < degree; n++) values.push(((2 * n + 1) * x * values[n]! - n * values[n - 1]!) / (n + 1))
  return values.slice(0, degree + 1)
}

/** Returns the polynomial of that degree that is nearest to the points by squares. */
export function fitted(learned: Point[], degree: number): (x: number) => number {
  const size = degree + 1
  const rows = learned.map((point) => basis(point.x, degree))
  const matrix = Array.from({ length: size }, (_, i) => [
    ...Array.from({ length: size }, (_, j) => rows.reduce((sum, row) => sum + row[i]! * row[j]!, i === j ? 1e-9 : 0)),
    rows.reduce((sum, row, k) => sum + row[i]! * learned[k]!.y, 0),
  ])
  for (let i = 0; i < size; i++) {
    const pivot = matrix.slice(i).reduce((best, row, k) => (Math.abs(row[i]!) > Math.abs(matrix[best]![i]!) ? i + k : best), i)
    ;[matrix[i], matrix[pivot]] = [matrix[pivot]!, matrix[i]!]
    for (let k = 0; k < size; k++) {
      if (k === i) continue
      const factor = matrix[k]![i]! / matrix[i]![i]!
      for (let j = i; j <= size; j++) matrix[k]![j]! -= factor * matrix[i]![j]!
    }
  }
  const weights = matrix.map((row, i) => row[size]! / row[i]!)
  return (x) => basis(x, degree).reduce((sum, value, i) => sum + value * weights[i]!, 0)
}

/** Returns the mean squared distance of the points from a curve. */
export const distance = (of: (x: number) => number, judged: Point[]) =>
  judged.reduce((sum, point) => sum + (of(point.x) - point.y) ** 2, 0) / judged.length

/** A loss with two valleys, over one weight; the left one is deeper. */
export const loss = (w: number) => 0.09 * w ** 4 - 0.75 * w ** 2 + 0.35 * w + 2.2
export const slope = (w: number) => 0.36 * w ** 3 - 1.5 * w + 0.35
