/** A file with its path, as a tar holds it. */
export type Entry = { path: string; file: Blob }

const BLOCK = 512
const encoder = new TextEncoder()

/**
 * Returns files as one tar that the browser reads from disk only while it is sent (POSIX.1-2017, ustar; paths over 100 bytes by a pax header).
 */
export function tar(entries: Entry[]): Blob {
  const parts: BlobPart[] = []
  for (const { path, file } of entries) {
    const name = encoder.encode(path)
    if (name.length > 100) {
      const record = pax(`path=${path}`)
      parts.push(header(encoder.encode('pax'), record.length, 'x'), record, padding(record.length))
    }
    parts.push(header(name.slice(0, 100), file.size, '0'), file, padding(file.size))
  }
  parts.push(new Uint8Array(2 * BLOCK))
  return new Blob(parts, { type: 'application/octet-stream' })
}

function padding(size: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK)
}

/** "LENGTH KEYWORD=VALUE\n", whose length counts itself. */
function pax(text: string): Uint8Array<ArrayBuffer> {
  const rest = encoder.encode(` ${text}\n`).length
  let length = rest + String(rest).length
  if (String(length).length > String(rest).length) length = rest + String(length).length
  return encoder.encode(`${length} ${text}\n`)
}

function header(name: Uint8Array, size: number, type: '0' | 'x'): Uint8Array<ArrayBuffer> {
  const block = new Uint8Array(BLOCK)
  const put = (at: number, text: string) => block.set(encoder.encode(text), at)
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`
  block.set(name, 0)
  put(100, octal(0o644, 7))
  put(108, octal(0, 7))
  put(116, octal(0, 7))
  if (size < 8 ** 11) put(124, octal(size, 11))
  else binary(block, size)
  put(136, octal(0, 11))
  put(148, '        ')
  put(156, type)
  put(257, 'ustar\0')
  put(263, '00')
  const sum = block.reduce((total, each) => total + each, 0)
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `)
  return block
}

/** Sizes that eleven octal digits cannot hold: base 256, as GNU tar writes them. */
function binary(block: Uint8Array, size: number): void {
  block[124] = 0x80
  for (let at = 135, left = size; at > 124 && left > 0; at--, left = Math.floor(left / 256)) block[at] = left % 256
}
