/** The same action at the other doors, ready to copy. */
export type Twin = { cli: string; rest: string; java?: string }

export const here = () => (typeof location === 'undefined' ? 'http://127.0.0.1:7070' : location.origin)

/** Returns a word as a shell takes it. */
export function quoted(word: string): string {
  return /^[A-Za-z0-9._/:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

export function post(path: string, body?: unknown): string {
  const data = body === undefined ? '' : ` -H 'Content-Type: application/json' -d ${quoted(JSON.stringify(body))}`
  return `curl -X POST ${here()}${path}${data}`
}

export function pairs(setting: Record<string, unknown>): string {
  return Object.entries(setting)
    .map(([name, value]) => `${JSON.stringify(name)}, ${Array.isArray(value) ? `List.of(${value.join(', ')})` : JSON.stringify(value)}`)
    .join(', ')
}

/** A job that waits is taken out of the workbench's own queue, which the terminal does not know. */
export const takeOutTwin = (id: string): Pick<Twin, 'rest'> => ({ rest: post(`/api/jobs/${id}/stop`) })

export const stopTwin = (id: string): Twin => ({
  cli: `fovea job stop ${id}`, rest: post(`/api/jobs/${id}/stop`), java: `new Jobs(Workspace.at(folder)).stop("${id}");`,
})

export const goOnTwin = (id: string): Twin => ({
  cli: `fovea job run ${id}`, rest: post(`/api/jobs/${id}/go-on`),
  java: `new Jobs(Workspace.at(folder)).again("${id}").run(EventListener.NOBODY, new StopSignal());`,
})

export const predictTwin = (model: string): Twin => ({
  cli: `fovea predict ${model} picture.png --top 10`,
  rest: `curl --data-binary @picture.png '${here()}/api/models/${model}/predict?top=10'`,
  java: [
    `Path file = workspace.newestModel("${model}").orElseThrow();`,
    'try (Decoder model = Decoder.load(file, PredictionOptions.DEFAULT)) {',
    '    Answer answer = model.answer(Path.of("picture.png"));',
    '}',
  ].join('\n'),
})

/** A network of one's own is named by its file. */
export const networkTwin = (name: string, file?: string): Twin => ({
  cli: `fovea network show ${quoted(file ?? name)} --layers`, rest: `curl ${here()}/api/networks/${name}`,
  java: file ? `Network network = NetworkYaml.read(Path.of(${JSON.stringify(file)}));` : `Network network = Catalogue.entry("${name}").network();`,
})

export const keepNetworkTwin = (name: string, file: string, replace: boolean): Twin => ({
  cli: `cp ${replace ? '' : '-n '}${name}.yaml ${quoted(file)}`, rest: `curl -X PUT --data-binary @${name}.yaml ${quoted(`${here()}/api/networks/${name}${replace ? '?replace=true' : ''}`)}`,
  java: `Files.copy(Path.of("${name}.yaml"), Workspace.at(folder).network("${name}")${replace ? ', REPLACE_EXISTING' : ''});`,
})

export const deleteNetworkTwin = (name: string, file: string): Twin => ({
  cli: `rm ${quoted(file)}`, rest: `curl -X DELETE ${here()}/api/networks/${name}`, java: `Files.delete(Workspace.at(folder).network("${name}"));`,
})

export const besideTwin = (first: { name: string; file?: string }, second: { name: string; file?: string }): Pick<Twin, 'cli' | 'rest'> => ({
  cli: `diff <(fovea network show ${quoted(first.file ?? first.name)} --layers) <(fovea network show ${quoted(second.file ?? second.name)} --layers)`,
  rest: `curl ${here()}/api/networks/${first.name}/beside/${second.name}`,
})

export const datasetTwin = (name: string): Twin => ({
  cli: `fovea data show ${name}`, rest: `curl ${here()}/api/datasets/${name}`,
  java: `Dataset dataset = Dataset.open(Workspace.at(folder).dataset("${name}"));`,
})

export const drawTwin = (name: string, perDigit: number): Pick<Twin, 'rest'> => ({ rest: post('/api/datasets/drawn-digits', { name, perDigit }) })

export const followTwin = (id: string): Twin => ({
  cli: `fovea job show ${id} --events`, rest: `curl -N ${here()}/api/jobs/${id}/events`,
  java: `List<Event> events = new Jobs(Workspace.at(folder)).events("${id}", 0);`,
})

export const orderTwin = (waiting: string[]): Pick<Twin, 'rest'> => ({
  rest: `curl -X PUT ${here()}/api/queue -H 'Content-Type: application/json' -d ${quoted(JSON.stringify({ waiting }))}`,
})
