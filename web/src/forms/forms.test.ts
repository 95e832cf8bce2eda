import { describe, expect, it } from 'vitest'
import type { DatasetSummary, Model } from '../api/types'
import { orderTwins } from '../part/orderTwins'
import { type Choice, exportJob, fitted, fitting, noInside, noOpset, noPrecision } from './forms'

const model = { name: 'pets', data: 'pets', settings: {}, input: { height: 32, width: 32, colorMode: 'color', resizeMode: 'crop' } } as unknown as Model
const whole = { ...model, settings: { precision: 'int8' } } as Model
const usual: Choice = { form: 'onnx', precision: 'fp32', calibrate: 'pets', inside: false, opset: null, coordinates: '' }

describe('The job of an export', () => {
  it('is a word where nothing is chosen', () => expect(exportJob('pets', usual)).toEqual({ kind: 'exportModel', model: 'pets', format: 'onnx' }))
  it('holds what is chosen of the form', () => {
    expect(exportJob('pets', { ...usual, precision: 'fp16', opset: 13 })).toEqual({ kind: 'exportModel', model: 'pets', format: { kind: 'onnx', precision: 'fp16', opset: 13 } })
  })
  it('calibrates in the place of a precision', () => {
    expect(exportJob('pets', { ...usual, form: 'tflite', precision: 'int8' })).toEqual({ kind: 'exportModel', model: 'pets', format: 'tflite', int8: true, calibrate: 'pets' })
  })
})

describe('What does not fit together', () => {
  it('are halves of what has no halves', () => {
    expect(noPrecision('bundle', 'fp16', model, 1)).toContain('byte for byte')
    expect(noPrecision('onnx', 'fp16', whole, 1)).toContain('whole numbers already')
    expect(noPrecision('onnx', 'fp16', model, 1)).toBeNull()
  })
  it('are whole numbers without scales or pictures', () => {
    expect(noPrecision('npz', 'int8', model, 1)).toContain('scales')
    expect(noPrecision('onnx', 'int8', model, 0)).toContain('none here')
    expect(noPrecision('jar', 'int8', model, 1)).toBeNull()
  })
  it('are an old operator set and preparing pictures', () => {
    expect(noInside({ ...usual, opset: 13 })).toContain('newer')
    expect(noOpset({ ...usual, inside: true })).toContain('18')
    expect(noOpset({ ...usual, form: 'jar' })).toContain('Only ONNX')
  })
  it('is taken back when another form is chosen', () => {
    expect(fitted({ ...usual, form: 'jar', precision: 'fp16', inside: true }, model, 1)).toEqual({ ...usual, form: 'jar' })
  })
})

describe('Datasets to calibrate by', () => {
  const set = (name: string, height: number) => ({ name, height, width: 32, colorMode: 'color' }) as DatasetSummary
  it('are prepared as the model takes pictures, the learned one first', () => {
    expect(fitting(model, [set('other', 32), set('large', 64), set('pets', 32)]).map((each) => each.name)).toEqual(['pets', 'other'])
  })
})

describe('The twins of an export', () => {
  const cli = (choice: Partial<Choice>) => orderTwins(exportJob('pets', { ...usual, ...choice })).cli
  it('are a command line', () => {
    expect(cli({})).toBe('fovea export pets --format onnx')
    expect(cli({ precision: 'fp16', opset: 13 })).toBe('fovea export pets --format onnx --precision fp16 --opset 13')
    expect(cli({ form: 'tflite', precision: 'int8' })).toBe('fovea export pets --format tflite --precision int8 --calibrate pets')
  })
  it('of what makes a model smaller too', () => {
    expect(orderTwins({ kind: 'int8', model: 'pets', data: 'pets' }).cli).toBe('fovea shrink int8 pets --data pets')
    expect(orderTwins({ kind: 'ladder', model: 'pets', data: 'pets', rungs: ['int8', 'pruned'], epochs: 3 }).cli).toBe('fovea shrink ladder pets --data pets --rungs int8,pruned --epochs 3')
  })
})
