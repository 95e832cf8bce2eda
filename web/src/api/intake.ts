import { ask, type JobOrder } from './client'
import type { Deletion, Disk, Folders, SourceLook, PendingImports, Preparation, RecordedImport, Things, Upload, Uploads } from './types'

const word = encodeURIComponent
const post = (body: unknown): RequestInit => ({ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })

/** What comes in, and what goes. */
export const intake = {
  uploads: () => ask<Uploads>('/api/uploads'),
  deleteUpload: (name: string) => ask<Upload>(`/api/uploads/${word(name)}`, { method: 'DELETE' }),
  folders: (path: string) => ask<Folders>(`/api/folders${path ? `?path=${word(path)}` : ''}`),
  look: (order: JobOrder) => ask<SourceLook>('/api/looks', post(order)),
  recorded: (dataset: string) => ask<RecordedImport>(`/api/datasets/${word(dataset)}/import`),
  imports: () => ask<PendingImports>('/api/imports'),
  disk: () => ask<Disk>('/api/disk'),
  lookAtDeletion: (things: Things) => ask<Deletion>('/api/deletions/look', post(things)),
  delete: (things: Things) => ask<Deletion>('/api/deletions', post(things)),
}

export const sampleAddress = (look: string, sample: number, made: Preparation) =>
  `/api/looks/${look}/${sample}/picture.png?${new URLSearchParams(Object.entries(made).map(([name, value]) => [name, String(value)]))}`

export const arrivingAddress = (job: string, version: number) => `/api/jobs/${word(job)}/arriving.png?${version}`
