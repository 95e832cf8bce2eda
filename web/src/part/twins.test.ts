import { describe, expect, it } from 'vitest'
import { orderTwins } from './orderTwins'
import { goOnTwin, quoted } from './twins'

describe('The twins of a training', () => {
  const short = { kind: 'train', data: 'digits', network: 'lenet', settings: { course: { epochs: 5 }, pictures: { batchSize: 32 }, seed: 1 } }
  it('are a command line with the words of fovea train where these say all', () => {
    expect(orderTwins(short).cli).toBe('fovea train --data digits --network lenet --epochs 5 --batch-size 32 --seed 1')
  })
  it('are a file where they do not', () => {
    expect(orderTwins({ kind: 'hybrid', data: 'digits', engineSize: '74KB' }).cli).toBe(
      "cat > job.yaml <<'END'\nkind: hybrid\ndata: digits\nengineSize: 74KB\nEND\nfovea job run job.yaml")
  })
  it('are a request with the same job', () => {
    expect(orderTwins(short).rest).toContain(JSON.stringify(short))
  })
  it('are Java with the same job', () => {
    expect(orderTwins(short).java).toContain('settings: {"course":{"epochs":5},"pictures":{"batchSize":32},"seed":1}')
  })
  it('name a run', () => {
    expect(goOnTwin('digits-lenet-1').cli).toBe('fovea job run digits-lenet-1')
  })
})

describe('A word for a shell', () => {
  it('is left alone where it is plain', () => expect(quoted('digits-1')).toBe('digits-1'))
  it('is quoted where it is not', () => expect(quoted(`it's`)).toBe(`'it'\\''s'`))
})
