import { decoded } from './decode'
import { isPng } from './png'
import type { Golden, Manifest } from './manifest'
import { fetched, type Model } from './model'
import { normalised, resized } from './prepare'
import { sha256 } from './sha256'

/** What the golden pictures showed: the seal. */
export type Seal =
  | { state: 'sealed'; pictures: number; difference: number; jpeg?: number }
  | { state: 'drift'; file: string; stage: string; found: string }

/**
 * Takes golden pictures through every stage, and names the first that gives something else than where the model was made.
 *
 * JPEG is decoded by the browser, and standards let decoders differ by a little: where one does, the answers about that picture are compared all the
 * same, and the largest difference is told.
 */
export async function replayed(model: Model, told: (done: number, of: number) => void): Promise<Seal> {
  const { manifest } = model
  let largest = 0
  let jpeg: number | undefined
  for (const [at, golden] of manifest.golden.entries()) {
    told(at, manifest.golden.length)
    const file = await (await fetched(golden.file)).blob()
    const strict = isPng(new Uint8Array(await file.slice(0, 8).arrayBuffer()))
    const drift = (stage: string, found: string): Seal => ({ state: 'drift', file: golden.file, stage, found })
    let picture
    try {
      picture = await decoded(file, manifest.preprocessing.colorMode)
    } catch (error) {
      return drift('decode', String(error))
    }
    const shape = [picture.height, picture.width, picture.channels]
    const asDecoded = String(shape) === String(golden.decodedShape) && sha256(picture.values) === golden.decodedSha256
    if (!asDecoded && (strict || String(shape) !== String(golden.decodedShape))) return drift('decode', `a picture of ${shape.join(' x ')} with other bytes`)
    const small = resized(picture, manifest.preprocessing)
    if (asDecoded && sha256(small.values) !== golden.resizedSha256) return drift('resize', 'other bytes')
    const floats = normalised(small, manifest.preprocessing)
    if (asDecoded && sha256(new Uint8Array(floats.buffer)) !== golden.tensorSha256) return drift('normalise', 'other numbers')
    const name = manifest.outputs[0]!.name
    const found = (await model.run(floats, [name])).get(name)!
    const difference = compared(golden, found)
    if (!asDecoded) {
      jpeg = Math.max(jpeg ?? 0, difference)
      continue
    }
    if (!(difference <= manifest.tolerance)) return drift('network', `a difference of ${difference.toPrecision(2)}, where ${manifest.tolerance} is allowed`)
    largest = Math.max(largest, difference)
  }
  told(manifest.golden.length, manifest.golden.length)
  return { state: 'sealed', pictures: manifest.golden.length, difference: largest, ...(jpeg === undefined ? {} : { jpeg }) }
}

/** The largest difference of any number that is kept, as a share of max(1, the largest magnitude); NaN is one. */
export function compared(golden: Golden, found: Float32Array): number {
  const stride = golden.stride ?? 1
  let size = 1
  for (const number of golden.logits) size = Math.max(size, Math.abs(number))
  let largest = 0
  for (const [i, number] of golden.logits.entries()) {
    const difference = Math.abs(number - found[i * stride]!) / size
    if (Number.isNaN(difference)) return difference
    largest = Math.max(largest, difference)
  }
  return largest
}

/** Says what a seal means, in a line. */
export function words(seal: Seal, manifest: Manifest): string {
  if (seal.state === 'drift') return `Golden picture ${seal.file} differs at the stage “${seal.stage}”: ${seal.found}.`
  const pictures = seal.pictures === 1 ? 'one golden picture is' : `${seal.pictures} golden pictures are`
  const jpeg = seal.jpeg === undefined ? '' : ` This browser reads JPEG a little otherwise: answers moved by up to ${seal.jpeg.toPrecision(2)}.`
  return `Answers here are those of “${manifest.name}” where it was made: ${pictures} answered alike, stage by stage (${seal.difference === 0 ? 'no difference' : `largest difference ${seal.difference.toPrecision(2)}`}).${jpeg}`
}
