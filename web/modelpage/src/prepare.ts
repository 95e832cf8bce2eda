import type { Preprocessing } from './manifest'
import type { Pixels } from './pixels'

/**
 * How a picture of any size becomes the network's input: the same numbers, bit for bit, as in training (docs/model-file.md, "Preparing a
 * picture").
 */

/** Where the points of a picture come to lie in the prepared one: x · scaleX + offsetX, y likewise. */
export interface Placement {
  scaleX: number
  scaleY: number
  offsetX: number
  offsetY: number
}

/** Returns the picture in the network's size: [h, w, C]. */
export function resized(picture: Pixels, how: Preprocessing): Pixels {
  if (isAsItIs(picture.height, picture.width, how)) return picture
  const { high, wide, rows, columns } = fit(picture.height, picture.width, how)
  const seen = resampled(picture, high, wide, rows.from, columns.from, rows.length, columns.length)
  if (rows.length === how.height && columns.length === how.width) return seen
  const channels = picture.channels
  const values = new Uint8Array(how.height * how.width * channels)
  const length = seen.width * channels
  for (let y = 0; y < seen.height; y++) {
    values.set(seen.values.subarray(y * length, (y + 1) * length), ((rows.to + y) * how.width + columns.to) * channels)
  }
  return { height: how.height, width: how.width, channels, values }
}

/** Returns where the points of a picture of that size come to lie. */
export function placement(height: number, width: number, how: Preprocessing): Placement {
  if (isAsItIs(height, width, how)) return { scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 }
  const { high, wide, rows, columns } = fit(height, width, how)
  return { scaleX: wide / width, scaleY: high / height, offsetX: columns.to - columns.from, offsetY: rows.to - rows.from }
}

/** Returns a prepared picture as floats [C, h, w]: (byte / 255 − mean) / std, each step rounded to 32 bits. */
export function normalised(picture: Pixels, how: Preprocessing): Float32Array<ArrayBuffer> {
  const area = picture.height * picture.width
  const floats = new Float32Array(area * picture.channels)
  for (let c = 0; c < picture.channels; c++) {
    const mean = Math.fround(how.mean[c]!)
    const std = Math.fround(how.std[c]!)
    const table = new Float32Array(256)
    for (let v = 0; v < 256; v++) table[v] = Math.fround(Math.fround(Math.fround(v / 255) - mean) / std)
    for (let i = 0; i < area; i++) floats[c * area + i] = table[picture.values[i * picture.channels + c]!]!
  }
  return floats
}

function isAsItIs(height: number, width: number, how: Preprocessing): boolean {
  return height === how.height && width === how.width && how.cropMargin === 0
}

function fit(height: number, width: number, how: Preprocessing) {
  const toHigh = how.height + how.cropMargin
  const toWide = how.width + how.cropMargin
  const high = side(height, width, toHigh, toWide, how.resizeMode)
  const wide = side(width, height, toWide, toHigh, how.resizeMode)
  return { high, wide, rows: span(high, how.height), columns: span(wide, how.width) }
}

/** One side of the scaled picture: `mine` becomes `to`, more or less, beside the other side and what that becomes. */
function side(mine: number, other: number, to: number, otherTo: number, mode: Preprocessing['resizeMode']): number {
  const longer = mine * otherTo > other * to
  switch (mode) {
    case 'squash': return to
    case 'crop': return longer ? Math.floor((mine * otherTo) / other) : to
    case 'fill': return longer ? to : halfUp(mine * otherTo, other)
    case 'half-crop': return halfUp(2 * mine * to * otherTo, mine * otherTo + other * to)
  }
}

function halfUp(dividend: number, divisor: number): number {
  return Math.max(1, Math.floor((2 * dividend + divisor) / (2 * divisor)))
}

/** Along one side: where the scaled picture is cut from, where it is put to, and how much of it. */
function span(scaled: number, wanted: number): { from: number; to: number; length: number } {
  if (scaled >= wanted) return { from: halfToEven(scaled - wanted), to: 0, length: wanted }
  return { from: 0, to: Math.floor((wanted - scaled) / 2), length: scaled }
}

/** Half of a whole number, rounded to the even one. */
function halfToEven(number: number): number {
  const half = Math.floor(number / 2)
  return number % 2 === 0 || half % 2 === 0 ? half : half + 1
}

/** Shares are kept in units of 2⁻²². */
const FRACTION_BITS = 22
const HALF = 1 << (FRACTION_BITS - 1)

interface Shares {
  start: Int32Array
  count: Int32Array
  weight: Int32Array
  most: number
}

/** Which pixels along one side make each scaled pixel, and by which shares: a triangle that reaches max(in / out, 1) to both sides. */
function shares(size: number, scaled: number, from: number, length: number): Shares {
  const scale = size / scaled
  const reach = Math.max(scale, 1)
  const most = Math.min(Math.ceil(reach) * 2 + 1, size)
  const start = new Int32Array(length)
  const count = new Int32Array(length)
  const weight = new Int32Array(length * most)
  const share = new Float64Array(most)
  for (let i = 0; i < length; i++) {
    const centre = (from + i + 0.5) * scale
    start[i] = Math.max(Math.trunc(centre - reach + 0.5), 0)
    count[i] = Math.min(Math.trunc(centre + reach + 0.5), size) - start[i]!
    let total = 0
    for (let k = 0; k < count[i]!; k++) {
      share[k] = Math.max(0, 1 - Math.abs((start[i]! + k - centre + 0.5) * (1 / reach)))
      total += share[k]!
    }
    for (let k = 0; k < count[i]!; k++) weight[i * most + k] = Math.trunc(0.5 + (share[k]! / total) * 2 ** FRACTION_BITS)
  }
  return { start, count, weight, most }
}

/** The window [height, width] at (top, left) of the picture scaled to [high, wide]: columns first, then rows, each rounded to 8 bits. */
function resampled(
  picture: Pixels, high: number, wide: number, top: number, left: number, height: number, width: number,
): Pixels {
  const { channels, values } = picture
  const columns = shares(picture.width, wide, left, width)
  const rows = shares(picture.height, high, top, height)
  const first = rows.start[0]!
  const last = rows.start[height - 1]! + rows.count[height - 1]!
  const length = width * channels
  const between = new Uint8Array((last - first) * length)
  for (let y = first; y < last; y++) {
    const base = y * picture.width
    for (let x = 0; x < width; x++) {
      const at = x * columns.most
      for (let c = 0; c < channels; c++) {
        let sum = HALF
        let from = (base + columns.start[x]!) * channels + c
        for (let k = 0; k < columns.count[x]!; k++, from += channels) sum += values[from]! * columns.weight[at + k]!
        between[(y - first) * length + x * channels + c] = Math.min(sum >> FRACTION_BITS, 255)
      }
    }
  }
  const result = new Uint8Array(height * length)
  const sums = new Int32Array(length)
  for (let y = 0; y < height; y++) {
    sums.fill(HALF)
    for (let k = 0; k < rows.count[y]!; k++) {
      const weight = rows.weight[y * rows.most + k]!
      const from = (rows.start[y]! + k - first) * length
      for (let i = 0; i < length; i++) sums[i]! += between[from + i]! * weight
    }
    for (let i = 0; i < length; i++) result[y * length + i] = Math.min(sums[i]! >> FRACTION_BITS, 255)
  }
  return { height, width, channels, values: result }
}
