// Packs every built file once, as brotli and gzip, and lists what there is for the server, which serves nothing else.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const folder = new URL('../dist/', import.meta.url)
const names = readdirSync(folder, { recursive: true })
  .filter((name) => statSync(new URL(name, folder)).isFile() && !/\.(br|gz)$|^files\.txt$/.test(name))
const listed = []
for (const name of names) {
  const content = readFileSync(new URL(name, folder))
  listed.push(name)
  if (content.length < 1024 || !/\.(js|css|svg)$/.test(name)) continue
  writeFileSync(new URL(`${name}.br`, folder), brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
  writeFileSync(new URL(`${name}.gz`, folder), gzipSync(content, { level: 9 }))
  listed.push(`${name}.br`, `${name}.gz`)
}
writeFileSync(new URL('files.txt', folder), listed.sort().join('\n') + '\n')
