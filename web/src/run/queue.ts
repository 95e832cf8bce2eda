import type { Job, Lane } from '../api/types'

/** What is done and what waits of one kind; without a lane: what another program than the workbench does. */
export type InLane = { lane: Lane | undefined; running: Job[]; waiting: Job[] }

const lanes: (Lane | undefined)[] = ['learning', 'importing', 'answering', undefined]

/** Returns the lanes that hold something, each in the order of its queue. */
export function inLanes(jobs: Job[]): InLane[] {
  return lanes
    .map((lane) => {
      const all = jobs.filter((job) => job.lane === lane && (job.state === 'running' || job.position !== undefined))
      return {
        lane,
        running: all.filter((job) => !job.position),
        waiting: all.filter((job) => job.position).toSorted((a, b) => a.position! - b.position!),
      }
    })
    .filter((each) => each.running.length + each.waiting.length > 0)
}

/** Returns the names of what waits, with one of them moved. */
export function moved(waiting: Job[], from: number, by: number): string[] {
  const order = waiting.map((job) => job.job)
  order.splice(from + by, 0, ...order.splice(from, 1))
  return order
}

export const heading = (lane: Lane | undefined) =>
  lane === undefined ? 'Begun elsewhere' : { learning: 'Learning', importing: 'Importing', answering: 'Answering' }[lane]

const verb: Record<Lane, string> = { learning: 'learn', importing: 'import', answering: 'answer' }

/** Returns what a job that has not begun waits for. */
export function waitsWords(job: Pick<Job, 'lane' | 'position' | 'waitsFor'>): string {
  if (job.waitsFor?.length) return `waits for ${job.waitsFor.join(' and ')}`
  if (job.position === undefined) return 'not begun'
  if (job.position === 0 || !job.lane) return 'starting'
  return `waits, ${job.position === 1 ? 'next' : `number ${job.position}`} to ${verb[job.lane]}`
}
