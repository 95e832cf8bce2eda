import { useQuery } from '@tanstack/react-query'
import { api, type Shelf } from '../api/client'
import type { Notes } from '../api/types'

export type Tagged = {
  /** All tags of all shelves, the most used first. */
  tags: { tag: string; things: number }[]
  notes: Record<Shelf, Notes | undefined>
  /** Whether a thing has all of these tags. */
  has: (shelf: Shelf, name: string, tags: string[]) => boolean
}

/** The tags that people gave to datasets, runs and models. */
export function useTags(): Tagged {
  const datasets = useQuery({ queryKey: ['notes', 'datasets'], queryFn: () => api.notes('datasets') })
  const runs = useQuery({ queryKey: ['notes', 'runs'], queryFn: () => api.notes('runs') })
  const models = useQuery({ queryKey: ['notes', 'models'], queryFn: () => api.notes('models') })
  const notes = { datasets: datasets.data, runs: runs.data, models: models.data }
  const counts = new Map<string, number>()
  for (const shelf of Object.values(notes))
    for (const note of Object.values(shelf?.notes ?? {})) for (const tag of note.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  return {
    tags: [...counts].map(([tag, things]) => ({ tag, things })).sort((a, b) => b.things - a.things || a.tag.localeCompare(b.tag)),
    notes,
    has: (shelf, name, tags) => tags.every((tag) => notes[shelf]?.notes[name]?.tags.includes(tag)),
  }
}
