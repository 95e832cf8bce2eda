import type { JobOrder } from '../api/client'

/** The same action at the other doors, ready to copy. */
export type Twin = { cli: string; rest: string; java?: string }

const here = () => (typeof location === 'undefined' ? 'http://127.0.0.1:7070' : location.origin)

/** Returns a word as a shell takes it. */
export function quoted(word: string): string {
  return /^[A-Za-z0-9._/:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

export function post(path: string, body?: unknown): string {
  const data = body === undefined ? '' : ` -H 'Content-Type: application/json' -d ${quoted(JSON.stringify(body))}`
  return `curl -X POST ${here()}${path}${data}`
}

export type TrainingSettings = {
  epochs: number
  batchSize: number
  optimizer: { name: string; setting: Record<string, unknown> }
  learningRate: number
  schedule: { name: string; setting: Record<string, unknown> }
  seed: number | null
}

/** Returns the job of a training. */
export function trainJob(data: string, network: string, name: string, settings: TrainingSettings): JobOrder {
  return {
    kind: 'train',
    data,
    network,
    ...(name ? { name } : {}),
    settings: {
      epochs: settings.epochs,
      batchSize: settings.batchSize,
      optimizer: settings.optimizer.setting,
      learningRate: settings.learningRate,
      schedule: settings.schedule.setting,
      ...(settings.seed === null ? {} : { seed: settings.seed }),
    },
  }
}

export function trainTwin(data: string, network: string, name: string, settings: TrainingSettings): Twin {
  const words = ['fovea train', '--data', quoted(data), '--network', quoted(network)]
  if (name) words.push('--name', quoted(name))
  words.push('--epochs', String(settings.epochs), '--batch-size', String(settings.batchSize), '--optimizer',
    settings.optimizer.name, '--learning-rate', String(settings.learningRate), '--schedule', settings.schedule.name)
  if (settings.seed !== null) words.push('--seed', String(settings.seed))
  const java = [
    'new Jobs(Workspace.at(folder)).run(',
    `    Job.Train.of(${JSON.stringify(data)}, ${JSON.stringify(network)})`,
    ...(name ? [`        .named(${JSON.stringify(name)})`] : []),
    `        .set("epochs", ${settings.epochs})`,
    `        .set("batchSize", ${settings.batchSize})`,
    `        .set("optimizer", Map.of(${pairs(settings.optimizer.setting)}))`,
    `        .set("learningRate", ${settings.learningRate})`,
    `        .set("schedule", Map.of(${pairs(settings.schedule.setting)}))`,
    ...(settings.seed === null ? [] : [`        .set("seed", ${settings.seed})`]),
  ].join('\n') + ');'
  return { cli: words.join(' '), rest: post('/api/jobs', trainJob(data, network, name, settings)), java }
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

export const networkTwin = (name: string): Twin => ({
  cli: `fovea network show ${name} --layers`, rest: `curl ${here()}/api/networks/${name}`, java: `Network network = Catalogue.entry("${name}").network();`,
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
