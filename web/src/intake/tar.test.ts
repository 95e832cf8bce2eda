import { describe, expect, it } from 'vitest'
import { tar } from './tar'

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).replace(/\0.*$/s, '')

/** A block of 512 bytes as POSIX describes it: name at 0, size in octal at 124, type at 156, and a sum over all bytes with blanks for itself at 148. */
function header(block: Uint8Array) {
  const blank = block.slice().fill(32, 148, 156)
  return {
    name: text(block.slice(0, 100)), size: parseInt(text(block.slice(124, 136)), 8), type: text(block.slice(156, 157)),
    sumIsRight: parseInt(text(block.slice(148, 155)), 8) === blank.reduce((sum, each) => sum + each, 0),
  }
}

const packed = async (path: string, content: string) => new Uint8Array(await tar([{ path, file: new Blob([content]) }]).arrayBuffer())

describe('A tar made in the browser', () => {
  it('has a header, the content filled up to 512 bytes, and an end of 1,024 zeros', async () => {
    const bytes = await packed('photos/cat/a.txt', 'one')
    expect(header(bytes.slice(0, 512))).toEqual({ name: 'photos/cat/a.txt', size: 3, type: '0', sumIsRight: true })
    expect(text(bytes.slice(512, 1024))).toBe('one')
    expect(bytes).toHaveLength(512 + 512 + 1024)
    expect(bytes.slice(1024).every((each) => each === 0)).toBe(true)
  })
  it('puts a long name before it, in a record that counts its own length', async () => {
    const path = 'ä'.repeat(60)
    const bytes = await packed(path, '')
    expect(header(bytes.slice(0, 512))).toEqual({ name: 'pax', size: 130, type: 'x', sumIsRight: true })
    expect(text(bytes.slice(512, 1024))).toBe(`130 path=${path}\n`) // 3 + 1 + 5 + 120 + 1
    expect(header(bytes.slice(1024, 1536)).type).toBe('0')
  })
})
