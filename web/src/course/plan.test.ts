import { describe, expect, it } from 'vitest'
import type { Job } from '../api/types'
import { bringing, bringJob, learning, modelStanding, setStanding } from './plan'
import { bringTwin, learnTwin } from './twins'

const whole = { digits: 'mnist', pace: 'whole' } as const
const job = (name: string, state: Job['state'], position?: number): Job =>
  ({ job: name, kind: 'train', state, events: 0, ...(position === undefined ? {} : { position }) })

describe('A step of the course', () => {
  const small = learning(whole, 'small')
  it('is open where nothing is there', () => expect(modelStanding(small, [], []).state).toBe('open'))
  it('is done once the model is there, whoever made it', () =>
    expect(modelStanding(small, [{ name: 'mnist-small' }], []).state).toBe('done'))
  it('works while its job runs or waits, though a model of before is there', () => {
    expect(modelStanding(small, [{ name: 'mnist-small' }], [job('mnist-small-2', 'running')]).state).toBe('working')
    expect(modelStanding(small, [], [job('mnist-small-2', 'queued', 3)]).state).toBe('working')
  })
  it('is troubled by a job that failed or was stopped', () =>
    expect(modelStanding(small, [], [job('mnist-small-1', 'stopped')]).state).toBe('troubled'))
  it('is not taken for another whose name begins alike', () =>
    expect(modelStanding(learning(whole, 'small'), [], [job('mnist-small-again-1', 'running')]).state).toBe('open'))
  it('is not done by a dataset that cannot be read', () =>
    expect(setStanding(bringing(whole, 'full'), [{ name: 'mnist-full', problem: { what: '', where: '', do: '' } }], []).state).toBe('open'))
})

describe('The twins of a step', () => {
  it('bring in a set with the words of fovea data import', () => {
    expect(bringTwin(bringing(whole, 'small')).cli).toBe('fovea data import mnist-small collection:mnist --max-per-class 600')
    expect(bringTwin(bringing(whole, 'inverted')).cli).toBe('fovea data import mnist-inverted collection:mnist-inverted')
    expect(bringJob(bringing(whole, 'full'))).toEqual({ kind: 'import', name: 'mnist-full', sources: ['collection:mnist'] })
  })
  it('train with the words of fovea train', () =>
    expect(learnTwin(learning(whole, 'changed')).cli).toBe(
      'fovea train --data mnist-inverted --network lenet-relu --name mnist-changed --epochs 5 --seed 1 --shift 0.1 --rotation 10 --scale 0.8 1.2 --brightness 0.2 --contrast 0.5'))
  it('train with the same settings in Java', () =>
    expect(learnTwin(learning(whole, 'changed')).java).toContain('.set("augmentation", Map.of("shift", 0.1, "rotation", 10'))
})
