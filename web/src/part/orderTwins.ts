import type { JobOrder } from '../api/client'
import { post, quoted, type Twin } from './twins'

/** Settings that have a short option each; all others go by a file, which says the same. */
const options: Record<string, string> = { 'course.epochs': '--epochs', 'pictures.batchSize': '--batch-size', 'step.learningRate': '--learning-rate', seed: '--seed' }

/** Returns a job at the other doors: as a command where it is short, else as a file. */
export function orderTwins(job: JobOrder): Twin {
  const yaml = file(job)
  const java = [
    'JobYaml.Order order = JobYaml.read("""', ...yaml.split('\n').map((line) => `        ${line.replaceAll('\\', '\\\\')}`), '        """, "my job", folder);',
    'try (Jobs.Run run = new Jobs(Workspace.at(folder)).begin(order, Jobs.Going.ON)) {', '    run.run(EventListener.NOBODY, new StopSignal());', '}',
  ].join('\n')
  return { cli: command(job) ?? `cat > job.yaml <<'END'\n${yaml}\nEND\nfovea job run job.yaml`, rest: post('/api/jobs', job), java }
}

/** A line for each part of the job; JSON is YAML too. */
function file(job: JobOrder): string {
  return Object.entries(job).map(([name, value]) => `${name}: ${typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(value) ? value : JSON.stringify(value)}`).join('\n')
}

function command(job: JobOrder): string | null {
  switch (job.kind) {
    case 'exportModel': return exportCommand(job)
    case 'int8': return words(`fovea shrink int8 ${quoted(String(job['model']))}`, job)
    case 'ladder': return words(`fovea shrink ladder ${quoted(String(job['model']))}`, job)
    default: return trainCommand(job)
  }
}

/** Options that are called as the job's fields are. */
function words(verb: string, job: Record<string, unknown>): string {
  const { kind: _, model: __, ...options } = job
  return [verb, ...Object.entries(options).map(([name, value]) => `--${name} ${quoted(Array.isArray(value) ? value.join(',') : String(value))}`)].join(' ')
}

function exportCommand({ model, format, int8, calibrate }: JobOrder): string {
  const { kind, ...chosen } = typeof format === 'string' ? { kind: format } : (format as Record<string, unknown>)
  return words(`fovea export ${quoted(String(model))}`, { format: kind, ...chosen, ...(int8 ? { precision: 'int8', calibrate } : {}) })
}

function trainCommand(job: JobOrder): string | null {
  const { kind, data, network, name, settings, ...rest } = job
  if (kind !== 'train' || typeof network !== 'string' || Object.keys(rest).length > 0) return null
  const words = ['fovea train', '--data', quoted(String(data)), '--network', quoted(network)]
  if (typeof name === 'string') words.push('--name', quoted(name))
  for (const [path, value] of flat((settings ?? {}) as Record<string, unknown>, '')) {
    const option = options[path]
    if (!option || typeof value !== 'number') return null
    words.push(option, String(value))
  }
  return words.join(' ')
}

function flat(settings: Record<string, unknown>, before: string): [string, unknown][] {
  return Object.entries(settings).flatMap(([name, value]): [string, unknown][] =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? flat(value as Record<string, unknown>, `${before}${name}.`) : [[before + name, value]])
}
