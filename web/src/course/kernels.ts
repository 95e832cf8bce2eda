import type { Grey } from './usePixels'

/** A 3 × 3 kernel, row by row. */
export type Kernel = number[]

/** Well-known kernels and what they find. */
export const kernels = {
  'upright lines': [-1, 2, -1, -1, 2, -1, -1, 2, -1],
  'level lines': [-1, -1, -1, 2, 2, 2, -1, -1, -1],
  edges: [0, 1, 0, 1, -4, 1, 0, 1, 0],
  'soft focus': [1, 1, 1, 1, 1, 1, 1, 1, 1],
  nothing: [0, 0, 0, 0, 1, 0, 0, 0, 0],
} satisfies Record<string, Kernel>

/** Returns the value of one pixel beside the edges, which count as 0 outside. */
export const at = (grey: Grey, row: number, column: number) =>
  row < 0 || column < 0 || row >= grey.side || column >= grey.side ? 0 : grey.values[row * grey.side + column]!

/** Returns the nine products that a result's pixel is the sum of. */
export function products(grey: Grey, kernel: Kernel, row: number, column: number) {
  return kernel.map((weight, i) => {
    const value = at(grey, row + Math.floor(i / 3) - 1, column + (i % 3) - 1)
    return { value, weight, product: value * weight }
  })
}

/** Returns the picture that a kernel makes: each pixel the sum of its nine products. */
export function convolved(grey: Grey, kernel: Kernel): Grey {
  return { side: grey.side, values: grey.values.map((_, i) =>
    products(grey, kernel, Math.floor(i / grey.side), i % grey.side).reduce((sum, each) => sum + each.product, 0)) }
}

/** Returns the greatest of each two by two pixels. */
export function pooled(grey: Grey): Grey {
  const side = grey.side / 2
  return { side, values: Array.from({ length: side * side }, (_, i) => Math.max(...window(grey, Math.floor(i / side), i % side))) }
}

/** Returns the four values that a pooled pixel comes from. */
export function window(grey: Grey, row: number, column: number): number[] {
  return [0, 1, 2, 3].map((i) => at(grey, 2 * row + Math.floor(i / 2), 2 * column + (i % 2)))
}

/** Returns probabilities that sum to 1: each e to the power of its value, by the sum of all. */
export function softmax(values: number[]): number[] {
  const greatest = Math.max(...values)
  const powers = values.map((value) => Math.exp(value - greatest))
  const sum = powers.reduce((a, b) => a + b, 0)
  return powers.map((power) => power / sum)
}
