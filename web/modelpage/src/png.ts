/**
 * Reads PNG to the bit: a canvas rounds colours of clear pixels, and browsers differ in 16 bits and in colour profiles, which are ignored here.
 *
 * Source: W3C, Portable Network Graphics (third edition); filters: section 9, interlacing: 8.
 */
export interface Image {
  height: number
  width: number
  /** Red, green, blue and alpha [H, W, 4], 8 bits each; of 16 bits the upper eight. */
  rgba: Uint8Array
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** Samples of a pixel by the kind of colour: grey, red-green-blue, index, grey with alpha, red-green-blue with alpha. */
const SAMPLES: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
const DEPTHS: Record<number, number[]> = { 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] }

/** The seven passes of Adam7: first column and row, and steps. */
const PASSES = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]] as const

interface Header {
  width: number
  height: number
  depth: number
  color: number
  interlaced: boolean
}

interface Colors {
  palette: Uint8Array
  alphas: Uint8Array
  /** The one grey or colour that is clear. */
  clear: number[]
}

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte)
}

/** Returns the picture; throws where the file is cut off or says what no PNG may say. */
export async function png(bytes: Uint8Array, mostPixels: number): Promise<Image> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let header: Header | undefined
  const colors: Colors = { palette: new Uint8Array(), alphas: new Uint8Array(), clear: [] }
  const parts: Uint8Array<ArrayBuffer>[] = []
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at)
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (at + 12 + length > bytes.length) throw new Error('The PNG ends too early.')
    const content = bytes.slice(at + 8, at + 8 + length)
    if (kind === 'IHDR') header = read(content, mostPixels)
    if (kind === 'PLTE') colors.palette = content
    if (kind === 'tRNS') {
      colors.alphas = content
      colors.clear = [0, 1, 2].map((i) => (content[2 * i]! << 8) | content[2 * i + 1]!)
    }
    if (kind === 'IDAT') parts.push(content)
    if (kind === 'IEND') break
    at += 12 + length
  }
  if (!header) throw new Error('The PNG has no header.')
  const rows = await inflated(parts, size(header))
  return painted(rows, header, colors)
}

function read(content: Uint8Array, mostPixels: number): Header {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  const header = { width: view.getUint32(0), height: view.getUint32(4), depth: content[8]!, color: content[9]!, interlaced: content[12] === 1 }
  if (!header.width || !header.height || !DEPTHS[header.color]?.includes(header.depth)) throw new Error('The PNG has a wrong header.')
  if (header.width * header.height > mostPixels) throw new Error(`The picture has more than ${mostPixels} pixels.`)
  return header
}

function passes(header: Header): { x: number; y: number; stepX: number; stepY: number; width: number; height: number }[] {
  const all = header.interlaced ? PASSES : ([[0, 0, 1, 1]] as const)
  return all
    .map(([x, y, stepX, stepY]) => ({
      x, y, stepX, stepY, width: Math.ceil((header.width - x) / stepX), height: Math.ceil((header.height - y) / stepY),
    }))
    .filter((pass) => pass.width > 0 && pass.height > 0)
}

function rowBytes(width: number, header: Header): number {
  return Math.ceil((width * SAMPLES[header.color]! * header.depth) / 8)
}

function size(header: Header): number {
  return passes(header).reduce((sum, pass) => sum + pass.height * (1 + rowBytes(pass.width, header)), 0)
}

/** Unpacks no more than the picture needs, whatever the file claims. */
async function inflated(parts: Uint8Array<ArrayBuffer>[], needed: number): Promise<Uint8Array> {
  const reader = new Blob(parts).stream().pipeThrough(new DecompressionStream('deflate')).getReader()
  const bytes = new Uint8Array(needed)
  let at = 0
  while (at < needed) {
    const { done, value } = await reader.read()
    if (done) throw new Error('The PNG ends too early.')
    const part = value.subarray(0, needed - at)
    bytes.set(part, at)
    at += part.length
  }
  reader.cancel().catch(() => undefined)
  return bytes
}

function painted(bytes: Uint8Array, header: Header, colors: Colors): Image {
  const rgba = new Uint8Array(4 * header.width * header.height)
  const step = Math.max(1, (SAMPLES[header.color]! * header.depth) / 8)
  let at = 0
  for (const pass of passes(header)) {
    const length = rowBytes(pass.width, header)
    let above = new Uint8Array(length)
    for (let y = 0; y < pass.height; y++) {
      const row = bytes.subarray(at + 1, at + 1 + length)
      unfilter(bytes[at]!, row, above, step)
      const to = (pass.y + y * pass.stepY) * header.width + pass.x
      paint(row, pass.width, header, colors, rgba, to, pass.stepX)
      above = row as Uint8Array<ArrayBuffer>
      at += 1 + length
    }
  }
  return { width: header.width, height: header.height, rgba }
}

function unfilter(filter: number, row: Uint8Array, above: Uint8Array, step: number): void {
  for (let i = 0; i < row.length; i++) {
    const left = i < step ? 0 : row[i - step]!
    const up = above[i]!
    const corner = i < step ? 0 : above[i - step]!
    row[i]! += filter === 0 ? 0 : filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : paeth(left, up, corner)
  }
}

/** Of left, upper and corner the one nearest to left + upper − corner; of equally near ones the first. */
function paeth(left: number, up: number, corner: number): number {
  const near = left + up - corner
  const toLeft = Math.abs(near - left)
  const toUp = Math.abs(near - up)
  const toCorner = Math.abs(near - corner)
  return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner
}

function paint(row: Uint8Array, width: number, header: Header, colors: Colors, rgba: Uint8Array, at: number, step: number): void {
  const samples = SAMPLES[header.color]!
  const largest = 2 ** header.depth - 1
  const whole: number[] = [0, 0, 0, 0]
  for (let x = 0; x < width; x++) {
    for (let s = 0; s < samples; s++) whole[s] = sample(row, x * samples + s, header.depth)
    const to = 4 * (at + x * step)
    if (header.color === 3) {
      const index = whole[0]!
      for (let c = 0; c < 3; c++) rgba[to + c] = colors.palette[3 * index + c] ?? 0
      rgba[to + 3] = colors.alphas[index] ?? 255
      continue
    }
    const colored = samples > 2
    for (let c = 0; c < 3; c++) rgba[to + c] = eight(whole[colored ? c : 0]!, header.depth, largest)
    const isClear = colors.clear.length > 0 && (colored ? [0, 1, 2] : [0]).every((c) => whole[c] === colors.clear[c])
    rgba[to + 3] = samples % 2 === 0 ? eight(whole[samples - 1]!, header.depth, largest) : isClear ? 0 : 255
  }
}

function sample(row: Uint8Array, index: number, depth: number): number {
  if (depth === 8) return row[index]!
  if (depth === 16) return (row[2 * index]! << 8) | row[2 * index + 1]!
  const perByte = 8 / depth
  return (row[Math.floor(index / perByte)]! >> (8 - depth * ((index % perByte) + 1))) & (2 ** depth - 1)
}

/** Fewer bits are spread over 0 to 255, of sixteen the upper eight are taken. */
function eight(value: number, depth: number, largest: number): number {
  return depth === 16 ? value >> 8 : depth === 8 ? value : (value * 255) / largest
}
