import { useState } from 'react'
import type { Shelf } from '../api/client'
import type { Things } from '../api/types'

/** Things that are picked, by shelf and name; off while nothing is picked out. */
export type Picking = {
  on: boolean
  things: Things
  count: number
  has: (shelf: Shelf, name: string) => boolean
  toggle: (shelf: Shelf, name: string) => void
  pick: (shelf: Shelf, names: string[]) => void
  begin: () => void
  end: () => void
}

const nothing = { datasets: [] as string[], runs: [] as string[], models: [] as string[] }

export function usePicking(): Picking {
  const [on, setOn] = useState(false)
  const [picked, setPicked] = useState(nothing)
  const has = (shelf: Shelf, name: string) => picked[shelf].includes(name)
  return {
    on,
    things: Object.fromEntries(Object.entries(picked).filter(([, names]) => names.length > 0)),
    count: picked.datasets.length + picked.runs.length + picked.models.length,
    has,
    toggle: (shelf, name) => setPicked((before) => ({
      ...before, [shelf]: has(shelf, name) ? before[shelf].filter((each) => each !== name) : [...before[shelf], name],
    })),
    pick: (shelf, names) => setPicked((before) => ({ ...before, [shelf]: names })),
    begin: () => setOn(true),
    end: () => { setOn(false); setPicked(nothing) },
  }
}
