/**
 * Events as events.jsonl has them: docs/jobs.md. Only what pages show is named here. Of runs of earlier versions the server makes the accuracy or the error
 * that an event told a list of measures; what they did not tell is missing.
 */
export type Measure = {
  name: string
  /** "NaN" stands where nothing could be measured. */
  value: number | 'NaN'
  unit: 'SHARE' | 'PIXELS' | 'DECIBEL' | 'VALUE' | 'LOSS'
  better: 'HIGHER' | 'LOWER'
}

type Told = { number: number; at: string }

export type RunEvent = Told & (
  | { event: 'jobBegan'; kind: string; fovea: string }
  | { event: 'stageBegan'; stage: string }
  | { event: 'stageProgressed'; stage: string; done: number; total: number; unit: string }
  | { event: 'noted'; note: string }
  | { event: 'remarked'; remark: string }
  | { event: 'jobEnded'; ending: 'DONE' | 'STOPPED' | 'FAILED'; problem?: { what: string; where: string; remedy: string } }
  | {
      event: 'runStarted'; network: string; parameters: number; trainedParameters: number; trainPictures: number
      validationPictures: number; epochs: number; stepsPerEpoch: number; seed: number; engine: string; firstStep: number
    }
  | { event: 'startJudged'; validationLoss: number; validation?: Measure[] }
  | {
      event: 'stepFinished'; epoch: number; step: number; loss: number | 'NaN'; measures?: Measure[]; learningRate: number
      imagesPerSecond: number
    }
  | {
      event: 'epochFinished'; epoch: number; step: number; trainLoss: number | 'NaN'; train: Measure[]
      validationLoss?: number | 'NaN' | null; validation?: Measure[]; learningRate: number; imagesPerSecond: number; best: boolean
    }
  | { event: 'picturesAnswered'; epoch: number; step: number; samples?: SampleAnswer[]; confusion?: number[][] }
  | { event: 'machineUsed'; step: number; processors: number; bytes: number }
  | { event: 'checkpointSaved'; epoch: number; step: number }
  | { event: 'runFinished'; outcome: string; epochs: number; steps: number; seconds: number; imagesPerSecond: number }
  | {
      event: 'evolved'; generation: number; generations: number; best: number; mean: number
      validationAccuracy?: number; evaluations: number
    }
  | { event: 'kernelsChanged'; generation: number; shape: number[]; weights: number[] }
  | { event: 'unknown' }
)

export type SampleAnswer = { position: number; source: string; guesses: { output: number; value: number }[] }
