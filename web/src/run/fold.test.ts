import { describe, expect, it } from 'vitest'
import type { RunEvent } from './event'
import { fold, nothing } from './fold'
import { smooth } from './smooth'
import { untold } from './untold'

let number = 0
const told = (event: object): RunEvent => ({ number: ++number, at: '2026-01-01T00:00:00Z', ...event }) as RunEvent
const started = (firstStep = 0) => told({ event: 'runStarted', network: 'lenet', parameters: 431080, trainedParameters: 431080,
  trainPictures: 640, validationPictures: 64, epochs: 2, stepsPerEpoch: 10, seed: 1, engine: 'vector', firstStep })
const accuracy = (value: number | 'NaN') => [{ name: 'accuracy', value, unit: 'SHARE', better: 'HIGHER' }]
const step = (n: number, loss: number | 'NaN') => told({ event: 'stepFinished', epoch: n > 10 ? 2 : 1, step: n, loss,
  measures: accuracy(0.5), learningRate: 0.01, imagesPerSecond: 1000 })
const epoch = (n: number, best: boolean) => told({ event: 'epochFinished', epoch: n, step: n * 10, trainLoss: 1, train: accuracy(0.5),
  validationLoss: 0.5 / n, validation: accuracy(0.8 + n / 100), learningRate: 0.01, imagesPerSecond: 1000, best })

describe('The fold of events', () => {
  it('draws the curves of a run', () => {
    const run = fold(nothing, [started(), step(5, 2), step(10, 1), epoch(1, true)])
    expect(run.loss.train).toEqual({ x: [5, 10], y: [2, 1] })
    expect(run.loss.validation).toEqual({ x: [10], y: [0.5] })
    expect(run.measures[0]!.validation.y[0]).toBeCloseTo(0.81)
    expect(run.progress).toBe(0.5)
    expect(run.stage).toBe('epoch 1 of 2')
    expect(run.bestEpoch).toBe(1)
  })

  it('is the same for one batch and for single events', () => {
    const events = [started(), step(5, 2), epoch(1, true), step(15, 1), epoch(2, false)]
    const single = events.reduce((state, event) => fold(state, [event]), nothing)
    expect(single).toEqual(fold(nothing, events))
  })

  it('counts no event twice', () => {
    const events = [started(), step(5, 2)]
    expect(fold(fold(nothing, events), events).loss.train.x).toEqual([5])
  })

  it('leaves the state before as it was', () => {
    const before = fold(nothing, [started(), step(5, 2)])
    fold(before, [step(6, 1)])
    expect(before.loss.train.x).toEqual([5])
  })

  it('lets the later telling count after a run was killed', () => {
    const killed = fold(nothing, [started(), step(5, 2), step(10, 1), epoch(1, true), step(15, 0.9), step(20, 0.8), epoch(2, true)])
    const again = fold(killed, [started(10), step(15, 0.7)])
    expect(again.loss.train).toEqual({ x: [5, 10, 15], y: [2, 1, 0.7] })
    expect(again.loss.validation.x).toEqual([10])
    expect(again.step).toBe(15)
  })

  it('shows a gap where nothing could be measured', () => {
    expect(fold(nothing, [started(), step(5, 'NaN')]).loss.train.y).toEqual([null])
  })

  it('passes over events of a later version', () => {
    expect(fold(nothing, [told({ event: 'somethingNew' })]).last).toBe(number)
  })

  it('holds validation apart where a run has none', () => {
    const run = fold(nothing, [started(), told({ event: 'epochFinished', epoch: 1, step: 10, trainLoss: 1, train: accuracy(0.5),
      validationLoss: null, validation: [], learningRate: 0.01, imagesPerSecond: 1000, best: false })])
    expect(run.loss.validation.x).toEqual([])
  })
})

describe('The fold of a run of an earlier version', () => {
  // as the server tells the lines of logs that had one accuracy and nothing else: WorkbenchTest
  const old = [
    { event: 'runStarted', network: 'lenet', parameters: 431080, trainedParameters: 0, trainPictures: 640, validationPictures: 64, epochs: 2, stepsPerEpoch: 10, seed: 1, engine: 'vector', firstStep: 0 },
    { event: 'stepFinished', epoch: 1, step: 10, loss: 1, measures: accuracy(0.6), learningRate: 0.01, imagesPerSecond: 900 },
    { event: 'epochFinished', epoch: 1, step: 10, trainLoss: 1, train: accuracy(0.6), validationLoss: 0.9, validation: accuracy(0.7), learningRate: 0.01, imagesPerSecond: 900, best: true },
    { event: 'runFinished', outcome: 'COMPLETED', epochs: 2, steps: 20, seconds: 3, imagesPerSecond: 900 },
  ].map(told)
  it('draws the same curves', () => {
    const run = fold(nothing, old)
    expect(run.measures[0]).toMatchObject({ name: 'accuracy', train: { x: [10], y: [0.6] }, validation: { x: [10], y: [0.7] } })
    expect(run.loss.validation).toEqual({ x: [10], y: [0.9] })
    expect(run.bestEpoch).toBe(1)
    expect(run.seconds).toBe(3)
  })
  it('says what is not there', () => {
    expect(untold(fold(nothing, old))).toEqual(['what the network said of validation pictures, epoch by epoch', 'processors and memory'])
  })
  it('draws the loss even of a log that nobody completed', () => {
    const bare = [old[0]!, ...[
      { event: 'stepFinished', epoch: 1, step: 10, loss: 1, accuracy: 0.6, learningRate: 0.01, imagesPerSecond: 900 },
      { event: 'epochFinished', epoch: 1, step: 10, trainLoss: 1, validationLoss: 0.9, validationAccuracy: 0.7, learningRate: 0.01, imagesPerSecond: 900, best: true },
    ].map(told)]
    const run = fold(nothing, bare)
    expect(run.loss.train.y).toEqual([1])
    expect(untold(run)[0]).toBe('measures beside the loss')
  })
  it('says nothing of what is no training', () => {
    expect(untold(fold(nothing, [told({ event: 'stageBegan', stage: 'judging' })]))).toEqual([])
  })
})

describe('The fold of a hybrid', () => {
  const evolved = (generation: number, accuracy?: number) => told({ event: 'evolved', generation, generations: 10, best: 1 / generation, mean: 2, validationAccuracy: accuracy, evaluations: 8 })
  const kernels = (generation: number) => told({ event: 'kernelsChanged', generation, shape: [1, 1, 1, 2], weights: [generation, 0] })
  it('draws its search', () => {
    const run = fold(nothing, [evolved(1), evolved(2, 0.5)])
    expect(run.evolution).toEqual({ best: { x: [1, 2], y: [1, 0.5] }, mean: { x: [1, 2], y: [2, 2] }, accuracy: { x: [2], y: [0.5] } })
    expect(run.progress).toBe(0.2)
  })
  it('keeps kernels as they change, and what was told again counts once', () => {
    const run = fold(nothing, [kernels(0), kernels(5), kernels(5)])
    expect(run.kernels.map((each) => each.generation)).toEqual([0, 5])
  })
})

describe('Smoothing', () => {
  it('leaves a constant as it is, from the first value on', () => {
    expect(smooth([3, 3, 3], 0.9)).toEqual([3, 3, 3])
  })
  it('weighs the past', () => {
    expect(smooth([0, 1], 0.5)[1]).toBeCloseTo(1 / 1.5)
  })
  it('keeps gaps', () => {
    expect(smooth([1, null, 1], 0.5)).toEqual([1, null, 1])
  })
})
