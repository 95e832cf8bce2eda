// Writes src/api/types.ts: the schemas of openapi.json as TypeScript, so that pages and server agree by the compiler.
import { readFileSync, writeFileSync } from 'node:fs'

const file = new URL('../../workbench/src/main/resources/io/fovea/server/openapi.json', import.meta.url)
const schemas = JSON.parse(readFileSync(file, 'utf8')).components.schemas

function type(schema) {
  if (schema.$ref) return schema.$ref.split('/').at(-1)
  if (schema.enum) return schema.enum.map((word) => JSON.stringify(word)).join(' | ')
  switch (schema.type) {
    case 'string': return 'string'
    case 'integer':
    case 'number': return 'number'
    case 'boolean': return 'boolean'
    case 'array': {
      const item = type(schema.items)
      return /[ |]/.test(item) ? `(${item})[]` : `${item}[]`
    }
    case 'object': return schema.properties ? fields(schema) : `Record<string, ${schema.additionalProperties === true ? 'unknown' : type(schema.additionalProperties)}>`
    default: return 'unknown'
  }
}

function fields(schema) {
  const required = new Set(schema.required)
  const lines = Object.entries(schema.properties).map(([name, field]) => {
    const words = field.description ? `  /** ${field.description} */\n` : ''
    return `${words}  ${name}${required.has(name) ? '' : '?'}: ${type(field)}`
  })
  if (schema.additionalProperties === true) lines.push('  [name: string]: unknown')
  return `{\n${lines.join('\n')}\n}`
}

const types = Object.entries(schemas).map(([name, schema]) =>
  `/** ${schema.description} */\nexport type ${name} = ${type(schema)}\n`)
writeFileSync(new URL('../src/api/types.ts', import.meta.url),
  `// Made from openapi.json by scripts/types.mjs; not to be changed by hand.\n\n${types.join('\n')}`)
