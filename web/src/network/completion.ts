import type { LayerKind } from '../api/types'

/** What may stand at a place: from where on it replaces what is written, and the words. */
export type Offer = { from: number; words: { word: string; detail: string; info: string; apply: string }[] }

const top = ['name', 'input', 'layers', 'auxiliaries']

/** Returns what may stand at the end of the text before the cursor: kinds of layers, or the keys of one; null for nothing. */
export function offered(before: string, kinds: LayerKind[]): Offer | null {
  const lines = before.split('\n')
  const line = lines.at(-1)!
  const start = before.length - line.length
  const kind = /^(\s*-\s*)([a-z0-9-]*)$/.exec(line)
  if (kind) return { from: start + kind[1]!.length, words: kinds.map((each) => ({ word: each.kind, detail: each.settings.map((setting) => setting.key).join(', '), info: each.meaning, apply: applied(each) })) }
  const key = /([A-Za-z]*)$/.exec(line)![1]!
  const owner = layer(lines)
  const named = owner && kinds.find((each) => each.kind === owner)
  const isPlace = /[{,]\s*[A-Za-z]*$/.test(line) || /^\s*[A-Za-z]*$/.test(line)
  if (named && isPlace && !/^[A-Za-z]*$/.test(line)) {
    const settings = [...named.settings, { key: 'name', type: 'a word', defaultValue: '-', meaning: 'what its weights are named after' }, { key: 'inputs', type: 'a list of layers', defaultValue: '-', meaning: 'the layers that it reads, instead of the one before it' }]
    return { from: before.length - key.length, words: settings.map((each) => ({ word: each.key, detail: each.defaultValue === '' ? 'must be given' : '', info: `${each.meaning} (${each.type})`, apply: `${each.key}: ` })) }
  }
  if (/^[a-z]*$/.test(line)) return { from: start, words: top.map((word) => ({ word, detail: '', info: '', apply: `${word}: ` })) }
  return null
}

/** The kind of the layer that the last line belongs to. */
function layer(lines: string[]): string | null {
  for (let i = lines.length - 1; i >= 0; i--) {
    const found = /^\s*-\s*([a-z0-9-]+):/.exec(lines[i]!)
    if (found) return found[1]!
    if (i < lines.length - 1 && /^\S/.test(lines[i]!)) return null
  }
  return null
}

const applied = (kind: LayerKind) => {
  const must = kind.settings.filter((setting) => setting.defaultValue === '').map((setting) => `${setting.key}: `)
  return must.length === 0 ? kind.kind : `${kind.kind}: {${must.join(', ')}}`
}
