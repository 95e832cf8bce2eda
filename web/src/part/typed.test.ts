import { describe, expect, it } from 'vitest'
import { fault, shown, typed, written } from './typed'

describe('What is typed into a field for a number', () => {
  it('is a number where it is one, and its text where it is none', () => {
    expect(['5', ' -5 ', '1e-3', '.5', '2.', '', ' ', 'abc', '10, 20', '0x10', '1e999', '--1', '12345678901234567890'].map(typed))
      .toEqual([5, -5, 0.001, 0.5, 2, undefined, undefined, 'abc', '10, 20', '0x10', '1e999', '--1', '12345678901234567890'])
  })
  it('stays as it is typed: an empty field stays empty, and is as usual only when it is left', () => {
    expect([shown('', undefined, 30), shown('', 30, 30), shown(null, undefined, 30), shown('5', 5, 30), shown('0.', 0, 30)]).toEqual(['', '', '30', '5', '0.'])
  })
  it('gives way to a value that comes from elsewhere', () => {
    expect([shown('5', 0.001, 30), shown('5', undefined, 30)]).toEqual(['0.001', '30'])
  })
  it('is written without digits that nobody meant', () => expect([written(0.1 + 0.2), written(1e-10), written('1, 2')]).toEqual(['0.3', '1e-10', '1, 2']))
  it('is wrong out of its bounds, where it has several values, and in parts where wholes are meant', () => {
    const side = { least: 1, most: 8192 }
    expect([fault(1, side), fault(8192, side), fault(undefined, side)]).toEqual([undefined, undefined, undefined])
    expect(fault(-5, side)).toBe('A whole number from 1 to 8192, not -5.')
    expect(fault(1.5, side)).toBe('A whole number from 1 to 8192, not 1.5.')
    expect(fault('1, 2', { least: 0 })).toBe('A whole number from 0, not 1, 2.')
    expect(fault(99.5, { least: 0, most: 99, whole: false })).toBe('A number from 0 to 99, not 99.5.')
  })
})
