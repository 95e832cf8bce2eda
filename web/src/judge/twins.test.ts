import { describe, expect, it } from 'vitest'
import { compareTwin, evaluateTwin } from './twins'

describe('the twins of judging a model', () => {
  it('name model, dataset and part at every door', () => {
    const twin = evaluateTwin('digits-lenet', 'digits', 'test')
    expect(twin.cli).toBe('fovea evaluate digits-lenet --data digits --split test')
    expect(twin.rest).toContain(`-d '{"kind":"evaluate","model":"digits-lenet","data":"digits","split":"test"}'`)
    expect(twin.java).toContain('Optional.of("test")')
  })

  it('leave the part out where it is not chosen', () => {
    expect(evaluateTwin('m', 'd', '').cli).toBe('fovea evaluate m --data d')
    expect(evaluateTwin('m', 'd', '').java).toContain('Job.Evaluate.of("m", "d")')
  })

  it('compare by the names of jobs', () => {
    expect(compareTwin(['a-1', 'b-1']).rest).toContain('compare?job=a-1&job=b-1')
  })
})
