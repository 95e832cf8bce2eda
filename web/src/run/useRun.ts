import { useEffect, useRef, useState } from 'react'
import { address } from '../api/client'
import type { RunEvent } from './event'
import { fold, nothing, type RunState } from './fold'

/**
 * Follows a run's events and folds them. The browser comes back by itself after a broken connection and names the last number it saw;
 * the fold counts none twice.
 *
 * @returns the state, and whether the server can be heard just now
 */
export function useRun(id: string | null): { run: RunState; heard: boolean } {
  const [run, setRun] = useState(nothing)
  const [heard, setHeard] = useState(true)
  const waiting = useRef<RunEvent[]>([])

  useEffect(() => {
    setRun(nothing)
    waiting.current = []
    if (id === null) return
    let timer = 0
    let pause = 30
    const show = () => {
      timer = 0
      const events = waiting.current
      waiting.current = []
      // a long run comes in many thousand events at once: it is drawn less often while it does
      pause = events.length > 500 ? 250 : 30
      setRun((before) => fold(before, events))
    }
    const source = new EventSource(address.events(id))
    source.onopen = () => setHeard(true)
    source.onerror = () => setHeard(false)
    source.onmessage = (message) => {
      waiting.current.push(JSON.parse(message.data) as RunEvent)
      if (timer === 0) timer = window.setTimeout(show, pause)
    }
    return () => {
      source.close()
      window.clearTimeout(timer)
    }
  }, [id])

  return { run, heard }
}
