import { opaque, type Pixels } from './pixels'
import { isPng, png } from './png'

/** What a picture may have at most, so that a page is not made to run out of memory. */
export const MOST_PIXELS = 100_000_000

/** A file that is no picture, or none that can be read. */
export class Unreadable extends Error {}

/** Returns a picture file as the model sees it: PNG to the bit by our own reader, other kinds as the browser reads them, turned upright. */
export async function decoded(file: Blob, mode: 'grey' | 'color'): Promise<Pixels> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (isPng(bytes)) {
    const image = await png(bytes, MOST_PIXELS)
    return opaque(image.rgba, image.height, image.width, mode)
  }
  let bitmap: ImageBitmap
  try {
    bitmap = await createImageBitmap(file, { colorSpaceConversion: 'none', premultiplyAlpha: 'none', imageOrientation: 'from-image' })
  } catch {
    throw new Unreadable('This browser does not read the file as a picture.')
  }
  try {
    return drawn(bitmap, bitmap.height, bitmap.width, mode)
  } finally {
    bitmap.close()
  }
}

/** Returns what is drawn, such as a frame of the camera. */
export function drawn(source: CanvasImageSource, height: number, width: number, mode: 'grey' | 'color'): Pixels {
  if (height * width > MOST_PIXELS) throw new Unreadable(`The picture has ${height} x ${width} pixels, more than ${MOST_PIXELS}.`)
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  context.drawImage(source, 0, 0)
  return opaque(context.getImageData(0, 0, width, height).data, height, width, mode)
}
