import type { Histogram, PredictionServer, RequestCount } from '../api/types'

/** Requests that ask how the server is, such as those of this page. */
const STATE = 'state'

/** How many values of a histogram came between two readings. */
export function added(now: Histogram, before: Histogram | undefined): Histogram {
  if (!before) return now
  return { bounds: now.bounds, counts: now.counts.map((count, i) => count - (before.counts[i] ?? 0)), sum: now.sum - before.sum }
}

export const total = (histogram: Histogram) => histogram.counts.reduce((sum, count) => sum + count, 0)

/** Returns the value that a share of all lies below, as Prometheus does: even within a range, and of the last range its lower end. Null where there is none. */
export function quantile(histogram: Histogram, share: number): number | null {
  const all = total(histogram)
  if (all <= 0) return null
  let below = 0
  for (const [i, count] of histogram.counts.entries()) {
    if (below + count >= share * all && count > 0) {
      const from = i === 0 ? 0 : histogram.bounds[i - 1]!
      const to = histogram.bounds[i]
      return to === undefined ? from : from + ((share * all - below) / count) * (to - from)
    }
    below += count
  }
  return histogram.bounds.at(-1) ?? null
}

/** Adds histograms of the same bounds. */
export function together(all: Histogram[]): Histogram | null {
  if (all.length === 0) return null
  return { bounds: all[0]!.bounds, counts: all[0]!.counts.map((_, i) => all.reduce((sum, each) => sum + each.counts[i]!, 0)), sum: all.reduce((sum, each) => sum + each.sum, 0) }
}

/** What happened between two readings. */
export type Between = { seconds: number; requests: number; refused: number; latency: Histogram | null }

const key = (each: { transport: string; protocol: string }) => `${each.transport} ${each.protocol}`

/** Returns what happened since a reading; null if there is none, or the server was started again since. */
export function between(before: PredictionServer | null, now: PredictionServer): Between | null {
  if (!before || before.address !== now.address || !(now.seconds > before.seconds)) return null
  const was = new Map(before.requests.map((each) => [`${key(each)} ${each.outcome}`, each.count]))
  const news = now.requests.map((each) => ({ ...each, count: each.count - (was.get(`${key(each)} ${each.outcome}`) ?? 0) }))
  if (news.some((each) => each.count < 0) || before.requests.length > now.requests.length) return null
  const asked = news.filter((each) => each.protocol !== STATE)
  const sum = (some: RequestCount[]) => some.reduce((all, each) => all + each.count, 0)
  return {
    seconds: now.seconds - before.seconds,
    requests: sum(asked),
    refused: sum(asked.filter((each) => !isAnswered(each))),
    latency: together(now.latencies.filter((each) => each.protocol !== STATE).map((each) => added(each.seconds, before.latencies.find((one) => key(one) === key(each))?.seconds))),
  }
}

export const isAnswered = ({ transport, outcome }: { transport: string; outcome: string }) => (transport === 'grpc' ? outcome === 'OK' : /^[23]/.test(outcome))

const WORDS: Record<string, string> = {
  400: 'what was sent could not be used', 401: 'no token, or a wrong one', 403: 'another host or page', 404: 'no such model or address', 405: 'another method', 408: 'what was sent came too slowly',
  413: 'too large', 415: 'another kind of content', 422: 'what was sent could not be used', 429: 'no place was free', 499: 'went away before the answer', 500: 'the server failed', 503: 'waited too long, or not loaded',
  INVALID_ARGUMENT: 'what was sent could not be used', NOT_FOUND: 'no such model', UNAUTHENTICATED: 'no token, or a wrong one', RESOURCE_EXHAUSTED: 'no place was free', DEADLINE_EXCEEDED: 'waited too long',
  CANCELLED: 'went away before the answer', UNAVAILABLE: 'not loaded', UNIMPLEMENTED: 'no such call', INTERNAL: 'the server failed',
}

/** Says how requests ended. */
export function ended(each: { transport: string; outcome: string }): string {
  return isAnswered(each) ? 'answered' : (WORDS[each.outcome] ?? 'not answered')
}

/** 0.00034 s → 0.34 ms. */
export function time(seconds: number | null): string {
  if (seconds === null) return '–'
  if (seconds === 0) return '0 ms'
  if (seconds >= 10) return `over ${seconds.toFixed(0)} s`
  if (seconds >= 1) return `${seconds.toFixed(2)} s`
  const millis = seconds * 1000
  return `${millis >= 100 ? millis.toFixed(0) : millis >= 10 ? millis.toFixed(1) : millis.toFixed(2)} ms`
}

/** Readings of the last minutes, one after the other. */
export type Course = { last: PredictionServer | null; seconds: number[]; rate: number[]; p50: (number | null)[]; p90: (number | null)[]; p99: (number | null)[]; now: Between | null }

export const NOTHING: Course = { last: null, seconds: [], rate: [], p50: [], p90: [], p99: [], now: null }

const KEPT = 150

/** Returns the course with a further reading; another server, or one that was started again, begins anew. */
export function followed(course: Course, reading: PredictionServer): Course {
  if (course.last?.seconds === reading.seconds) return course
  const news = between(course.last, reading)
  if (!news) return { ...NOTHING, last: reading }
  const put = <T>(list: T[], value: T) => [...list, value].slice(-KEPT)
  const at = (share: number) => (news.latency ? quantile(news.latency, share) : null)
  return {
    last: reading, now: news, seconds: put(course.seconds, reading.seconds), rate: put(course.rate, news.requests / news.seconds),
    p50: put(course.p50, at(0.5)), p90: put(course.p90, at(0.9)), p99: put(course.p99, at(0.99)),
  }
}
