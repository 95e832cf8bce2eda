import { describe, expect, it } from 'vitest'
import type { PredictionServer } from '../api/types'
import { between, ended, followed, NOTHING, quantile, time } from './reading'

const histogram = (...counts: number[]) => ({ bounds: [0.1, 0.2, 0.4], counts, sum: 0 })
const reading = (seconds: number, answered: number, full: number, counts: number[], address = 'a'): PredictionServer => ({
  address, seconds, models: [], splits: [], shadows: [],
  requests: [
    { transport: 'http', protocol: 'picture', outcome: '200', count: answered }, { transport: 'http', protocol: 'picture', outcome: '429', count: full },
    { transport: 'http', protocol: 'state', outcome: '200', count: seconds },
  ],
  latencies: [{ transport: 'http', protocol: 'picture', seconds: histogram(...counts) }, { transport: 'http', protocol: 'state', seconds: histogram(99, 0, 0, 0) }],
})

describe('A quantile of a histogram', () => {
  it('lies evenly within its range', () => {
    expect(quantile(histogram(0, 10, 0, 0), 0.5)).toBeCloseTo(0.15)
    expect(quantile(histogram(5, 0, 5, 0), 0.9)).toBeCloseTo(0.36)
  })
  it('above all bounds is the last one', () => expect(quantile(histogram(0, 0, 0, 3), 0.5)).toBe(0.4))
  it('of nothing is none', () => expect(quantile(histogram(0, 0, 0, 0), 0.5)).toBeNull())
})

describe('What happened between two readings', () => {
  it('leaves out what only asks how the server is', () => {
    expect(between(reading(10, 5, 1, [5, 1, 0, 0]), reading(12, 25, 4, [5, 21, 3, 0]))).toEqual({ seconds: 2, requests: 23, refused: 3, latency: { bounds: [0.1, 0.2, 0.4], counts: [0, 20, 3, 0], sum: 0 } })
  })
  it('is not known of a server that was started again, or of another', () => {
    expect(between(reading(10, 5, 0, [5, 0, 0, 0]), reading(12, 1, 0, [1, 0, 0, 0]))).toBeNull()
    expect(between(reading(10, 5, 0, [5, 0, 0, 0], 'b'), reading(12, 6, 0, [6, 0, 0, 0]))).toBeNull()
  })
})

describe('The course of a server', () => {
  it('has a value for each reading but the first', () => {
    const course = [reading(0, 0, 0, [0, 0, 0, 0]), reading(2, 20, 0, [0, 20, 0, 0]), reading(4, 20, 0, [0, 20, 0, 0])].reduce(followed, NOTHING)
    expect(course.rate).toEqual([10, 0])
    expect(course.p50[0]).toBeCloseTo(0.15)
    expect(course.p50[1]).toBeNull()
  })
})

describe('Words', () => {
  it('say how requests ended', () => {
    expect(ended({ transport: 'http', outcome: '429' })).toBe('no place was free')
    expect(ended({ transport: 'grpc', outcome: 'OK' })).toBe('answered')
    expect(ended({ transport: 'http', outcome: '418' })).toBe('not answered')
  })
  it('tell times', () => expect([null, 0.00034, 0.0123, 0.25, 2, 10].map(time)).toEqual(['–', '0.34 ms', '12.3 ms', '250 ms', '2.00 s', 'over 10 s']))
})
