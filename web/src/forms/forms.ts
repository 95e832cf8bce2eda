import type { JobOrder } from '../api/client'
import type { DatasetSummary, Model } from '../api/types'

/** A form in which a model leaves Fovea: docs/export.md. */
export type Form = 'onnx' | 'bundle' | 'npz' | 'safetensors' | 'web' | 'tflite' | 'jar'
export type Precision = 'fp32' | 'fp16' | 'int8'

/** What is chosen of an export; what a form does not have is left out of its job. */
export type Choice = { form: Form; precision: Precision; calibrate: string; inside: boolean; opset: number | null; coordinates: string }

export const FORMS: { form: Form; title: string; whom: string }[] = [
  { form: 'onnx', title: 'ONNX', whom: 'For programs in any language that run ONNX Runtime or the like.' },
  { form: 'bundle', title: 'Model file', whom: 'For another Fovea, to try, judge, serve or learn on.' },
  { form: 'web', title: 'Web page', whom: 'For anybody with a browser: pictures are answered there and sent nowhere.' },
  { form: 'tflite', title: 'TensorFlow Lite', whom: 'For apps on phones, and small boards.' },
  { form: 'jar', title: 'Java artefact', whom: 'For Java programs, by Maven: a class, with the classes as an enum.' },
  { form: 'npz', title: 'NumPy weights', whom: 'For those who look into the weights in Python.' },
  { form: 'safetensors', title: 'Safetensors', whom: 'For those who go on with the weights in PyTorch.' },
]

export const PRECISIONS: { precision: Precision; title: string }[] = [
  { precision: 'fp32', title: '32 bits' },
  { precision: 'fp16', title: '16 bits' },
  { precision: 'int8', title: 'whole numbers' },
]

/** Operator sets for older runtimes. */
export const OPSETS = [13, 14, 15, 16, 17]

export const isWhole = (model: Model) => model.settings['precision'] === 'int8'

/** Datasets whose pictures are prepared as the model takes them, the one that it learned first. */
export function fitting(model: Model, datasets: DatasetSummary[]): DatasetSummary[] {
  const fit = datasets.filter((each) => !each.problem && each.height === model.input.height && each.width === model.input.width && each.colorMode === model.input.colorMode)
  return fit.toSorted((a, b) => Number(b.name === model.data) - Number(a.name === model.data))
}

/** Why a precision is not to be had in a form; null where it is. */
export function noPrecision(form: Form, precision: Precision, model: Model, calibrations: number): string | null {
  const whole = isWhole(model)
  if (precision === 'fp32') return null // as the model has its numbers
  if (precision === 'fp16') {
    if (whole) return '16 bits: the model is in whole numbers already.'
    if (form === 'bundle') return '16 bits: a model file is handed on byte for byte.'
    if (form === 'tflite') return '16 bits: TensorFlow Lite is written in 32 bits or whole numbers.'
    if (form === 'jar') return '16 bits: the jar holds the model file as it is.'
    return null
  }
  if (whole) return 'Whole numbers: the model is in them already, and is written so.'
  if (form === 'npz' || form === 'safetensors') return 'Whole numbers: weights alone mean nothing without their scales.'
  return calibrations === 0 ? 'Whole numbers: they need a dataset whose pictures are prepared as the model takes them, and there is none here.' : null
}

/** Why pictures are not prepared in the file; null where they can be. */
export function noInside(choice: Choice): string | null {
  if (choice.form !== 'onnx') return 'Only ONNX files can prepare pictures themselves.'
  return choice.opset === null ? null : 'Preparing pictures needs a newer operator set than the one chosen.'
}

/** Why an operator set is not chosen; null where it can be. */
export function noOpset(choice: Choice): string | null {
  if (choice.form !== 'onnx') return 'Only ONNX files have operator sets.'
  return choice.inside ? 'Preparing pictures needs operator set 18, so no older one can be chosen.' : null
}

/** Returns a choice with what its form does not have taken back. */
export function fitted(choice: Choice, model: Model, calibrations: number): Choice {
  const onnx = choice.form === 'onnx'
  return {
    ...choice,
    precision: noPrecision(choice.form, choice.precision, model, calibrations) ? 'fp32' : choice.precision,
    inside: onnx && choice.inside,
    opset: onnx && !choice.inside ? choice.opset : null,
    coordinates: choice.form === 'jar' ? choice.coordinates : '',
  }
}

/** Returns the job of an export: docs/jobs.md. */
export function exportJob(model: string, choice: Choice): JobOrder {
  const chosen = {
    ...(choice.precision === 'fp16' ? { precision: 'fp16' } : {}),
    ...(choice.inside ? { preprocessing: 'inside' } : {}),
    ...(choice.opset === null ? {} : { opset: choice.opset }),
    ...(choice.coordinates.trim() ? { coordinates: choice.coordinates.trim() } : {}),
  }
  return {
    kind: 'exportModel', model,
    format: Object.keys(chosen).length === 0 ? choice.form : { kind: choice.form, ...chosen },
    ...(choice.precision === 'int8' ? { int8: true, calibrate: choice.calibrate } : {}),
  }
}
