import { describe, expect, it } from 'vitest'
import { distance, fitted, loss, points, slope } from './fit'
import { convolved, kernels, pooled, products, softmax } from './kernels'

describe('Convolution', () => {
  const grey = { side: 3, values: [0, 0, 0, 0, 1, 1, 0, 1, 2] }
  it('multiplies each pixel by the weight over it', () =>
    expect(products({ side: 3, values: [0, 1, 0, 1, 2, 2, 0, 2, 0] }, kernels.edges, 1, 1).map((each) => each.product)).toEqual([0, 1, 0, 1, -8, 2, 0, 2, 0]))
  it('leaves a picture alone whose kernel is a lone 1', () => expect(convolved(grey, kernels.nothing)).toEqual(grey))
  it('counts what lies outside as 0', () => expect(convolved(grey, kernels['soft focus']).values[0]).toBe(1))
})
describe('Max pooling', () => {
  it('takes the greatest of each two by two', () =>
    expect(pooled({ side: 4, values: [1, 2, 0, 0, 3, 4, 0, 9, 0, 0, 5, 5, 7, 0, 5, 5] }).values).toEqual([4, 9, 7, 5]))
})
describe('Softmax', () => {
  it('shares evenly what is equal', () => expect(softmax([3, 3])).toEqual([0.5, 0.5]))
  it('triples the odds where the difference is ln 3', () => expect(softmax([Math.log(3), 0])[0]).toBeCloseTo(0.75, 12))
  it('bears large values', () => expect(softmax([1000, 0])).toEqual([1, 0]))
})
describe('A fit by squares', () => {
  const line = [-1, 0, 1].map((x) => ({ x, y: 2 + 3 * x }))
  it('finds a line through points on it', () => expect(fitted(line, 1)(0.5)).toBeCloseTo(3.5, 6))
  it('comes nearer to what it learns with every degree', () => {
    const learned = points(10, 1)
    const errors = [1, 3, 5, 9].map((degree) => distance(fitted(learned, degree), learned))
    expect([...errors].sort((a, b) => b - a)).toEqual(errors)
  })
})
describe('The slope of the loss', () => {
  it('is that of its curve', () => expect((loss(1.001) - loss(0.999)) / 0.002).toBeCloseTo(slope(1), 5))
})
