import type { RunState } from './fold'

/** Returns what pages can show of a training and this run's events do not hold, in words: earlier versions told less. */
export function untold(run: RunState): string[] {
  if (run.network === undefined) return []
  const missing: [boolean, string][] = [
    [run.measures.length === 0, 'measures beside the loss'],
    [run.measures.length > 0 && run.measures.every((each) => each.train.x.length === 0), 'measures of training pictures'],
    [run.validationPictures > 0 && run.loss.validation.x.length === 0, 'loss of validation pictures'],
    [run.learningRate.x.length === 0, 'learning rate'],
    [run.answers.length === 0, 'what the network said of validation pictures, epoch by epoch'],
    [run.processors.x.length === 0 && run.memory.x.length === 0, 'processors and memory'],
  ]
  return missing.filter(([absent]) => absent).map(([, words]) => words)
}
