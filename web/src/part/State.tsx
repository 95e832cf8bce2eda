import type { Job } from '../api/types'

const colors = {
  queued: 'var(--quiet)',
  running: 'var(--train)',
  stopped: 'var(--mantine-color-yellow-6)',
  failed: 'var(--mantine-color-red-6)',
  damaged: 'var(--mantine-color-red-6)',
  done: 'var(--mantine-color-teal-6)',
} as const

/** How a job stands, in the word of the command line. */
export function State({ state }: { state: Job['state'] }) {
  return <span className="state"><i style={{ background: colors[state] }} />{state}</span>
}
