import { ask, json, type JobOrder, type Split } from '../api/client'
import type { Begun, Comparison, Evaluation, JudgedPictures } from '../api/types'

const word = encodeURIComponent

/** Which pictures of an evaluation are asked for: a cell of the confusion matrix, what is taken for a class, or the hardest. */
export type Wanted = { label?: number; predicted?: number }

export const judged = {
  evaluation: (id: string) => ask<Evaluation>(`/api/jobs/${word(id)}/evaluation`),
  pictures: (id: string, wanted: Wanted, count: number) => ask<JudgedPictures>(`/api/jobs/${word(id)}/evaluation/pictures?${new URLSearchParams(
    Object.entries({ ...wanted, count }).map(([name, value]) => [name, String(value)]),
  )}`),
  compare: (ids: string[]) => ask<Comparison>(`/api/evaluations/compare?${ids.map((id) => `job=${word(id)}`).join('&')}`),
  begin: (order: JobOrder) => ask<Begun>('/api/jobs?anew=true', json('POST', order)),
}

/** Returns the address of a picture that an evaluation kept: what the network saw, what is true, or what it answered. */
export const panel = (id: string, position: number, which: 'picture' | 'truth' | 'answer') => `/api/jobs/${word(id)}/evaluation/pictures/${position}/${which}.png`

/** Returns the job that judges a model. */
export const evaluateJob = (model: string, data: string, split: Split | ''): JobOrder => ({ kind: 'evaluate', model, data, ...(split ? { split } : {}) })
