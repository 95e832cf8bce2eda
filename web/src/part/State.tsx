import { Badge } from '@mantine/core'
import type { Job } from '../api/types'

const colors = { queued: 'gray', running: 'iris', stopped: 'orange', failed: 'red', done: 'teal' } as const

/** How a job stands, in the word of the command line. */
export function State({ state }: { state: Job['state'] }) {
  return <Badge variant="light" color={colors[state]} radius="sm" tt="none" fw={560}>{state}</Badge>
}
