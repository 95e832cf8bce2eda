import { ask } from './client'
import type { Arithmetic, Heat, GivenPicture, LayerMap, Prediction, Way } from './types'

const word = encodeURIComponent
const way = (model: string, picture: string) => `/api/models/${word(model)}/pictures/${picture}`

function query(fields: Record<string, string | number | undefined>): string {
  const words = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '').map(([name, value]) => `${name}=${word(String(value))}`)
  return words.length === 0 ? '' : `?${words.join('&')}`
}

/** Where a value stands in a network. */
export type ValuePlace = { layer: string; channel: number; x: number; y: number }

/** What is asked about a picture that the server keeps. */
export const look = {
  keep: (picture: Blob) => ask<GivenPicture>('/api/pictures', {
    method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: picture,
  }),
  keepUrl: (url: string) => ask<GivenPicture>('/api/pictures', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ url }),
  }),
  predict: (model: string, picture: string) => ask<Prediction>(`${way(model, picture)}?top=10`),
  layers: (model: string, picture: string) => ask<Way>(`${way(model, picture)}/layers`),
  map: (model: string, picture: string, layer: string, channel: number) =>
    ask<LayerMap>(`${way(model, picture)}/map${query({ layer, channel })}`),
  arithmetic: (model: string, picture: string, place: ValuePlace) =>
    ask<Arithmetic>(`${way(model, picture)}/arithmetic${query(place)}`),
  gradCam: (model: string, picture: string, className?: string, layer?: string) =>
    ask<Heat>(`${way(model, picture)}/grad-cam${query({ class: className, layer })}`),
  occlusion: (model: string, picture: string, className?: string) =>
    ask<Heat>(`${way(model, picture)}/occlusion${query({ class: className })}`),
}

/** Where pictures are. */
export const shown = {
  picture: (picture: string, side: number) => `/api/pictures/${picture}/picture.png?side=${side}`,
  prepared: (model: string, picture: string) => `${way(model, picture)}/prepared.png`,
  maps: (model: string, picture: string, layer: string, oneRange: boolean) =>
    `${way(model, picture)}/maps.png${query({ layer, range: oneRange ? 'layer' : undefined })}`,
  filters: (model: string, layer: string) => `/api/models/${word(model)}/filters.png${query({ layer })}`,
}

/** The addresses behind what a page shows, for its twins. */
export const lookAddress = {
  answer: (model: string, picture: string) => `${way(model, picture)}?top=10`,
  layers: (model: string, picture: string) => `${way(model, picture)}/layers`,
  map: (model: string, picture: string, layer: string, channel: number) => `${way(model, picture)}/map${query({ layer, channel })}`,
  arithmetic: (model: string, picture: string, place: ValuePlace) => `${way(model, picture)}/arithmetic${query(place)}`,
  heat: (model: string, picture: string, method: 'grad-cam' | 'occlusion', className?: string, layer?: string) =>
    `${way(model, picture)}/${method}${query({ class: className, layer })}`,
}
