import type { JobOrder } from '../api/client'
import type { Preparation, RecordedImport, SourceLook } from '../api/types'
import { fault } from '../part/typed'

export type Role = '' | 'train' | 'val' | 'test'
export type Task = 'classification' | 'regression' | 'segmentation'
export type Source = { path: string; role: Role }

/** A number as somebody wrote it; what is none is still there, and {@link faults} says so. */
export type Written = number | string
/** How pictures are made alike, as somebody wrote it. */
export type Made = Omit<Preparation, 'height' | 'width' | 'cropMargin'> & { height: Written; width: Written; cropMargin: Written }

/** What a person chose of an import; what is null is as usual for the pictures. */
export type ImportForm = {
  name: string
  sources: Source[]
  task: Task | null
  preparation: Made | null
  validation: Written
  test: Written
  block: boolean
  atLeast: Written
  atMost: Written | null
  seed: Written
  /** Settings that the page does not show, of an import that this one is like. */
  further: Record<string, unknown>
}

export const usualImport: ImportForm = {
  name: '', sources: [], task: null, preparation: null, validation: 25, test: 0, block: false, atLeast: 2, atMost: null, seed: 1, further: {},
}

/** Returns what the pictures become where nobody chose: small ones that are all alike keep their size. */
export const usualPreparation = (look: Pick<SourceLook, 'preparation' | 'proposed'>): Preparation => look.proposed ?? look.preparation

/** Returns the form with what a look found where nothing was chosen, so that the import does what the page shows. */
export function asFound(form: ImportForm, look: Pick<SourceLook, 'task' | 'usedLists' | 'proposed'>): ImportForm {
  return {
    ...form,
    sources: look.usedLists.length > 0 ? look.usedLists.map(source) : form.sources,
    task: form.task ?? (look.task === 'classification' ? null : look.task),
    preparation: form.preparation ?? look.proposed ?? null,
  }
}

/** The numbers of a form. */
type Numbers = 'height' | 'width' | 'cropMargin' | 'validation' | 'test' | 'atLeast' | 'atMost' | 'seed'

/** Returns what is wrong with the numbers of a form, by their names. What is wrong is never ordered. */
export function faults(form: ImportForm): Partial<Record<Numbers, string>> {
  const share = { least: 0, most: 99, whole: false }
  const side = { least: 1, most: 8192 }
  const found: Partial<Record<Numbers, string | undefined>> = {
    height: fault(form.preparation?.height, side),
    width: fault(form.preparation?.width, side),
    cropMargin: fault(form.preparation?.cropMargin, { least: 0 }),
    validation: fault(form.validation, share),
    test: fault(form.test, share),
    atLeast: fault(form.atLeast, { least: 1 }),
    atMost: fault(form.atMost ?? undefined, { least: 1 }),
    seed: fault(form.seed, { least: 0 }),
  }
  if (!found.validation && !found.test && Number(form.validation) + Number(form.test) >= 100) found.validation = 'Something must be left to train on.'
  return Object.fromEntries(Object.entries(found).filter(([, words]) => words !== undefined))
}

const kinds: Record<Task, string> = { classification: 'classes', regression: 'numbers', segmentation: 'masks' }

/** Returns the job. Settings that are as usual are left out. */
export function importJob(form: ImportForm): JobOrder {
  const { validation, test } = form
  const sharesChosen = validation !== usualImport.validation || test !== usualImport.test
  const splits = {
    ...(sharesChosen ? { validationPercent: validation, testPercent: test, asked: ['validation', 'test'] } : {}),
    ...(form.block ? { order: 'block' } : {}),
  }
  const truth = form.task && !isOf(form.further['truth'], kinds[form.task]) ? { truth: { kind: kinds[form.task] } } : {}
  return {
    kind: 'import',
    name: form.name,
    sources: form.sources.map(words),
    settings: {
      ...form.further,
      ...(form.preparation ? { preparation: form.preparation } : {}),
      ...(Object.keys(splits).length > 0 ? { splits: { ...(form.further['splits'] as object), ...splits } } : {}),
      ...truth,
      ...(form.atLeast !== usualImport.atLeast ? { minimumPerClass: form.atLeast } : {}),
      ...(form.atMost !== null ? { maximumPerClass: form.atMost } : {}),
      ...(form.seed !== usualImport.seed ? { seed: form.seed } : {}),
    },
  }
}

const isOf = (truth: unknown, kind: string) => (truth as { kind?: string } | undefined)?.kind === kind

/** A source as the command line takes it. */
export const words = (source: Source) => (source.role ? `${source.role}=${source.path}` : source.path)

/** Returns the form as it was when a dataset was imported. */
export function formOf(recorded: RecordedImport, name: string): ImportForm {
  const { preparation, splits, truth, minimumPerClass, maximumPerClass, seed, ...others } = recorded.settings as {
    preparation?: Preparation
    splits?: { validationPercent?: number; testPercent?: number; order?: string }
    truth?: { kind: string }
    minimumPerClass?: number
    maximumPerClass?: number | 'never'
    seed?: number
  } & Record<string, unknown>
  for (const own of ['threads', 'name', 'existing']) delete others[own]
  const task = (Object.keys(kinds) as Task[]).find((each) => kinds[each] === truth?.kind) ?? null
  const { validationPercent, testPercent, order, ...split } = splits ?? {}
  delete (split as Record<string, unknown>)['asked']
  return {
    name,
    sources: recorded.sources.map(source),
    task,
    preparation: preparation ? { ...preparation, cropMargin: preparation.cropMargin ?? 0 } : null,
    validation: validationPercent ?? usualImport.validation,
    test: testPercent ?? usualImport.test,
    block: order === 'block',
    atLeast: minimumPerClass ?? usualImport.atLeast,
    atMost: typeof maximumPerClass === 'number' ? maximumPerClass : null,
    seed: seed ?? usualImport.seed,
    further: {
      ...others,
      ...(truth && truth.kind !== 'detected' && Object.keys(truth).length > 1 ? { truth } : {}),
      ...(Object.keys(split).length > 0 ? { splits: split } : {}),
    },
  }
}

/** Reads a source with its role; roles that the page does not offer stay in the path. */
export function source(text: string): Source {
  const role = /^(train|val|test)=/.exec(text)?.[1] as Role | undefined
  return role ? { role, path: text.slice(role.length + 1) } : { role: '', path: text }
}

/** Returns a name for a dataset: that of its first source, with a number where it is taken. */
export function proposedName(sources: Source[], taken: string[]): string {
  const last = sources[0]?.path.replace(/[/\\]+$/, '').split(/[/\\]/).at(-1) ?? ''
  const plain = last.replace(/\.(zip|tar|tgz|tar\.gz|gz|csv|txt)$/i, '').replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+|-+$/g, '') || 'pictures'
  return unused(plain, taken)
}

/** Returns a name that is not taken: with the first number that is free. */
export function unused(name: string, taken: string[]): string {
  if (!taken.includes(name)) return name
  const stem = name.replace(/-\d+$/, '')
  for (let number = 2; ; number++) if (!taken.includes(`${stem}-${number}`)) return `${stem}-${number}`
}
