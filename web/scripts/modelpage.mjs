// Puts ONNX Runtime Web beside the built page of a model, packs what is large as brotli, which Java cannot make, and lists what there is.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, constants } from 'node:zlib'

const folder = new URL('../dist-modelpage/', import.meta.url)
const runtime = new URL('../node_modules/onnxruntime-web/', import.meta.url)
const wasm = 'ort-wasm-simd-threaded.wasm'

mkdirSync(new URL('ort/', folder), { recursive: true })
// Named .js, as hosts of files do not all know that .mjs is a script.
for (const [from, to] of [['ort.wasm.bundle.min.mjs', 'ort.js'], [wasm, wasm]]) copyFileSync(new URL(`dist/${from}`, runtime), new URL(`ort/${to}`, folder))

// Better qualities take half a minute for a fifth less.
function packed(content) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_LGWIN]: 24 }
  return brotliCompressSync(content, { params })
}

const names = readdirSync(folder, { recursive: true }).filter((name) => statSync(new URL(name, folder)).isFile() && !/\.br$|^files\.txt$/.test(name))
const listed = []
for (const name of names) {
  listed.push(name)
  if (!/\.(js|css|html|wasm)$/.test(name)) continue
  writeFileSync(new URL(`${name}.br`, folder), packed(readFileSync(new URL(name, folder))))
  listed.push(`${name}.br`)
}
writeFileSync(new URL('files.txt', folder), listed.sort().join('\n') + '\n')
