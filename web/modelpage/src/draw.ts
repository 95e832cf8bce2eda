import { color, UNLABELLED, type Answer } from './answer'
import { rgba, type Pixels } from './pixels'

/** Small pictures are shown by larger squares, so that marks on them are seen. */
const SHOWN_SIDE = 480

/** Draws the picture, and what the answer says of its places. */
export function drawPicture(canvas: HTMLCanvasElement, picture: Pixels, answer?: Answer): void {
  const values = rgba(picture)
  if (answer?.task === 'segmentation') cover(values, answer.labels)
  const plain = document.createElement('canvas')
  plain.width = picture.width
  plain.height = picture.height
  plain.getContext('2d')!.putImageData(new ImageData(values, picture.width, picture.height), 0, 0)
  const times = Math.max(1, Math.ceil(SHOWN_SIDE / Math.max(picture.width, picture.height)))
  canvas.width = picture.width * times
  canvas.height = picture.height * times
  const context = canvas.getContext('2d')!
  context.imageSmoothingEnabled = false
  context.drawImage(plain, 0, 0, canvas.width, canvas.height)
  if (answer?.task !== 'regression') return
  const points = answer.points.map(({ name, x, y }) => ({ name, x: x * times, y: y * times }))
  mark(context, points, Math.max(canvas.width, canvas.height))
}

/** Half of each pixel becomes the colour of its class. */
function cover(values: Uint8ClampedArray, labels: Uint8Array): void {
  labels.forEach((label, i) => {
    if (label === UNLABELLED) return
    color(label).forEach((part, c) => { values[4 * i + c] = (values[4 * i + c]! + part + 1) >> 1 })
  })
}

function mark(context: CanvasRenderingContext2D, points: { name: string; x: number; y: number }[], size: number): void {
  const radius = Math.max(2, size / 60)
  for (const { x, y } of points) {
    for (const [style, width] of [['#000', radius / 1.6], ['#fff', radius / 3.5]] as const) {
      context.beginPath()
      context.arc(x, y, radius, 0, 2 * Math.PI)
      context.moveTo(x - 1.8 * radius, y)
      context.lineTo(x + 1.8 * radius, y)
      context.moveTo(x, y - 1.8 * radius)
      context.lineTo(x, y + 1.8 * radius)
      context.strokeStyle = style
      context.lineWidth = width
      context.stroke()
    }
  }
}

const MOST_CLASSES = 5

/** Writes the answer in words and bars. */
export function writeAnswer(place: HTMLElement, answer: Answer, milliseconds: number): void {
  const parts: HTMLElement[] = []
  if (answer.unfamiliar) parts.push(element('p', 'unlike', 'This picture is unlike anything the model learned from.'))
  switch (answer.task) {
    case 'classification':
      parts.push(element('p', 'best', answer.classes[0]!.name))
      parts.push(bars(answer.classes.slice(0, MOST_CLASSES).map(({ name, probability }) => ({ name, share: probability, exact: probability }))))
      break
    case 'regression': {
      const list = element('dl', 'values')
      for (const point of answer.points) add(list, point.name, `${point.x.toFixed(1)}, ${point.y.toFixed(1)}`)
      for (const other of answer.others) add(list, other.name, String(Number(other.value.toPrecision(5))))
      parts.push(list)
      break
    }
    case 'segmentation':
      parts.push(bars(answer.classes.map(({ name, share, label }) => ({ name, share, exact: share, color: `rgb(${color(label).join(' ')})` }))))
      break
    case 'reconstruction': {
      const canvas = document.createElement('canvas')
      canvas.width = answer.width
      canvas.height = answer.height
      canvas.setAttribute('role', 'img')
      canvas.setAttribute('aria-label', 'The picture that the model makes')
      canvas.className = 'made'
      canvas.getContext('2d')!.putImageData(new ImageData(answer.rgba, answer.width, answer.height), 0, 0)
      parts.push(canvas)
    }
  }
  parts.push(element('p', 'quiet', `In ${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms, on this device.`))
  place.replaceChildren(...parts)
}

function bars(rows: { name: string; share: number; exact: number; color?: string }[]): HTMLElement {
  const list = element('ol', 'bars')
  for (const row of rows) {
    const item = element('li')
    item.dataset.exact = String(row.exact)
    const bar = element('span', 'bar')
    bar.style.setProperty('--share', String(row.share))
    if (row.color) bar.style.setProperty('--color', row.color)
    item.append(element('span', 'label', row.name), element('span', 'share', percent(row.share)), bar)
    list.append(item)
  }
  return list
}

/** As many digits as tell something. */
function percent(share: number): string {
  const value = share * 100
  return `${value >= 99.95 || value < 0.05 ? value.toFixed(2) : value.toFixed(1)} %`
}

export function add(list: HTMLElement, name: string, value: string): void {
  const row = element('div')
  row.append(element('dt', '', name), element('dd', '', value))
  list.append(row)
}

export function element<K extends keyof HTMLElementTagNameMap>(kind: K, style = '', text = ''): HTMLElementTagNameMap[K] {
  const made = document.createElement(kind)
  if (style) made.className = style
  if (text) made.textContent = text
  return made
}
