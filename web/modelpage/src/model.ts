import type * as Ort from 'onnxruntime-web'
import type { Manifest } from './manifest'
import type { Pixels } from './pixels'
import { normalised, placement, resized, type Placement } from './prepare'

/** What the network gives about a picture, and where the picture lay in its input. */
export interface Outputs {
  values: Map<string, Float32Array>
  placement: Placement
  height: number
  width: number
  milliseconds: number
}

/** The network in this browser. */
export class Model {
  private constructor(
    readonly manifest: Manifest,
    private readonly ort: typeof Ort,
    private readonly session: Ort.InferenceSession,
  ) {}

  /** Loads runtime and network, whose files lie beside the page. */
  static async load(manifest: Manifest): Promise<Model> {
    const folder = new URL('./ort/', document.baseURI).href
    const [ort, wasm, network] = await Promise.all([
      import(/* @vite-ignore */ `${folder}ort.js`) as Promise<typeof Ort>,
      fetched('./ort/ort-wasm-simd-threaded.wasm').then((response) => response.arrayBuffer()),
      fetched('./model.onnx').then((response) => response.arrayBuffer()),
    ])
    ort.env.wasm.wasmBinary = wasm // so that it does not matter as what kind of file the host sends it
    ort.env.wasm.numThreads = 1 // more need headers that not every host can send
    const session = await ort.InferenceSession.create(network, { executionProviders: ['wasm'] })
    return new Model(manifest, ort, session)
  }

  /** Returns what the runtime says of itself. */
  get runtime(): string {
    return `ONNX Runtime Web ${this.ort.env.versions.web ?? ''}`
  }

  /** Prepares a picture and asks for the task's answer, and how familiar it is. */
  async answer(picture: Pixels): Promise<Outputs> {
    const began = performance.now()
    const how = this.manifest.preprocessing
    const values = await this.run(normalised(resized(picture, how), how), this.asked())
    return {
      values, placement: placement(picture.height, picture.width, how), height: picture.height, width: picture.width,
      milliseconds: performance.now() - began,
    }
  }

  /** Runs the network on floats [C, h, w]. */
  async run(floats: Float32Array<ArrayBuffer>, names: string[]): Promise<Map<string, Float32Array>> {
    const { height, width } = this.manifest.preprocessing
    const input = new this.ort.Tensor('float32', floats, [1, floats.length / height / width, height, width])
    const results = await this.session.run({ input }, names)
    return new Map(names.map((name) => [name, results[name]!.data as Float32Array]))
  }

  private asked(): string[] {
    const names = RESULTS[this.manifest.task]
    const familiar = this.manifest.familiarity?.output
    return familiar ? [...names, familiar] : names
  }
}

const RESULTS: Record<Manifest['task'], string[]> = {
  classification: ['probabilities'],
  regression: ['values'],
  segmentation: ['probabilities'],
  reconstruction: ['pixels'],
}

/** Returns a file that lies beside the page. */
export async function fetched(name: string): Promise<Response> {
  const response = await fetch(name)
  if (!response.ok) throw new Error(`The file ${name} is missing beside this page (${response.status}).`)
  return response
}
