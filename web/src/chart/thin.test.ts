import { describe, expect, it } from 'vitest'
import { aligned, thin } from './thin'

const line = (count: number) => ({ x: Array.from({ length: count }, (_, i) => i), y: Array.from({ length: count }, (_, i) => Math.sin(i / 50)) as (number | null)[] })

describe('A thinned curve', () => {
  it('is the same where it has few points', () => {
    const curve = line(100)
    expect(thin(curve, 0, 99, 200, null)).toBe(curve)
  })
  it('has few points where it had many', () => {
    expect(thin(line(100_000), 0, 99_999, 600, null).x.length).toBeLessThanOrEqual(2_400)
  })
  it('keeps the single best point among 100,000, seen whole', () => {
    const curve = line(100_000)
    curve.y[54_321] = 7
    curve.y[12_345] = -7
    const thinned = thin(curve, 0, 99_999, 600, null)
    expect(thinned.y[thinned.x.indexOf(54_321)]).toBe(7)
    expect(thinned.y[thinned.x.indexOf(12_345)]).toBe(-7)
  })
  it('keeps the point that is asked for', () => {
    expect(thin(line(100_000), 0, 99_999, 600, 77_777).x).toContain(77_777)
  })
  it('has every point again where it is zoomed in', () => {
    expect(thin(line(100_000), 500, 600, 600, null).x).toEqual(Array.from({ length: 103 }, (_, i) => 499 + i))
  })
  it('has parts of one width on a logarithmic axis', () => {
    const x = thin({ x: line(100_000).x.map((each) => each + 1), y: line(100_000).y }, 1, 100_000, 100, null, Math.log).x
    expect(x.filter((each) => each <= 10).length).toBe(10)
  })
  it('keeps gaps', () => {
    const curve = line(10_000)
    curve.y[5_000] = null
    const thinned = thin(curve, 0, 9_999, 100, null)
    expect(thinned.y[thinned.x.indexOf(5_000)]).toBeNull()
  })
  it('keeps its x rising', () => {
    const x = thin(line(50_000), 0, 49_999, 300, 12).x
    expect(x.every((each, i) => i === 0 || each > x[i - 1]!)).toBe(true)
  })
})

describe('Curves beside each other', () => {
  it('share one rising x', () => {
    expect(aligned([{ x: [1, 3], y: [10, 30] }, { x: [2, 3], y: [20, null] }])).toEqual([[1, 2, 3], [10, undefined, 30], [undefined, 20, null]])
  })
  it('may be empty', () => expect(aligned([{ x: [], y: [] }])).toEqual([[], []]))
})
