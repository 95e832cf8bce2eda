import { ask, type JobOrder } from '../api/client'
import type { AnswerRows, KeptPicture, ManyAnswers } from '../api/types'

const word = encodeURIComponent

/** Which rows of a table of answers are wanted, in which order. */
export type Wanted = {
  show: 'all' | 'problems' | 'different' | 'right' | 'wrong'
  model: number
  truth: string
  answer: string
  words: string
  order: 'position' | 'probability' | 'agreement'
  up: boolean
}

export const everything: Wanted = { show: 'all', model: 0, truth: '', answer: '', words: '', order: 'position', up: true }

export const many = {
  answers: (id: string) => ask<ManyAnswers>(`/api/jobs/${word(id)}/answers`),
  rows: (id: string, wanted: Wanted, from: number, count: number) => ask<AnswerRows>(`/api/jobs/${word(id)}/answers/rows?${new URLSearchParams(
    Object.entries({ ...wanted, from, count }).map(([name, value]) => [name, String(value)]),
  )}`),
  keep: (set: string, file: File) => ask<KeptPicture>(`/api/pictures/${word(set)}/${word(file.name || 'picture')}`, {
    method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: file,
  }),
}

export const picture = (id: string, position: number) => `/api/jobs/${word(id)}/answers/${position}/picture.png`

export type Pictures = { pictures: string[] } | { data: string; split?: string }

/** How many classes are told of each picture where nobody chose. */
export const USUAL_TOP = 5

/** Returns the job that asks models about many pictures. */
export const classifyJob = (models: string[], pictures: Pictures, top = USUAL_TOP): JobOrder => ({ kind: 'classify', models, ...pictures, ...(top === USUAL_TOP ? {} : { top }) })
