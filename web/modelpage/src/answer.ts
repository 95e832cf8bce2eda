import type { Manifest, Target } from './manifest'
import type { Outputs } from './model'
import type { Placement } from './prepare'

/** What the model says about a picture. */
export type Answer = { unfamiliar: boolean } & (
  | { task: 'classification'; classes: { name: string; probability: number }[] }
  | { task: 'regression'; points: { name: string; x: number; y: number }[]; others: { name: string; value: number }[] }
  | { task: 'segmentation'; labels: Uint8Array; height: number; width: number; classes: { name: string; label: number; share: number }[] }
  | { task: 'reconstruction'; rgba: Uint8ClampedArray<ArrayBuffer>; height: number; width: number }
)

/** The label of a pixel that the model did not see. */
export const UNLABELLED = 255

export function answered(manifest: Manifest, outputs: Outputs): Answer {
  const unfamiliar = isUnfamiliar(manifest, outputs)
  switch (manifest.task) {
    case 'classification': return { task: 'classification', unfamiliar, classes: ranked(manifest.classNames!, outputs.values.get('probabilities')!) }
    case 'regression': return { task: 'regression', unfamiliar, ...regressed(manifest.targets!, outputs) }
    case 'segmentation': return { task: 'segmentation', unfamiliar, ...segmented(manifest, outputs) }
    case 'reconstruction': return { task: 'reconstruction', unfamiliar, ...reconstructed(manifest, outputs) }
  }
}

/** A squared distance beyond the threshold's square is unlike all that the model learned from. */
function isUnfamiliar(manifest: Manifest, outputs: Outputs): boolean {
  if (!manifest.familiarity) return false
  const squared = outputs.values.get(manifest.familiarity.output)![0]!
  return Math.sqrt(Math.max(0, squared)) > manifest.familiarity.threshold
}

/** The most probable first, of equal ones the smaller label. */
function ranked(names: string[], probabilities: Float32Array): { name: string; probability: number }[] {
  return names.map((name, label) => ({ name, probability: probabilities[label]! })).sort((a, b) => b.probability - a.probability)
}

function regressed(targets: Target[], { values, placement }: Outputs) {
  const numbers = targets.map((target, i) => original(placement, target, target.shift + target.scale * values.get('values')![i]!))
  const used = new Set<number>()
  const points = pairs(targets).map(({ name, x, y }) => {
    used.add(x).add(y)
    return { name, x: numbers[x]!, y: numbers[y]! }
  })
  const others = targets.flatMap((target, i) => (used.has(i) ? [] : [{ name: target.name, value: numbers[i]! }]))
  return { points, others }
}

/** A place in the prepared picture, traced back to the picture that was given. */
function original(placement: Placement, target: Target, value: number): number {
  switch (target.axis) {
    case 'x': return (value - placement.offsetX) / placement.scaleX
    case 'y': return (value - placement.offsetY) / placement.scaleY
    case 'none': return value
  }
}

/** Points by their names: nose_x and nose_y are “nose”, x_nose and y_nose too; a bare x and y are “point”. */
export function pairs(targets: Target[]): { name: string; x: number; y: number }[] {
  const found: { name: string; x: number; y: number }[] = []
  targets.forEach((target, x) => {
    const name = pointName(target, 'x')
    if (name === undefined || found.some((point) => point.name === name)) return
    const y = targets.findIndex((other) => pointName(other, 'y') === name)
    if (y >= 0) found.push({ name, x, y })
  })
  return found
}

function pointName(target: Target, axis: 'x' | 'y'): string | undefined {
  if (target.axis !== axis) return undefined
  const suffix = /^(?:(.+)[ ._-])?([xyXY])$/.exec(target.name)
  if (suffix && suffix[2]!.toLowerCase() === axis) return suffix[1] ?? 'point'
  const prefix = /^([xyXY])[ ._-](.+)$/.exec(target.name)
  return prefix && prefix[1]!.toLowerCase() === axis ? prefix[2] : undefined
}

function segmented(manifest: Manifest, outputs: Outputs) {
  const names = manifest.classNames!
  const labels = mapLabels(outputs, manifest)
  const counts = new Uint32Array(256)
  for (const label of labels) counts[label]!++
  const seen = labels.length - counts[UNLABELLED]!
  const classes = names
    .map((name, label) => ({ name, label, share: seen === 0 ? 0 : counts[label]! / seen }))
    .filter((each) => counts[each.label]! > 0)
    .sort((a, b) => b.share - a.share)
  return { labels, height: outputs.height, width: outputs.width, classes }
}

interface Side {
  first: Int32Array
  second: Int32Array
  weight: Float32Array
}

/** For each pixel along a side of the picture the two places in the map, and the weight of the second; first −1 where it was cut away. */
function side(scale: number, offset: number, size: number, prepared: number, map: number): Side {
  const perPixel = map / prepared
  const from = Math.max(0, offset * perPixel)
  const to = Math.min(map, (size * scale + offset) * perPixel)
  const lowest = Math.min(map - 1, Math.ceil(from - 0.5))
  const highest = Math.max(lowest, Math.floor(to - 0.5))
  const made = { first: new Int32Array(size), second: new Int32Array(size), weight: new Float32Array(size) }
  for (let x = 0; x < size; x++) {
    const at = (x + 0.5) * scale + offset
    if (at < 0 || at >= prepared) {
      made.first[x] = -1
      continue
    }
    const u = Math.max(lowest, Math.min(highest, at * perPixel - 0.5))
    made.first[x] = Math.trunc(u)
    made.second[x] = Math.min(highest, made.first[x]! + 1)
    made.weight[x] = u - made.first[x]!
  }
  return made
}

/** Maps of classes become the class of every pixel of the picture: each map resized bilinearly, then the largest wins. */
function mapLabels({ values, placement, height, width }: Outputs, manifest: Manifest): Uint8Array {
  const maps = values.get('probabilities')!
  const [classes, mapHeight, mapWidth] = manifest.outputs.find((output) => output.name === 'probabilities')!.shape as [number, number, number]
  const rows = side(placement.scaleY, placement.offsetY, height, manifest.preprocessing.height, mapHeight)
  const columns = side(placement.scaleX, placement.offsetX, width, manifest.preprocessing.width, mapWidth)
  const labels = new Uint8Array(height * width).fill(UNLABELLED)
  const row = new Float32Array(mapWidth)
  const largest = new Float32Array(width)
  for (let y = 0; y < height; y++) {
    if (rows.first[y]! < 0) continue
    largest.fill(-1)
    for (let k = 0; k < classes; k++) {
      const above = (k * mapHeight + rows.first[y]!) * mapWidth
      const below = (k * mapHeight + rows.second[y]!) * mapWidth
      for (let x = 0; x < mapWidth; x++) row[x] = blend(maps[above + x]!, maps[below + x]!, rows.weight[y]!)
      for (let x = 0; x < width; x++) {
        if (columns.first[x]! < 0) continue
        const value = blend(row[columns.first[x]!]!, row[columns.second[x]!]!, columns.weight[x]!)
        if (value > largest[x]!) {
          largest[x] = value
          labels[y * width + x] = k
        }
      }
    }
  }
  return labels
}

/** a + weight · (b − a), each step rounded to 32 bits. */
function blend(a: number, b: number, weight: number): number {
  return Math.fround(a + Math.fround(weight * Math.fround(b - a)))
}

function reconstructed(manifest: Manifest, { values }: Outputs) {
  const pixels = values.get('pixels')!
  const [channels, height, width] = manifest.outputs[0]!.shape as [number, number, number]
  const rgba = new Uint8ClampedArray(4 * height * width)
  for (let i = 0; i < height * width; i++) {
    for (let c = 0; c < 3; c++) rgba[4 * i + c] = Math.round(Math.max(0, Math.min(1, pixels[(channels === 1 ? 0 : c) * height * width + i]!)) * 255)
    rgba[4 * i + 3] = 255
  }
  return { rgba, height, width }
}

/** The colour of a class in masks: the bits of its label dealt to red, green and blue in turn, each into the highest bit that is free. */
export function color(label: number): [number, number, number] {
  const channel = (c: number) => {
    let value = 0
    for (let bit = c, to = 7; bit < 8; bit += 3, to--) value |= ((label >> bit) & 1) << to
    return value
  }
  return [channel(0), channel(1), channel(2)]
}
