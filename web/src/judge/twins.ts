import { here, post, quoted, type Twin } from '../part/twins'
import { evaluateJob } from './api'

/** A model is judged on a dataset. */
export function evaluateTwin(model: string, data: string, split: '' | 'training' | 'validation' | 'test'): Twin {
  return {
    cli: `fovea evaluate ${quoted(model)} --data ${quoted(data)}${split ? ` --split ${split}` : ''}`,
    rest: post('/api/jobs', evaluateJob(model, data, split)),
    java: split
      ? `new Jobs(Workspace.at(folder)).run(new Job.Evaluate(${JSON.stringify(model)}, ${JSON.stringify(data)},\n        Optional.of("${split}"), Optional.empty()));`
      : `new Jobs(Workspace.at(folder)).run(Job.Evaluate.of(${JSON.stringify(model)}, ${JSON.stringify(data)}));`,
  }
}

/** What an evaluation found is read again. */
export const evaluationTwin = (id: string): Pick<Twin, 'rest' | 'java'> => ({
  rest: `curl ${here()}/api/jobs/${id}/evaluation`,
  java: `KeptPredictions.read(Workspace.at(folder).run("${id}"), "evaluate again").calibration();`,
})

export const compareTwin = (ids: string[]): Pick<Twin, 'rest'> => ({
  rest: `curl '${here()}/api/evaluations/compare?${ids.map((id) => `job=${id}`).join('&')}'`,
})
