/** What the model is: the part of manifest.json (docs/model-file.md) that the page needs. */
export interface Manifest {
  name: string
  task: 'classification' | 'regression' | 'segmentation' | 'reconstruction'
  classNames?: string[]
  targets?: Target[]
  preprocessing: Preprocessing
  outputs: { name: string; shape: number[] }[]
  sizes: { parameters: number; multiplyAccumulates: number }
  measurements: Measurement[]
  provenance: { network: string; dataset: string; created: string; foveaVersion: string }
  tolerance: number
  golden: Golden[]
  familiarity?: { output: string; threshold: number }
}

export interface Target {
  name: string
  axis: 'x' | 'y' | 'none'
  shift: number
  scale: number
}

export interface Preprocessing {
  height: number
  width: number
  colorMode: 'grey' | 'color'
  resizeMode: 'squash' | 'crop' | 'fill' | 'half-crop'
  cropMargin: number
  mean: number[]
  std: number[]
}

export interface Measurement {
  name: string
  value: number
  low: number
  high: number
  unit: string
  on: string
  count: number
}

/** A picture whose way through the model is known, stage by stage. */
export interface Golden {
  file: string
  source: string
  label: number
  decodedShape: number[]
  decodedSha256: string
  resizedSha256: string
  tensorSha256: string
  stride?: number
  logits: number[]
}
