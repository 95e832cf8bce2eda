import { describe, expect, it } from 'vitest'
import { logTicks, ticks } from './scale'

describe('Ticks of an axis', () => {
  it('are round numbers within it', () => {
    expect(ticks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
    expect(ticks(0.951, 0.989, 4)).toEqual([0.96, 0.97, 0.98])
  })
  it('are one where all is equal', () => expect(ticks(3, 3, 5)).toEqual([3]))
  it('of a logarithm are 1, 2 and 5', () => expect(logTicks(0.03, 2)).toEqual([0.05, 0.1, 0.2, 0.5, 1, 2]))
})
