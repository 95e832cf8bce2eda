import { describe, expect, it } from 'vitest'
import { atRate, fresh, isSeveral, jobOf, orderOf, type Order } from './order'

const words = { 'step.learningRate': 'learning_rate', 'pictures.batchSize': 'batch_size', 'loss.crossEntropy.smoothing': 'label_smoothing' }
const order = (change: Partial<Order>): Order => ({ ...fresh('digits'), start: { from: 'network', network: 'lenet' }, ...change })

describe('An order becomes a job', () => {
  it('that says what was chosen and nothing else', () => {
    expect(jobOf(order({}), words)).toEqual({ kind: 'train', data: 'digits', network: 'lenet' })
  })
  it('with settings in their groups', () => {
    const settings = { 'course.epochs': 3, 'pictures.augmentation.horizontalFlip': 0.5, 'pictures.batchSize': 32 }
    expect(jobOf(order({ settings }), words)['settings']).toEqual({
      course: { epochs: 3 }, pictures: { augmentation: { horizontalFlip: 0.5 }, batchSize: 32 },
    })
  })
  it('that is a sweep where a field holds a list', () => {
    expect(jobOf(order({ settings: { 'step.learningRate': '0.1, 0.01', 'course.epochs': 2 }, halving: true }), words)).toEqual({
      kind: 'tune', training: { data: 'digits', network: 'lenet', settings: { course: { epochs: 2 } } },
      tried: { learning_rate: '0.1,0.01' }, halving: true,
    })
  })
  it('that is a sweep of what belongs to one kind of several, too', () => {
    const settings = { loss: { kind: 'crossEntropy', smoothing: '0, 0.1', classWeights: { kind: 'none' } } }
    expect(jobOf(order({ settings, name: 'smooth' }), words)).toEqual({
      kind: 'tune', tried: { label_smoothing: '0,0.1' },
      training: { data: 'digits', name: 'smooth', network: 'lenet', settings: { loss: { kind: 'crossEntropy', classWeights: { kind: 'none' } } } },
    })
  })
  it('that keeps a list where nothing is tried, so that it is refused and not dropped', () => {
    const settings = { 'step.learningRate': '0.1, 0.01', seed: '1, 2, 3' }
    expect(jobOf(order({ kind: 'folds', settings }), words)['training']).toMatchObject({ settings: { step: { learningRate: '0.1, 0.01' }, seed: '1, 2, 3' } })
    expect(jobOf(order({ settings: { seed: '1, 2, 3' } }), words)).toMatchObject({ kind: 'train', settings: { seed: '1, 2, 3' } })
  })
  it('on pretrained weights with their head', () => {
    const start = { from: 'pretrained', weights: 'resnet18-imagenet', transfer: 'features', head: 'knn:5', copies: 2, newHead: true } as const
    expect(jobOf(order({ start }), words)).toEqual({
      kind: 'train', data: 'digits', pretrained: 'resnet18-imagenet', transfer: 'features', head: 'knn:5', copies: 2,
    })
  })
  it('from a checkpoint', () => {
    expect(jobOf(order({ start: { from: 'checkpoint', checkpoint: 'digits-lenet-1/best' } }), words)['from']).toBe('digits-lenet-1/best')
  })
  it('of folds, without a name, as no model comes out', () => {
    expect(jobOf(order({ kind: 'folds', folds: 3, name: 'x' }), words)).toEqual({
      kind: 'folds', folds: 3, training: { data: 'digits', network: 'lenet' },
    })
  })
  it('of a hybrid, with what was said of it', () => {
    expect(jobOf(order({ kind: 'hybrid', hybrid: { generations: 3, engineSize: '' } }), words)).toEqual({ kind: 'hybrid', data: 'digits', generations: 3 })
  })
})

describe('A job becomes an order again', () => {
  for (const each of [
    order({ settings: { 'course.epochs': 3, 'pictures.augmentation.shift': 0.1, 'step.optimizer': { kind: 'adam', beta1: 0.9 } } }),
    order({ settings: { 'step.learningRate': '0.1,0.01' }, random: 4, name: 'rates' }),
    order({ settings: { loss: { kind: 'crossEntropy', smoothing: '0,0.1' } } }),
    order({ kind: 'folds', folds: 3 }),
    order({ kind: 'hybrid', start: { from: 'network', network: '' }, hybrid: { mode: 'joint' } }),
    order({ start: { from: 'checkpoint', checkpoint: 'digits-lenet-1/best' } }),
  ])
    it(`of kind ${jobOf(each, words).kind}`, () => expect(jobOf(orderOf(jobOf(each, words), words), words)).toEqual(jobOf(each, words)))
  it('with settings at the top, as files may have them', () => {
    const found = orderOf({ kind: 'train', data: 'digits', settings: { epochs: 3, batchSize: 8, seed: 7 } }, words)
    expect(found.settings).toEqual({ 'course.epochs': 3, 'pictures.batchSize': 8 })
  })
  it('that trains at the rate that a search of it suggested', () => {
    const searched = orderOf({ kind: 'learningRate', training: { kind: 'train', data: 'digits', network: 'lenet' } }, words)
    expect(jobOf(atRate(searched, '0.0038'), words)).toEqual({ kind: 'train', data: 'digits', network: 'lenet', settings: { step: { learningRate: 0.0038 } } })
    expect(atRate(searched, undefined)).toBe(searched)
  })
})

describe('A list', () => {
  it('has commas, or is a range', () => {
    expect([isSeveral('0.1,0.2'), isSeveral('0.1..1'), isSeveral('0.1'), isSeveral(0.1)]).toEqual([true, true, false, false])
  })
})
