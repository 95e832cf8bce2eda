import { here, post, quoted, type Twin } from '../part/twins'
import { classifyJob, type Pictures, USUAL_TOP } from './api'

/** Models are asked about many pictures; the job is a file that the command takes. */
export function classifyTwin(models: string[], pictures: Pictures, top = USUAL_TOP): Twin {
  const job = classifyJob(models, pictures, top)
  const words = models.map((model) => JSON.stringify(model)).join(', ')
  return {
    cli: `echo ${quoted(JSON.stringify(job))} > classify.yaml && fovea job run classify.yaml`,
    rest: post('/api/jobs', job),
    java: 'pictures' in pictures
      ? `new Jobs(Workspace.at(folder)).run(Job.Classify.of(List.of(${words}), ${pictures.pictures.map((place) => `Path.of(${JSON.stringify(place)})`).join(', ')})${top === USUAL_TOP ? '' : `.withTop(${top})`});`
      : `new Jobs(Workspace.at(folder)).run(new Job.Classify(List.of(${words}), List.of(),\n        Optional.of(${JSON.stringify(pictures.data)}), ${pictures.split ? `Optional.of(${JSON.stringify(pictures.split)})` : 'Optional.empty()'}, ${top === USUAL_TOP ? 'Optional.empty()' : `Optional.of(${top})`}));`,
  }
}

/** What was said is read again. */
export const answersTwin = (id: string): Pick<Twin, 'rest' | 'java'> => ({
  rest: `curl '${here()}/api/jobs/${id}/answers/rows?show=different&count=100'`,
  java: `AnswerTable.open(Workspace.at(folder).run("${id}").resolve("answers.csv"), "classify again").agreement();`,
})
