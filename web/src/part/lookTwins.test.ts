import { expect, test } from 'vitest'
import { heatTwin, layersTwin, valueTwin } from './lookTwins'

test('a value is asked for by its layer, place and channel everywhere', () => {
  const twin = valueTwin('pets 2', 'abc', { layer: 'layer1.0.conv1', channel: 7, x: 3, y: 4 })
  expect(twin.cli).toContain("fovea explain 'pets 2' picture.png --layer layer1.0.conv1 --at 3,4 --channel 7")
  expect(twin.rest).toContain('/api/models/pets%202/pictures/abc/arithmetic?layer=layer1.0.conv1&channel=7&x=3&y=4')
  expect(twin.java).toContain('explainer.arithmetic(picture, Optional.of("layer1.0.conv1"), 7, 3, 4)')
})

test('class names with quotes harm no shell', () => {
  expect(heatTwin('m', 'p', 'occlusion', "it's").cli).toContain(`--class 'it'\\''s' --occlusion`)
})

test('the picture that the workbench keeps becomes a file first', () => {
  expect(layersTwin('m', 'p').cli.split('\n')[0]).toContain('/api/pictures/p/picture.png')
})
