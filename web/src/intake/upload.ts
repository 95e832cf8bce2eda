import { ProblemError } from '../api/client'
import type { Problem, Received } from '../api/types'
import { type Dropped, isArchive } from './dropped'
import { tar } from './tar'

/** An upload on its way: what will come of it, and how to stop it. */
export type Sending = { received: Promise<Received>; stop: () => void }

/** Sends what was dropped, and says how far it is, 0 to 1. */
export function send(dropped: Dropped, onProgress: (share: number) => void): Sending {
  const body = isArchive(dropped) ? dropped.entries[0]!.file : tar(dropped.entries)
  const request = new XMLHttpRequest() // fetch does not tell how far it is
  const received = new Promise<Received>((done, failed) => {
    request.upload.onprogress = (event) => onProgress(event.total > 0 ? event.loaded / event.total : 0)
    request.onload = () => {
      const answer = JSON.parse(request.responseText) as Received | Problem
      if (request.status === 201) done(answer as Received)
      else failed(new ProblemError(answer as Problem))
    }
    request.onabort = () => failed(new ProblemError({ what: 'The upload was stopped.', where: dropped.name, do: 'nothing of it was kept; drop it again to send it' }))
    request.onerror = () => failed(new ProblemError({ what: 'The upload was cut off.', where: dropped.name, do: 'check that the workbench runs, then drop it again; nothing of it was kept' }))
    request.open('POST', `/api/uploads?name=${encodeURIComponent(dropped.name)}`)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.send(body)
  })
  return { received, stop: () => request.abort() }
}
