import type { Things } from '../api/types'
import { importJob, type ImportForm, type Made, words } from '../intake/form'
import { quoted, type Twin } from './twins'

const here = () => (typeof location === 'undefined' ? 'http://127.0.0.1:7070' : location.origin)
const json = (method: string, path: string, body: unknown) =>
  `curl -X ${method} ${here()}${path} -H 'Content-Type: application/json' -d ${quoted(JSON.stringify(body))}`

/** The sources of an import and its settings as options of the command line. */
function options(form: ImportForm, made: Made | null): string[] {
  const option = (isSaid: boolean, ...said: (string | number)[]) => (isSaid ? said.map((each) => quoted(String(each))) : [])
  return [
    ...form.sources.map((each) => quoted(words(each))),
    ...option(form.task !== null, '--task', form.task ?? ''),
    ...option(made !== null, '--size', `${made?.height}x${made?.width}`, '--color', made?.colorMode ?? '', '--resize', made?.resizeMode ?? ''),
    ...option(Number(made?.cropMargin ?? 0) > 0, '--crop-margin', made?.cropMargin ?? 0),
    ...option(form.validation !== 25, '--validation', form.validation),
    ...option(form.test !== 0, '--test', form.test),
    ...option(form.block, '--split-order', 'block'),
    ...option(form.atLeast !== 2, '--min-per-class', form.atLeast),
    ...option(form.atMost !== null, '--max-per-class', form.atMost ?? 0),
    ...option(form.seed !== 1, '--seed', form.seed),
  ]
}

/** A setting as Java writes it. */
function java(value: unknown): string {
  if (Array.isArray(value)) return `List.of(${value.map(java).join(', ')})`
  if (value !== null && typeof value === 'object')
    return `Map.of(${Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}, ${java(each)}`).join(', ')})`
  return JSON.stringify(value)
}

export function importTwin(form: ImportForm): Twin {
  const job = importJob(form)
  const settings = Object.entries(job['settings'] as object).map(([name, value]) => `\n        .set(${JSON.stringify(name)}, ${java(value)})`)
  return {
    cli: ['fovea data import', quoted(form.name), ...options(form, form.preparation)].join(' '),
    rest: json('POST', '/api/jobs', job),
    java: `new Jobs(Workspace.at(folder)).run(\n    Job.Import.of(${[form.name, ...form.sources.map(words)].map((each) => JSON.stringify(each)).join(', ')})${settings.join('')});`,
  }
}

export function lookTwin(form: ImportForm): Twin {
  const job = importJob({ ...form, preparation: null })
  return {
    cli: ['fovea data import', quoted(form.name), ...options(form, null), '--look'].join(' '),
    rest: json('POST', '/api/looks', job),
    java: [
      `List<String> sources = List.of(${form.sources.map((each) => JSON.stringify(words(each))).join(', ')});`,
      `ImportSettings settings = ImportChoice.settings(${JSON.stringify(form.name)}, sources, ${java(job['settings'])});`,
      'Path cache = Workspace.at(folder).cache();',
      'ImportLook look = DatasetImport.look(\n    ReadyMade.sources(sources, cache, DownloadListener.NONE), settings, cache.resolve("look"));',
    ].join('\n'),
  }
}

export const uploadTwin: Pick<Twin, 'rest'> = {
  get rest() { return `tar -c photos | curl --data-binary @- '${here()}/api/uploads?name=photos'` },
}

export function deletionTwin(things: Things): Twin {
  const names = (['datasets', 'runs', 'models'] as const).flatMap((shelf) => (things[shelf] ?? []).map((name) => `${shelf}/${name}`))
  return {
    cli: `fovea delete ${names.map(quoted).join(' ')}`,
    rest: json('POST', '/api/deletions', things),
    java: `new Deletions(Workspace.at(folder), job -> false).delete(\n    List.of(${names.map((name) => `Deletion.Name.parse(${JSON.stringify(name)})`).join(', ')}));`,
  }
}

export const deleteUploadTwin = (name: string): Pick<Twin, 'rest'> => ({ rest: `curl -X DELETE ${here()}/api/uploads/${encodeURIComponent(name)}` })
