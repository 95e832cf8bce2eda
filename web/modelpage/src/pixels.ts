/** A picture as bytes [H, W, C]; C is 1 or 3. */
export interface Pixels {
  height: number
  width: number
  channels: 1 | 3
  values: Uint8Array
}

/**
 * Makes red, green, blue and alpha, as they stand in a file, the picture that a model sees: clear places on white, value · alpha + 255 · (1 − alpha)
 * rounded; then grey, if the model sees grey: (19,595 R + 38,470 G + 7,471 B + 2¹⁵) / 2¹⁶.
 */
export function opaque(rgba: Uint8Array | Uint8ClampedArray, height: number, width: number, mode: 'grey' | 'color'): Pixels {
  const channels = mode === 'grey' ? 1 : 3
  const values = new Uint8Array(height * width * channels)
  for (let i = 0; i < height * width; i++) {
    const alpha = rgba[4 * i + 3]!
    const red = onWhite(rgba[4 * i]!, alpha)
    const green = onWhite(rgba[4 * i + 1]!, alpha)
    const blue = onWhite(rgba[4 * i + 2]!, alpha)
    if (channels === 1) {
      values[i] = (red * 19_595 + green * 38_470 + blue * 7_471 + 0x8000) >> 16
    } else {
      values[3 * i] = red
      values[3 * i + 1] = green
      values[3 * i + 2] = blue
    }
  }
  return { height, width, channels, values }
}

function onWhite(value: number, alpha: number): number {
  return alpha === 255 ? value : Math.floor((value * alpha + 255 * (255 - alpha) + 127) / 255)
}

/** Returns the picture with alpha 255, as a canvas takes it. */
export function rgba(picture: Pixels): Uint8ClampedArray<ArrayBuffer> {
  const count = picture.height * picture.width
  const values = new Uint8ClampedArray(4 * count)
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 3; c++) values[4 * i + c] = picture.values[picture.channels === 1 ? i : 3 * i + c]!
    values[4 * i + 3] = 255
  }
  return values
}
