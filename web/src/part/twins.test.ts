import { describe, expect, it } from 'vitest'
import { goOnTwin, quoted, trainJob, trainTwin } from './twins'

const settings = {
  epochs: 5, batchSize: 32, optimizer: { name: 'adam', setting: { kind: 'adam', beta1: 0.9 } }, learningRate: 0.001,
  schedule: { name: 'multi_step', setting: { kind: 'multiStep', milestones: [0.5, 0.85], gamma: 0.1 } }, seed: 1,
}

describe('The twins of a training', () => {
  it('are a command line with the words of fovea train', () => {
    expect(trainTwin('digits', 'lenet', '', settings).cli).toBe(
      'fovea train --data digits --network lenet --epochs 5 --batch-size 32 --optimizer adam --learning-rate 0.001'
      + ' --schedule multi_step --seed 1')
  })
  it('are a request with the same job', () => {
    expect(trainTwin('digits', 'lenet', 'mine', settings).rest).toContain(JSON.stringify(trainJob('digits', 'lenet', 'mine', settings)))
  })
  it('are Java that compiles in the mind', () => {
    expect(trainTwin('digits', 'lenet', '', settings).java).toContain('.set("schedule", Map.of("kind", "multiStep", "milestones", List.of(0.5, 0.85), "gamma", 0.1))')
  })
  it('name a run', () => {
    expect(goOnTwin('digits-lenet-1').cli).toBe('fovea job run digits-lenet-1')
  })
})

describe('A word for a shell', () => {
  it('is left alone where it is plain', () => expect(quoted('digits-1')).toBe('digits-1'))
  it('is quoted where it is not', () => expect(quoted(`it's`)).toBe(`'it'\\''s'`))
})
