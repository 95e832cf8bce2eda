import { describe, expect, it } from 'vitest'
import { asFound, faults, formOf, importJob, proposedName, source, usualImport } from './form'

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

describe('The numbers of an import', () => {
  const made = { height: 28, width: 28, colorMode: 'grey', resizeMode: 'squash', cropMargin: 0 } as const
  it('are right as they usually are', () => expect(faults(form)).toEqual({}))
  it('are said where they are out of range, never dropped', () => {
    expect(faults({ ...form, preparation: { ...made, height: -5, width: 99999 } })).toEqual({
      height: 'A whole number from 1 to 8192, not -5.', width: 'A whole number from 1 to 8192, not 99999.',
    })
    expect(importJob({ ...form, preparation: { ...made, height: -5 } })['settings']).toMatchObject({ preparation: { height: -5 } })
  })
  it('leave something to train on', () => {
    expect(faults({ ...form, validation: 99, test: 95 })).toEqual({ validation: 'Something must be left to train on.' })
    expect(faults({ ...form, validation: 50, test: 49 })).toEqual({})
  })
  it('are numbers', () => expect(Object.keys(faults({ ...form, seed: '1, 2', atMost: 'all', atLeast: 0 }))).toEqual(['atLeast', 'atMost', 'seed']))
})

describe('What a look found', () => {
  const nothing = { task: 'classification', usedLists: [] as string[] } as const
  const small = { height: 32, width: 32, colorMode: 'color', resizeMode: 'squash', cropMargin: 0 } as const
  it('is said to the import where nothing was chosen', () => {
    const found = asFound(form, { ...nothing, task: 'regression', proposed: small, usedLists: ['train=/photos/pets/train.csv', 'pictures=/photos/pets/img'] })
    expect(importJob(found)).toEqual({
      kind: 'import', name: 'pets', sources: ['train=/photos/pets/train.csv', 'pictures=/photos/pets/img'], settings: { preparation: small, truth: { kind: 'numbers' } },
    })
  })
  it('gives way to what was chosen', () => {
    const chosen = { ...form, task: 'classification', preparation: { ...small, height: 64 } } as const
    expect(asFound(chosen, { ...nothing, task: 'regression', proposed: small })).toEqual(chosen)
  })
  it('changes nothing where nothing was tried', () => expect(asFound(form, { ...nothing, usedLists: [] })).toEqual(form))
})
