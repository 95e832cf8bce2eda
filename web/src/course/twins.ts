import { pairs, post, type Twin } from '../part/twins'
import { bringJob, learnJob, type Bringing, type Learning } from './plan'

const text = (word: string) => JSON.stringify(word)

export const bringTwin = (what: Bringing): Twin => ({
  cli: `fovea data import ${what.dataset} ${what.source}${what.perClass === null ? '' : ` --max-per-class ${what.perClass}`}`,
  rest: post('/api/jobs', bringJob(what)),
  java: `new Jobs(Workspace.at(folder)).run(\n    Job.Import.of(${text(what.dataset)}, ${text(what.source)})`
    + `${what.perClass === null ? '' : `\n        .set("maximumPerClass", ${what.perClass})`});`,
})

export const learnTwin = (what: Learning): Twin => ({
  cli: `fovea train --data ${what.data} --network ${what.network} --name ${what.model} ${what.words.join(' ')}`,
  rest: post('/api/jobs', learnJob(what)),
  java: `new Jobs(Workspace.at(folder)).run(\n    Job.Train.of(${text(what.data)}, ${text(what.network)})\n        .named(${text(what.model)})`
    + Object.entries(what.settings).map(([name, value]) =>
      `\n        .set(${text(name)}, ${value !== null && typeof value === 'object' ? `Map.of(${pairs(value as Record<string, unknown>)})` : JSON.stringify(value)})`).join('')
    + ');',
})

/** The list as a dataset that is all test, and its evaluation: the same pictures, the same figures. */
export const oddTwin = (model: string): Twin => ({
  cli: `fovea data import odd-digits collection:odd-digits\nfovea evaluate ${model} --data odd-digits`,
  rest: `curl ${typeof location === 'undefined' ? '' : location.origin}/api/course/answers/${model}`,
  java: `Jobs jobs = new Jobs(Workspace.at(folder));\njobs.run(Job.Import.of("odd-digits", "collection:odd-digits"));\njobs.run(Job.Evaluate.of(${text(model)}, "odd-digits"));`,
})
