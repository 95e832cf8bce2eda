import { lookAddress, shown, type ValuePlace } from '../api/look'
import { quoted, type Twin } from './twins'

const here = () => (typeof location === 'undefined' ? 'http://127.0.0.1:7070' : location.origin)
const text = JSON.stringify

/** The command line reads a file: the picture that the workbench keeps becomes one first. */
const fetched = (picture: string) => `curl -s -o picture.png '${here()}${shown.picture(picture, 2048)}'`

function java(model: string, lines: string[]): string {
  return [
    `Path file = workspace.newestModel(${text(model)}).orElseThrow();`,
    'try (Explainer explainer = Explainer.load(file)) {',
    '    PreparedPicture picture = explainer.prepare(Path.of("picture.png"));',
    ...lines.map((line) => `    ${line}`),
    '}',
  ].join('\n')
}

const optional = (word: string | undefined) => (word ? `Optional.of(${text(word)})` : 'Optional.empty()')

export const keptTwin = (model: string, picture: string): Twin => ({
  cli: `${fetched(picture)}\nfovea predict ${quoted(model)} picture.png --top 10`,
  rest: `curl '${here()}${lookAddress.answer(model, picture)}'`,
  java: [
    `Path file = workspace.newestModel(${text(model)}).orElseThrow();`,
    'try (Decoder decoder = Decoder.load(file, PredictionOptions.DEFAULT)) {',
    '    Answer answer = decoder.answer(Path.of("picture.png"));',
    '}',
  ].join('\n'),
})

export const layersTwin = (model: string, picture: string): Twin => ({
  cli: `${fetched(picture)}\nfovea explain ${quoted(model)} picture.png --out explained`,
  rest: `curl '${here()}${lookAddress.layers(model, picture)}'`,
  java: java(model, ['List<LayerActivation> layers = explainer.activations(picture, MapSettings.DEFAULT);']),
})

export const heatTwin = (model: string, picture: string, method: 'grad-cam' | 'occlusion', className?: string, layer?: string): Twin => ({
  cli: [
    fetched(picture),
    `fovea explain ${quoted(model)} picture.png --out explained${className ? ` --class ${quoted(className)}` : ''}${layer ? ` --layer ${quoted(layer)}` : ''}${method === 'occlusion' ? ' --occlusion' : ''}`,
  ].join('\n'),
  rest: `curl '${here()}${lookAddress.heat(model, picture, method, className, layer)}'`,
  java: java(model, [method === 'grad-cam'
    ? `Heatmap heat = explainer.gradCam(picture, ${optional(className)}, ${optional(layer)});`
    : `OcclusionSettings squares = explainer.squares(Optional.empty(), Optional.empty());\n    Heatmap heat = explainer.occlusion(picture, ${optional(className)}, squares);`]),
})

export const valueTwin = (model: string, picture: string, place: ValuePlace): Twin => ({
  cli: `${fetched(picture)}\nfovea explain ${quoted(model)} picture.png --layer ${quoted(place.layer)} --at ${place.x},${place.y} --channel ${place.channel}`,
  rest: `curl '${here()}${lookAddress.arithmetic(model, picture, place)}'`,
  java: java(model, [`ValueArithmetic value = explainer.arithmetic(picture, Optional.of(${text(place.layer)}), ${place.channel}, ${place.x}, ${place.y});`]),
})
