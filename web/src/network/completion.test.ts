import { describe, expect, it } from 'vitest'
import type { LayerKind } from '../api/types'
import { offered } from './completion'

const kinds: LayerKind[] = [
  { kind: 'convolution', meaning: 'Slides windows.', settings: [
    { key: 'outputs', type: 'whole number', defaultValue: '', meaning: 'maps' }, { key: 'stride', type: 'whole number', defaultValue: '1', meaning: 'steps' }] },
  { kind: 'relu', meaning: 'max(0, x).', settings: [] },
]
const words = (text: string) => offered(text, kinds)?.words.map((each) => each.word)

describe('What may stand here', () => {
  it('is a kind of layer after a dash', () => expect(words('layers:\n  - con')).toEqual(['convolution', 'relu']))
  it('is written with what must be given', () => expect(offered('layers:\n  - ', kinds)!.words[0]!.apply).toBe('convolution: {outputs: }'))
  it('is a key of the layer within its braces', () => expect(words('layers:\n  - convolution: {outputs: 3, s')).toEqual(['outputs', 'stride', 'name', 'inputs']))
  it('is a key of the layer in a block', () => expect(words('layers:\n  - convolution:\n      st')).toEqual(['outputs', 'stride', 'name', 'inputs']))
  it('is a part of the file at the beginning of a line', () => expect(words('name: x\nla')).toEqual(['name', 'input', 'layers', 'auxiliaries']))
  it('is nothing in the middle of a value', () => expect(words('layers:\n  - convolution: {outputs: 3')).toBeUndefined())
})
