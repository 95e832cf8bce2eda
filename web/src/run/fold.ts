import type { Measure, RunEvent, SampleAnswer } from './event'

/** A curve's points: x and y at the same place belong together; null where nothing was measured. */
export type Curve = { x: number[]; y: (number | null)[] }

/** A measure's two curves, over steps: of training pictures as seen in training, and of validation pictures after epochs. */
export type MeasureCurves = { name: string; unit: Measure['unit']; better: Measure['better']; train: Curve; validation: Curve }

/** What the validated network says of validation pictures after an epoch. */
export type Answers = { epoch: number; step: number; samples: SampleAnswer[]; confusion: number[][] }

/** The filters of a hybrid's first convolution after a generation. */
export type KernelState = { generation: number; shape: number[]; weights: number[] }

/** A run as its events tell of it: the same for one that is going on and one of last year. */
export type RunState = {
  /** The number of the last event that counts. */
  last: number
  network?: string
  engine?: string
  parameters: number
  trainPictures: number
  validationPictures: number
  epochs: number
  stepsPerEpoch: number
  epoch: number
  step: number
  stage: string
  /** The share that is done, 0 to 1; null while the whole is not known. */
  progress: number | null
  loss: { train: Curve; validation: Curve }
  measures: MeasureCurves[]
  learningRate: Curve
  imagesPerSecond: { steps: Curve; epochs: Curve }
  processors: Curve
  memory: Curve
  /** The step of the best epoch so far. */
  bestStep: number | null
  bestEpoch: number | null
  answers: Answers[]
  evolution: { best: Curve; mean: Curve; accuracy: Curve }
  kernels: KernelState[]
  remarks: string[]
  ended: 'DONE' | 'STOPPED' | 'FAILED' | null
  seconds: number | null
}

const none = (): Curve => ({ x: [], y: [] })

export const nothing: RunState = {
  last: 0, parameters: 0, trainPictures: 0, validationPictures: 0, epochs: 0, stepsPerEpoch: 0, epoch: 0, step: 0,
  stage: '', progress: null, loss: { train: none(), validation: none() }, measures: [], learningRate: none(),
  imagesPerSecond: { steps: none(), epochs: none() }, processors: none(), memory: none(), bestStep: null, bestEpoch: null, answers: [],
  evolution: { best: none(), mean: none(), accuracy: none() }, kernels: [], remarks: [], ended: null, seconds: null,
}

/** Returns the state after some more events; the one before stays as it was. Events that were counted already change nothing. */
export function fold(before: RunState, events: RunEvent[]): RunState {
  const state = copied(before)
  for (const event of events) {
    if (event.number <= state.last) continue
    state.last = event.number
    add(state, event)
  }
  return state
}

function add(state: RunState, event: RunEvent): void {
  switch (event.event) {
    case 'jobBegan':
      state.ended = null
      break
    case 'stageBegan':
      state.stage = event.stage
      break
    case 'stageProgressed':
      state.stage = event.stage
      state.progress = event.total > 0 ? event.done / event.total : null
      break
    case 'noted':
      state.remarks.push(event.note)
      break
    case 'remarked':
      state.remarks.push(event.remark)
      break
    case 'jobEnded':
      state.ended = event.ending
      break
    case 'runStarted':
      goBack(state, event.firstStep)
      state.network = event.network
      state.engine = event.engine
      state.parameters = event.parameters
      state.trainPictures = event.trainPictures
      state.validationPictures = event.validationPictures
      state.epochs = event.epochs
      state.stepsPerEpoch = event.stepsPerEpoch
      state.step = event.firstStep
      break
    case 'startJudged':
      put(state.loss.validation, 0, event.validationLoss)
      for (const measure of event.validation ?? []) put(curves(state, measure).validation, 0, measure.value)
      break
    case 'stepFinished':
      advance(state, event.epoch, event.step)
      put(state.loss.train, event.step, event.loss)
      for (const measure of event.measures ?? []) put(curves(state, measure).train, event.step, measure.value)
      put(state.learningRate, event.step, event.learningRate)
      put(state.imagesPerSecond.steps, event.step, event.imagesPerSecond)
      break
    case 'epochFinished':
      advance(state, event.epoch, event.step)
      if (event.validationLoss != null) put(state.loss.validation, event.step, event.validationLoss)
      for (const measure of event.validation ?? []) put(curves(state, measure).validation, event.step, measure.value)
      put(state.imagesPerSecond.epochs, event.step, event.imagesPerSecond)
      if (event.best) {
        state.bestStep = event.step
        state.bestEpoch = event.epoch
      }
      break
    case 'picturesAnswered':
      state.answers.push({ epoch: event.epoch, step: event.step, samples: event.samples ?? [], confusion: event.confusion ?? [] })
      break
    case 'machineUsed':
      if (event.processors >= 0) put(state.processors, event.step, event.processors)
      if (event.bytes > 0) put(state.memory, event.step, event.bytes)
      break
    case 'runFinished':
      state.seconds = event.seconds
      break
    case 'evolved':
      state.stage = `generation ${event.generation} of ${event.generations}`
      state.progress = event.generations > 0 ? event.generation / event.generations : null
      put(state.evolution.best, event.generation, event.best)
      put(state.evolution.mean, event.generation, event.mean)
      if (event.validationAccuracy !== undefined) put(state.evolution.accuracy, event.generation, event.validationAccuracy)
      break
    case 'kernelsChanged':
      state.kernels = [...state.kernels.filter((each) => each.generation < event.generation), { generation: event.generation, shape: event.shape, weights: event.weights }]
      break
    case 'checkpointSaved':
    case 'unknown':
      break
    default: // a kind that a later version tells
      break
  }
}

function advance(state: RunState, epoch: number, step: number): void {
  state.epoch = epoch
  state.step = step
  state.stage = `epoch ${epoch} of ${state.epochs}`
  const whole = state.epochs * state.stepsPerEpoch
  state.progress = whole > 0 ? Math.min(1, step / whole) : null
}

/** A run that was killed goes on from its last checkpoint and tells again what came after it: the later telling counts. */
function goBack(state: RunState, step: number): void {
  for (const curve of allCurves(state)) {
    let length = curve.x.length
    while (length > 0 && curve.x[length - 1]! > step) length--
    curve.x.length = length
    curve.y.length = length
  }
  state.answers = state.answers.filter((each) => each.step <= step)
  if (state.bestStep != null && state.bestStep > step) {
    state.bestStep = null
    state.bestEpoch = null
  }
}

function put(curve: Curve, x: number, value: number | 'NaN'): void {
  curve.x.push(x)
  curve.y.push(typeof value === 'number' && Number.isFinite(value) ? value : null)
}

function curves(state: RunState, measure: Measure): MeasureCurves {
  let found = state.measures.find((each) => each.name === measure.name)
  if (!found) {
    found = { name: measure.name, unit: measure.unit, better: measure.better, train: none(), validation: none() }
    state.measures.push(found)
  }
  return found
}

function allCurves(state: RunState): Curve[] {
  return [
    state.loss.train, state.loss.validation, state.learningRate, state.imagesPerSecond.steps,
    state.imagesPerSecond.epochs, state.processors, state.memory,
    ...state.measures.flatMap((each) => [each.train, each.validation]),
  ]
}

const copy = (curve: Curve): Curve => ({ x: curve.x.slice(), y: curve.y.slice() })

function copied(state: RunState): RunState {
  return {
    ...state,
    loss: { train: copy(state.loss.train), validation: copy(state.loss.validation) },
    measures: state.measures.map((each) => ({ ...each, train: copy(each.train), validation: copy(each.validation) })),
    learningRate: copy(state.learningRate),
    imagesPerSecond: { steps: copy(state.imagesPerSecond.steps), epochs: copy(state.imagesPerSecond.epochs) },
    processors: copy(state.processors),
    memory: copy(state.memory),
    answers: state.answers.slice(),
    evolution: { best: copy(state.evolution.best), mean: copy(state.evolution.mean), accuracy: copy(state.evolution.accuracy) },
    remarks: state.remarks.slice(),
  }
}
