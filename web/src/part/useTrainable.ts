import { useQuery } from '@tanstack/react-query'
import { api } from '../api/client'
import { intake } from '../api/intake'
import type { DatasetSummary } from '../api/types'

/** A dataset that a run may name; one that is still to come names the import that the run waits for. */
export type Trainable = DatasetSummary & { after?: string }

/** Datasets that are there, and those that are being imported or wait for it. */
export function useTrainable(): { datasets: Trainable[] | undefined; error: Error | null } {
  const datasets = useQuery({ queryKey: ['datasets'], queryFn: api.datasets })
  const imports = useQuery({ queryKey: ['imports'], queryFn: intake.imports, refetchInterval: 2000 })
  if (!datasets.data || !imports.data) return { datasets: undefined, error: datasets.error ?? imports.error }
  const there = datasets.data.datasets.filter((each) => !each.problem)
  const coming = imports.data.imports.filter((each) => !there.some((other) => other.name === each.name))
  return {
    error: null,
    datasets: [...there, ...coming.map(({ job, ...each }) => ({ ...each, after: job }))],
  }
}
