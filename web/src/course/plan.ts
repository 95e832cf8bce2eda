import type { JobOrder } from '../api/client'
import type { DatasetSummary, Job, ModelSummary } from '../api/types'

/** Whose digits the course takes, and how many of them. */
export type Way = { digits: 'mnist' | 'drawn'; pace: 'whole' | 'quick' }

export type Part = 'small' | 'full' | 'inverted' | 'changed'

/** A set that is brought in: a job, and the words of the command line for it. */
export type Bringing = { dataset: string; source: string; perClass: number | null }

/** A training: a job, and the words of the command line for it. */
export type Learning = { model: string; data: string; network: string; settings: Record<string, unknown>; words: string[] }

/** How the changed network sees its pictures varied: docs/course.md. */
const varied = { shift: 0.1, rotation: 10, smallestScale: 0.8, largestScale: 1.2, brightness: 0.2, contrast: 0.5 }
const variedWords = ['--shift', '0.1', '--rotation', '10', '--scale', '0.8', '1.2', '--brightness', '0.2', '--contrast', '0.5']

const amounts = {
  mnist: { whole: { small: 600, full: null, inverted: null }, quick: { small: 60, full: 300, inverted: 300 } },
  drawn: { whole: { small: 200, full: null, inverted: null }, quick: { small: 40, full: 120, inverted: 120 } },
} as const

const epochs = { whole: { small: 10, full: 5, inverted: 3, changed: 5 }, quick: { small: 3, full: 3, inverted: 3, changed: 12 } } as const

const prefix = (way: Way) => `${way.digits}${way.pace === 'quick' ? '-quick' : ''}`

/** Returns the set of a part; the changed network learns from the same pictures as the one before. */
export function bringing(way: Way, part: Part): Bringing {
  const set = part === 'changed' ? 'inverted' : part
  const source = way.digits === 'mnist' ? 'mnist' : 'drawn-digits'
  return {
    dataset: `${prefix(way)}-${set}`,
    source: `collection:${source}${set === 'inverted' ? '-inverted' : ''}`,
    perClass: amounts[way.digits][way.pace][set],
  }
}

/** Returns the training of a part. */
export function learning(way: Way, part: Part): Learning {
  const often = epochs[way.pace][part]
  const changed = part === 'changed'
  return {
    model: `${prefix(way)}-${part}`,
    data: bringing(way, part).dataset,
    network: changed ? 'lenet-relu' : 'lenet',
    settings: { epochs: often, seed: 1, ...(changed ? { augmentation: varied } : {}) },
    words: ['--epochs', String(often), '--seed', '1', ...(changed ? variedWords : [])],
  }
}

export const bringJob = (what: Bringing): JobOrder => ({
  kind: 'import', name: what.dataset, sources: [what.source], ...(what.perClass === null ? {} : { settings: { maximumPerClass: what.perClass } }),
})

export const learnJob = (what: Learning): JobOrder => ({
  kind: 'train', data: what.data, network: what.network, name: what.model, settings: what.settings,
})

/** How something stands that a job makes. */
export type Standing =
  | { state: 'open' }
  | { state: 'working'; job: Job }
  | { state: 'troubled'; job: Job }
  | { state: 'done'; job: Job | undefined }

/** Returns the newest job of a folder's name without its number. */
function newest(jobs: Job[], name: string): Job | undefined {
  return jobs.find((job) => job.job.startsWith(`${name}-`) && /^\d+$/.test(job.job.slice(name.length + 1)))
}

function standing(job: Job | undefined, isThere: boolean): Standing {
  if (job && (job.state === 'running' || job.position !== undefined)) return { state: 'working', job }
  if (isThere) return { state: 'done', job }
  if (job && (job.state === 'failed' || job.state === 'stopped')) return { state: 'troubled', job }
  return job && job.state === 'queued' ? { state: 'working', job } : { state: 'open' }
}

/** Returns how a set stands, seen from the workspace alone. */
export function setStanding(what: Bringing, datasets: DatasetSummary[], jobs: Job[]): Standing {
  return standing(newest(jobs, `import-${what.dataset}`), datasets.some((each) => each.name === what.dataset && !each.problem))
}

/** Returns how a training stands, likewise. */
export function modelStanding(what: Learning, models: ModelSummary[], jobs: Job[]): Standing {
  return standing(newest(jobs, what.model), models.some((each) => each.name === what.model && !each.problem))
}

export const parts: Part[] = ['small', 'full', 'inverted', 'changed']

/** What the course calls its models. */
export const titles: Record<Part, string> = {
  small: 'small', full: 'full', inverted: 'both ways round', changed: 'changed network',
}
