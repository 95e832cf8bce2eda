import { describe, expect, test } from 'vitest'
import type { Job } from '../api/types'
import { heading, inLanes, moved, waitsWords } from './queue'

const job = (name: string, more: Partial<Job>): Job => ({ job: name, kind: 'train', state: 'queued', events: 0, ...more })

describe('the queue', () => {
  const first = job('digits-lenet-1', { state: 'running', lane: 'learning' })
  const second = job('digits-lenet-2', { lane: 'learning', position: 2 })
  const third = job('digits-lenet-3', { lane: 'learning', position: 1 })
  const asks = job('evaluate-a-digits-1', { kind: 'evaluate', state: 'running', lane: 'answering' })

  test('holds what learns beside what answers, each in its own order', () =>
    expect(inLanes([second, asks, first, third])).toEqual([
      { lane: 'learning', running: [first], waiting: [third, second] },
      { lane: 'answering', running: [asks], waiting: [] },
    ]))

  test('shows what a terminal does apart', () =>
    expect(inLanes([job('x-1', { state: 'running' })]).map((each) => heading(each.lane))).toEqual(['Begun elsewhere']))

  test('leaves out what is over or was never begun', () =>
    expect(inLanes([job('x-1', { state: 'done' }), job('x-2', {})])).toEqual([]))

  test('moves one of a lane', () => expect(moved([third, second], 0, 1)).toEqual(['digits-lenet-2', 'digits-lenet-3']))

  test('says what a job waits for', () => {
    expect(waitsWords(third)).toBe('waits, next to learn')
    expect(waitsWords(job('x', { lane: 'importing', position: 3 }))).toBe('waits, number 3 to import')
    expect(waitsWords(job('x', { lane: 'learning', position: 1, waitsFor: ['import-pets-1'] }))).toBe('waits for import-pets-1')
    expect(waitsWords(job('x', { lane: 'answering', position: 0 }))).toBe('starting')
    expect(waitsWords(job('x', {}))).toBe('not begun')
  })
})
