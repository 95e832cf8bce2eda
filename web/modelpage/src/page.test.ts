import { expect, test } from 'vitest'
import { color, pairs } from './answer'
import { refusal } from './camera'
import type { Preprocessing } from './manifest'
import { opaque } from './pixels'
import { png } from './png'
import { normalised, placement, resized } from './prepare'
import { compared } from './replay'
import { sha256 } from './sha256'

const text = (words: string) => new TextEncoder().encode(words)

/** The examples of FIPS 180-2, appendix B. */
test('SHA-256 is that of the standard', () => {
  expect(sha256(text('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(sha256(text('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')))
    .toBe('248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1')
  expect(sha256(new Uint8Array())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})

function how(height: number, width: number, resizeMode: Preprocessing['resizeMode'], cropMargin = 0): Preprocessing {
  return { height, width, colorMode: 'grey', resizeMode, cropMargin, mean: [0.5], std: [0.5] }
}

const grey = (height: number, width: number, ...values: number[]) => ({ height, width, channels: 1 as const, values: Uint8Array.from(values) })

/** By Pillow: Image.fromarray(…).resize((2, 1), Image.BILINEAR) of 0, 50, 100, 255. */
test('a row of four becomes two as Pillow makes it', () => {
  expect([...resized(grey(1, 4, 0, 50, 100, 255), how(1, 2, 'squash')).values]).toEqual([36, 159])
})

test('a picture of the right size stays as it is', () => {
  const picture = grey(2, 1, 7, 9)
  expect(resized(picture, how(2, 1, 'crop'))).toBe(picture)
})

test('a wide picture is filled with black above and below, the odd row below', () => {
  const filled = resized(grey(1, 2, 200, 200), how(4, 2, 'fill'))
  expect([...filled.values]).toEqual([0, 0, 200, 200, 0, 0, 0, 0])
  expect(placement(1, 2, how(4, 2, 'fill'))).toEqual({ scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 1 })
})

test('a cut begins at half of the rest, a half rounded to the even number', () => {
  expect(placement(1, 4, how(1, 1, 'crop')).offsetX).toBe(-2) // 3 / 2 = 1.5
  expect(placement(1, 6, how(1, 1, 'crop')).offsetX).toBe(-2) // 5 / 2 = 2.5
})

test('bytes become floats step by step', () => {
  const floats = normalised(grey(1, 3, 0, 128, 255), how(1, 3, 'squash'))
  expect([...floats]).toEqual([-1, Math.fround(Math.fround(Math.fround(128 / 255) - 0.5) / 0.5), 1])
})

test('clear places lie on white, and grey is made of whole numbers', () => {
  expect([...opaque(Uint8Array.of(10, 20, 30, 0), 1, 1, 'color').values]).toEqual([255, 255, 255])
  expect([...opaque(Uint8Array.of(10, 20, 30, 128), 1, 1, 'color').values]).toEqual([132, 137, 142])
  expect([...opaque(Uint8Array.of(255, 0, 0, 255), 1, 1, 'grey').values]).toEqual([76])
})

/** A PNG of rows that say their own filters; checksums are not looked at. */
async function file(width: number, height: number, depth: number, kind: number, rows: number[], ...others: [string, number[]][]): Promise<Uint8Array> {
  const chunk = (name: string, content: Uint8Array) => {
    const bytes = new Uint8Array(12 + content.length)
    new DataView(bytes.buffer).setUint32(0, content.length)
    bytes.set(text(name), 4)
    bytes.set(content, 8)
    return bytes
  }
  const header = new Uint8Array(13)
  new DataView(header.buffer).setUint32(0, width)
  new DataView(header.buffer).setUint32(4, height)
  header.set([depth, kind], 8)
  const packed = new Blob([Uint8Array.from(rows)]).stream().pipeThrough(new CompressionStream('deflate'))
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    ...others.map(([name, content]) => chunk(name, Uint8Array.from(content))),
    chunk('IDAT', new Uint8Array(await new Response(packed).arrayBuffer())),
    chunk('IEND', new Uint8Array()),
  ]
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

test('PNG: two bits of grey are spread over all values', async () => {
  const image = await png(await file(4, 1, 2, 0, [0, 0b00011011]), 100)
  expect([...image.rgba].filter((_, i) => i % 4 === 0)).toEqual([0, 85, 170, 255])
})

test('PNG: of 16 bits the upper eight are taken', async () => {
  expect([...(await png(await file(1, 1, 16, 0, [0, 0x7f, 0xff]), 100)).rgba]).toEqual([0x7f, 0x7f, 0x7f, 255])
})

test('PNG: each filter is undone', async () => {
  const rows = [0, 10, 20, 1, 5, 5, 2, 1, 1, 3, 1, 1, 4, 1, 1]
  const image = await png(await file(2, 5, 8, 0, rows), 100)
  // as they are; left 5, 10; upper + 1: 6, 11; (0 + 6) / 2 + 1, (4 + 11) / 2 + 1; 4 + 1, and of 5, 8, 4 the nearest to 9 is 8
  expect([...image.rgba].filter((_, i) => i % 4 === 0)).toEqual([10, 20, 5, 10, 6, 11, 4, 8, 5, 9])
})

test('PNG: colours of a palette may be clear', async () => {
  const image = await png(await file(2, 1, 8, 3, [0, 0, 1], ['PLTE', [1, 2, 3, 4, 5, 6]], ['tRNS', [0]]), 100)
  expect([...image.rgba]).toEqual([1, 2, 3, 0, 4, 5, 6, 255])
})

test('PNG: a file that is cut off, or claims too many pixels, is refused', async () => {
  await expect(png(await file(2, 2, 8, 0, [0, 1, 2]), 100)).rejects.toThrow('ends too early')
  await expect(png(await file(11, 10, 8, 0, [0]), 100)).rejects.toThrow('more than 100 pixels')
})

test('names and axes make points', () => {
  const target = (name: string, axis: 'x' | 'y' | 'none') => ({ name, axis, shift: 0, scale: 1 })
  expect(pairs([target('nose_x', 'x'), target('weight', 'none'), target('nose_y', 'y')])).toEqual([{ name: 'nose', x: 0, y: 2 }])
  expect(pairs([target('x', 'x'), target('y', 'y')])).toEqual([{ name: 'point', x: 0, y: 1 }])
})

test('colours of classes are those of VOC', () => {
  expect([0, 1, 2, 3, 4].map(color)).toEqual([[0, 0, 0], [128, 0, 0], [0, 128, 0], [128, 128, 0], [0, 0, 128]])
})

test('a difference is told as a share of the largest number, and what is no number is one', () => {
  const golden = { file: '', source: '', label: 0, decodedShape: [], decodedSha256: '', resizedSha256: '', tensorSha256: '', logits: [-10, 4] }
  expect(compared(golden, Float32Array.of(-10, 5))).toBe(0.1)
  expect(compared(golden, Float32Array.of(NaN, 4))).toBeNaN()
})

test('why a camera does not open is told with what to do', () => {
  expect(refusal(new DOMException('', 'NotAllowedError'))).toContain('Allow it beside the address')
  expect(refusal(new DOMException('', 'NotFoundError'))).toContain('No camera was found')
  expect(refusal(new DOMException('', 'NotReadableError'))).toContain('Close other programs')
  expect(refusal('?')).toContain('Choose a picture instead')
})
