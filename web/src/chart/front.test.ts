import { describe, expect, it } from 'vitest'
import { front } from './front'

describe('The front of a trade-off', () => {
  const all = [{ cost: 4, value: 0.9 }, { cost: 1, value: 0.5 }, { cost: 2, value: 0.4 }, { cost: 2, value: 0.7 }]
  it('leads along those that no other beats, by rising cost', () => expect(front(all, 'higher')).toEqual([1, 3, 0]))
  it('turns round where lower is better', () => expect(front(all, 'lower')).toEqual([1, 2]))
  it('has the first of two that are alike', () => expect(front([{ cost: 1, value: 1 }, { cost: 1, value: 1 }], 'higher')).toEqual([0]))
})
