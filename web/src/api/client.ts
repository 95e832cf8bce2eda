import type {
  Begun, Collection, Course, Dataset, Datasets, JobDetail, JobFiles, Jobs, Model, Models, Network, Networks, Note, Notes, OddAnswers, OddDigits, Picture,
  Pictures, Problem, Queue, Settings, Workspace, AllWeights, Checkpoints, LayerKinds, Look, NetworkCheck, NetworkComparison,
  NetworkName, SettingFields, Trials,
} from './types'

/** What the server says is wrong, where, and what to do. */
export class ProblemError extends Error {
  constructor(readonly problem: Pick<Problem, 'what' | 'where' | 'do'>) {
    super(problem.what)
  }
}

export async function ask<T>(path: string, request?: RequestInit): Promise<T> {
  let answer: Response
  try {
    answer = await fetch(path, request)
  } catch {
    throw new ProblemError({
      what: 'The workbench does not answer.',
      where: location.origin,
      do: 'start it again with "fovea workbench"; runs go on without it',
    })
  }
  if (answer.ok) return (await answer.json()) as T
  if (answer.status === 401) location.assign(`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`)
  const problem = (await answer.json().catch(() => null)) as Problem | null
  throw new ProblemError(problem ?? { what: `The server answers ${answer.status}.`, where: path, do: 'try again' })
}

const word = encodeURIComponent
export const json = (method: string, body: unknown): RequestInit => ({
  method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
})

const yaml = (method: string, text: string): RequestInit => ({ method, headers: { 'Content-Type': 'application/yaml' }, body: text })

export type Shelf = 'datasets' | 'runs' | 'models'
export type Split = 'training' | 'validation' | 'test'
/** A job as the server takes it: docs/jobs.md. */
export type JobOrder = { kind: string } & Record<string, unknown>

export const api = {
  signOut: () => fetch('/sign-out', { method: 'POST' }).then(() => location.assign('/sign-in')),
  workspace: () => ask<Workspace>('/api/workspace'),
  settings: () => ask<Settings>('/api/settings'),
  course: (schedule: string, learningRate: number, epochs: number, warmUp: number) =>
    ask<Course>(`/api/settings/learning-rate?schedule=${word(schedule)}&learningRate=${learningRate}&epochs=${epochs}&warmUp=${warmUp}`),
  collection: () => ask<Collection>('/api/collection'),
  oddDigits: () => ask<OddDigits>('/api/course/odd-digits'),
  oddAnswers: (model: string) => ask<OddAnswers>(`/api/course/answers/${word(model)}`),
  datasets: () => ask<Datasets>('/api/datasets'),
  dataset: (name: string) => ask<Dataset>(`/api/datasets/${word(name)}`),
  pictures: (name: string, split: Split, className: string, words: string) =>
    ask<Pictures>(`/api/datasets/${word(name)}/${split}?${new URLSearchParams({
      ...(className ? { class: className } : {}), ...(words ? { words } : {}),
    })}`),
  picture: (name: string, split: Split, position: number) => ask<Picture>(`/api/datasets/${word(name)}/${split}/${position}`),
  drawDigits: (name: string, perDigit: number) => ask<Begun>('/api/datasets/drawn-digits', json('POST', { name, perDigit })),
  jobs: () => ask<Jobs>('/api/jobs'),
  job: (id: string) => ask<JobDetail>(`/api/jobs/${word(id)}`),
  begin: (order: JobOrder, anew = false) => ask<Begun>(`/api/jobs${anew ? '?anew=true' : ''}`, json('POST', order)),
  stop: (id: string) => ask<Begun>(`/api/jobs/${word(id)}/stop`, { method: 'POST' }),
  goOn: (id: string) => ask<Begun>(`/api/jobs/${word(id)}/go-on`, { method: 'POST' }),
  files: (id: string) => ask<JobFiles>(`/api/jobs/${word(id)}/files`),
  log: async (id: string) => {
    const answer = await fetch(`/api/jobs/${word(id)}/files/log.txt`)
    return answer.ok ? await answer.text() : ''
  },
  queue: () => ask<Queue>('/api/queue'),
  reorder: (waiting: string[]) => ask<Queue>('/api/queue', json('PUT', { waiting })),
  models: () => ask<Models>('/api/models'),
  model: (name: string) => ask<Model>(`/api/models/${word(name)}`),
  networks: (data?: string) => ask<Networks>(`/api/networks${data ? `?data=${word(data)}` : ''}`),
  layerKinds: () => ask<LayerKinds>('/api/layers'),
  checkNetwork: (text: string) => ask<NetworkCheck>('/api/networks/check', yaml('POST', text)),
  keepNetwork: (name: string, text: string, replace: boolean) => ask<Network>(`/api/networks/${word(name)}${replace ? '?replace=true' : ''}`, yaml('PUT', text)),
  deleteNetwork: (name: string) => ask<NetworkName>(`/api/networks/${word(name)}`, { method: 'DELETE' }),
  beside: (first: string, second: string) => ask<NetworkComparison>(`/api/networks/${word(first)}/beside/${word(second)}`),
  fields: (data: string | undefined, transfer: string | undefined) =>
    ask<SettingFields>(`/api/settings/fields?${new URLSearchParams({ ...(data ? { data } : {}), ...(transfer ? { pretrained: 'true', transfer } : {}) })}`),
  weights: () => ask<AllWeights>('/api/weights'),
  look: (order: string) => ask<Look>('/api/jobs/check', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: order }),
  trials: (id: string) => ask<Trials>(`/api/jobs/${word(id)}/trials`),
  checkpoints: (id: string) => ask<Checkpoints>(`/api/jobs/${word(id)}/checkpoints`),
  network: (name: string) => ask<Network>(`/api/networks/${word(name)}`),
  notes: (shelf: Shelf) => ask<Notes>(`/api/notes/${shelf}`),
  keepNote: (shelf: Shelf, name: string, note: Note) => ask<Note>(`/api/notes/${shelf}/${word(name)}`, json('PUT', note)),
}

export const address = {
  oddSheet: '/api/course/odd-digits/sheet.png',
  oddDigit: (name: string) => `/api/course/odd-digits/${word(name)}/picture.png`,
  mean: (name: string) => `/api/datasets/${word(name)}/mean.png`,
  picture: (name: string, split: Split, position: number) => `/api/datasets/${word(name)}/${split}/${position}/picture.png`,
  sheet: (name: string, split: Split, positions: number[]) =>
    `/api/datasets/${word(name)}/${split}/sheet.png?positions=${positions.join(',')}`,
  events: (id: string) => `/api/jobs/${word(id)}/events`,
  file: (id: string, path: string) =>
    `/api/jobs/${word(id)}/files/${path.split('/').map(word).join('/')}?download=yes`,
  model: (name: string) => `/api/models/${word(name)}/file`,
  augmented: (data: string, augmentation: string, seed: number) =>
    `/api/settings/augmentation/${word(data)}/sheet.png?augmentation=${word(augmentation)}&seed=${seed}`,
}
