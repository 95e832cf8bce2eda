import { describe, expect, it } from 'vitest'
import { formOf, importJob, proposedName, source, usualImport } from './form'

const form = { ...usualImport, name: 'pets', sources: [source('/photos/pets')] }

describe('An import as a form', () => {
  it('leaves out what is as usual', () => {
    expect(importJob(form)).toEqual({ kind: 'import', name: 'pets', sources: ['/photos/pets'], settings: {} })
  })
  it('says what was chosen', () => {
    const job = importJob({ ...form, test: 10, atMost: 500, task: 'segmentation', block: true })
    expect(job['settings']).toEqual({
      splits: { validationPercent: 25, testPercent: 10, asked: ['validation', 'test'], order: 'block' },
      truth: { kind: 'masks' }, maximumPerClass: 500,
    })
  })
  it('is refilled from a recorded one, with what the page does not show', () => {
    const recorded = {
      name: 'small', whole: true, sources: ['train=/a', '/b=c'],
      settings: { maximumPerClass: 'never', form: 'png', threads: 2, splits: { validationPercent: 20, testPercent: 0, givenValidation: 'as_test', asked: [], order: 'random' }, truth: { kind: 'masks', ignoredValues: [11] } },
    }
    const refilled = formOf(recorded, 'full')
    expect(refilled.sources).toEqual([{ role: 'train', path: '/a' }, { role: '', path: '/b=c' }])
    expect(refilled.atMost).toBeNull()
    expect(importJob(refilled)['settings']).toEqual({
      form: 'png', truth: { kind: 'masks', ignoredValues: [11] },
      splits: { givenValidation: 'as_test', validationPercent: 20, testPercent: 0, asked: ['validation', 'test'] },
    })
  })
  it('gets a name that is not taken', () => {
    expect(proposedName([source('/data/My pets!/')], ['My-pets'])).toBe('My-pets-2')
    expect(proposedName([source('/data/mnist.tar.gz')], [])).toBe('mnist')
  })
})
