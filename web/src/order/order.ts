import type { JobOrder } from '../api/client'

/** What a person put together on the page "New run": what was chosen, and nothing else; all else is as usual. */
export type Order = {
  /** Training of one network or several, cross-validation, the search of a learning rate, or a hybrid. */
  kind: 'train' | 'folds' | 'learningRate' | 'hybrid'
  data: string
  start: Start
  name: string
  reconstruction: boolean
  /** Settings by their paths, such as "course.epochs". */
  settings: Record<string, unknown>
  folds: number | string
  random: number | string | null
  halving: boolean
  outputs: string[]
  weights: boolean
  hybrid: Record<string, unknown>
}

/** What the weights are before the first step. */
export type Start =
  | { from: 'network'; network: string }
  | { from: 'pretrained'; weights: string; transfer: string; head: string; copies: number | string | null; newHead: boolean }
  | { from: 'checkpoint'; checkpoint: string }

export const fresh = (data: string): Order => ({
  kind: 'train', data, start: { from: 'network', network: '' }, name: '', reconstruction: false, settings: {}, folds: 5, random: null,
  halving: false, outputs: [], weights: false, hybrid: {},
})

/** Whether a text in a field means several values to be tried: a list, or a range. */
export const isSeveral = (value: unknown): value is string => typeof value === 'string' && /,|\.\./.test(value)

/** Returns what was chosen at a path; a setting of one kind among several lies in what was chosen of them, with its kind. */
function chosen(settings: Record<string, unknown>, path: string): unknown {
  if (path in settings) return settings[path]
  const [name, kind, ...outer] = path.split('.').toReversed()
  const whole = settings[outer.toReversed().join('.')] as Record<string, unknown> | undefined
  return whole?.['kind'] === kind ? whole?.[name!] : undefined
}

/** Returns settings without that at a path. */
function without(settings: Record<string, unknown>, path: string): Record<string, unknown> {
  const rest = { ...settings }
  if (path in rest) {
    delete rest[path]
    return rest
  }
  const [name, , ...outer] = path.split('.').toReversed()
  const whole = { ...(rest[outer.toReversed().join('.')] as Record<string, unknown>) }
  delete whole[name!]
  return { ...rest, [outer.toReversed().join('.')]: whole }
}

/** Settings of which several values are tried, by the words of a sweep. Only a training tries; elsewhere a list is no value, and the server says so. */
export function tried(order: Order, words: Record<string, string>): Record<string, string> {
  const found: Record<string, string> = {}
  if (order.kind !== 'train') return found
  for (const [path, word] of Object.entries(words)) {
    const value = chosen(order.settings, path)
    if (isSeveral(value)) found[word] = value.split(',').map((each) => each.trim()).filter(Boolean).join(',')
  }
  return found
}

/** Returns the job; a list of values in a field makes a sweep. `words` are those of a sweep by the paths of settings. */
export function jobOf(order: Order, words: Record<string, string>): JobOrder {
  if (order.kind === 'hybrid') return { kind: 'hybrid', data: order.data, ...given({ name: order.name }), ...given(order.hybrid) }
  const several = tried(order, words)
  const paths = Object.keys(words).filter((path) => words[path]! in several)
  const training = {
    data: order.data,
    ...given({ name: order.kind === 'train' ? order.name : '' }),
    ...(order.reconstruction ? { task: 'reconstruction' } : {}),
    ...started(order.start),
    ...nested(paths.reduce(without, order.settings)),
    ...(order.outputs.length > 0 ? { outputs: order.outputs } : {}),
    ...(order.weights ? { weights: true } : {}),
  }
  if (order.kind === 'folds') return { kind: 'folds', folds: order.folds, training: { ...training } }
  if (order.kind === 'learningRate') return { kind: 'learningRate', training: { ...training } }
  if (Object.keys(several).length === 0) return { kind: 'train', ...training }
  return {
    kind: 'tune', training: { ...training }, tried: several,
    ...(order.random === null ? {} : { random: order.random }), ...(order.halving ? { halving: true } : {}),
  }
}

function started(start: Start): Record<string, unknown> {
  switch (start.from) {
    case 'network': return given({ network: start.network })
    case 'checkpoint': return { from: start.checkpoint }
    case 'pretrained': return {
      pretrained: start.weights, transfer: start.transfer,
      ...(start.transfer === 'features' ? { head: start.head, ...(start.copies === null ? {} : { copies: start.copies }) } : {}),
      ...(start.newHead && start.transfer !== 'features' ? { newHead: true } : {}),
    }
  }
}

/** Leaves out what is empty. */
const given = (values: Record<string, unknown>) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value != null))

/** Puts values by paths into their groups. */
function nested(values: Record<string, unknown>): { settings?: Record<string, unknown> } {
  const settings: Record<string, unknown> = {}
  for (const [path, value] of Object.entries(values)) {
    if (value === undefined) continue
    const names = path.split('.')
    let group = settings
    for (const name of names.slice(0, -1)) group = (group[name] ??= {}) as Record<string, unknown>
    group[names.at(-1)!] = value
  }
  return Object.keys(settings).length > 0 ? { settings } : {}
}

/** Returns what a job of the workspace was put together from, so that it can be changed and begun again. */
export function orderOf(job: JobOrder, words: Record<string, string>): Order {
  const order = fresh(String((job['training'] as JobOrder | undefined)?.['data'] ?? job['data'] ?? ''))
  if (job.kind === 'hybrid') {
    const { kind: _, data: _data, name, ...hybrid } = job
    return { ...order, kind: 'hybrid', name: String(name ?? ''), hybrid }
  }
  const training = (job['training'] ?? job) as JobOrder
  order.kind = job.kind === 'folds' || job.kind === 'learningRate' ? job.kind : 'train'
  order.name = String(training['name'] ?? '')
  order.reconstruction = training['task'] === 'reconstruction'
  order.settings = flat((training['settings'] ?? {}) as Record<string, unknown>, '')
  order.outputs = ((training['outputs'] ?? []) as string[])
  order.weights = training['weights'] === true
  if (training['from']) order.start = { from: 'checkpoint', checkpoint: String(training['from']) }
  else if (training['pretrained']) {
    order.start = {
      from: 'pretrained', weights: String(training['pretrained']), transfer: String(training['transfer'] ?? 'features'),
      head: String(training['head'] ?? 'linear'), copies: (training['copies'] as number | undefined) ?? null, newHead: training['newHead'] === true,
    }
  } else order.start = { from: 'network', network: String(training['network'] ?? '') }
  if (job.kind === 'folds') order.folds = Number(job['folds'])
  if (job.kind === 'tune') {
    for (const [path, word] of Object.entries(words)) {
      const values = (job['tried'] as Record<string, unknown>)[word]
      if (values !== undefined) order.settings = put(order.settings, path, Array.isArray(values) ? values.join(', ') : String(values))
    }
    order.random = (job['random'] as number | undefined) ?? null
    order.halving = job['halving'] === true
  }
  return order
}

/** A training with the learning rate that a search of it suggested; the same order where there is none. */
export const atRate = (order: Order, rate: string | undefined): Order =>
  rate === undefined ? order : { ...order, kind: 'train', settings: { ...order.settings, 'step.learningRate': Number(rate) } }

/** Puts a value where {@link chosen} finds it. */
function put(settings: Record<string, unknown>, path: string, value: unknown): Record<string, unknown> {
  const [name, kind, ...outer] = path.split('.').toReversed()
  if (!kinds.has(outer.toReversed().join('.'))) return { ...settings, [path]: value }
  const whole = outer.toReversed().join('.')
  return { ...settings, [whole]: { ...(settings[whole] as object | undefined), kind, [name!]: value } }
}

/** Settings that are one kind among several, of which a setting may be tried. */
const kinds = new Set(['loss'])

/** In a group or without it, as older files have it: docs/jobs.md. */
function flat(settings: Record<string, unknown>, before: string): Record<string, unknown> {
  const paths: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(settings)) {
    const path = before + name
    const isGroup = typeof value === 'object' && value !== null && !Array.isArray(value) && !('kind' in value) && !('rates' in value)
    if (isGroup) Object.assign(paths, flat(value as Record<string, unknown>, `${path}.`))
    else if (before === '' && name in groups) paths[`${groups[name]}.${name}`] = value
    else paths[path] = value
  }
  delete paths['seed'] // another run has another one, unless it is chosen
  return paths
}

/** Settings that may stand at the top of a job's settings, and the group that each belongs to. */
const groups: Record<string, string> = {
  epochs: 'course', earlyStopping: 'course', snapshots: 'course', batchSize: 'pictures', sampling: 'pictures', augmentation: 'pictures',
  optimizer: 'step', learningRate: 'step', schedule: 'step', layerRates: 'step', regularisation: 'step', accumulatedBatches: 'step',
  clipping: 'step', averaging: 'step', engine: 'computation', precision: 'computation', threads: 'computation',
}
