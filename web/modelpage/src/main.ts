import './style.css'
import { answered } from './answer'
import { refusal } from './camera'
import { decoded, drawn } from './decode'
import { add, drawPicture, element, writeAnswer } from './draw'
import type { Manifest } from './manifest'
import { fetched, Model } from './model'
import type { Pixels } from './pixels'
import { replayed, words, type Seal } from './replay'

const place = <T extends HTMLElement>(id: string) => document.getElementById(id) as T
const choose = place<HTMLButtonElement>('choose')
const camera = place<HTMLButtonElement>('camera')
const file = place<HTMLInputElement>('file')
const video = place<HTMLVideoElement>('video')
const drop = place('drop')
const canvas = place<HTMLCanvasElement>('picture')
const seal = place('seal')

let model: Model | undefined
let open = false

start().catch((error: unknown) => complain('The model cannot be loaded.', error))

async function start(): Promise<void> {
  const manifest = (await (await fetched('./manifest.json')).json()) as Manifest
  describe(manifest)
  model = await Model.load(manifest)
  const found = await replayed(model, (done, of) => show('checking', `Checking ${done} of ${of} …`))
  told(found, manifest)
}

function describe(manifest: Manifest): void {
  document.title = manifest.name
  place('name').textContent = manifest.name
  place('about').textContent = ABOUT[manifest.task](manifest)
  const facts = place('facts')
  add(facts, 'Network', `${manifest.provenance.network}, ${manifest.sizes.parameters.toLocaleString('en')} parameters`)
  add(facts, 'Learned from', manifest.provenance.dataset)
  add(facts, 'Made', manifest.provenance.created.slice(0, 10))
  const { height, width, colorMode } = manifest.preprocessing
  add(facts, 'Sees', `${width} x ${height} pixels ${colorMode === 'grey' ? 'in grey' : 'in colour'}`)
  for (const each of manifest.measurements.slice(0, 3)) add(facts, each.name[0]!.toUpperCase() + each.name.slice(1), measured(each))
  place('details').hidden = false
}

const ABOUT: Record<Manifest['task'], (manifest: Manifest) => string> = {
  classification: (manifest) => `Tells ${manifest.classNames!.length} classes of pictures apart.`,
  regression: (manifest) => `Tells ${manifest.targets!.map((target) => target.name).join(', ')}.`,
  segmentation: (manifest) => `Tells the class of every pixel, of ${manifest.classNames!.length}.`,
  reconstruction: () => 'Makes a picture of a picture.',
}

function measured({ value, low, high, unit, on, count }: Manifest['measurements'][number]): string {
  const shown = (number: number) => (unit === 'share' ? `${(number * 100).toFixed(1)} %` : Number(number.toPrecision(4)).toString())
  const interval = low === high ? '' : ` (${shown(low)} to ${shown(high)})`
  return `${shown(value)}${interval} on ${count.toLocaleString('en')} pictures: ${on}`
}

function show(state: string, text: string): void {
  seal.dataset.state = state
  seal.textContent = text
}

function told(found: Seal, manifest: Manifest): void {
  if (found.state === 'sealed') {
    show('sealed', found.pictures ? `Sealed: ${found.pictures} of ${found.pictures}` : 'No golden pictures')
    seal.title = words(found, manifest)
    add(place('facts'), 'Seal', words(found, manifest))
    add(place('facts'), 'Computed by', model!.runtime)
    ready()
    return
  }
  show('drift', `Drift: ${found.stage}`)
  complain(`Answers here would not be those of the model. ${words(found, manifest)}`, 'Use another browser, or export the model again.')
  const anyway = element('button', '', 'Answer anyway')
  anyway.addEventListener('click', () => {
    place('problem').hidden = true
    ready()
  })
  place('problem').append(anyway)
}

function ready(): void {
  open = true
  choose.disabled = false
  camera.disabled = !navigator.mediaDevices?.getUserMedia
  if (camera.disabled) camera.title = 'A camera needs a page that came by https'
  samples()
  drop.dataset.ready = 'true'
}

function samples(): void {
  const { golden, classNames } = model!.manifest
  const list = place('samples')
  golden.forEach((picture, i) => {
    const truth = classNames && model!.manifest.task === 'classification' ? classNames[picture.label]! : `Picture ${i + 1}`
    const button = element('button', 'sample')
    const image = element('img')
    image.src = picture.file
    image.alt = ''
    button.append(image, element('span', '', truth))
    button.addEventListener('click', () => void fetched(picture.file).then((response) => response.blob()).then(answerFile))
    const item = element('li')
    item.append(button)
    list.append(item)
  })
  place('samplespart').hidden = golden.length === 0
}

async function answerFile(content: Blob): Promise<void> {
  if (!open) return
  stopCamera()
  try {
    await answer(await decoded(content, model!.manifest.preprocessing.colorMode))
  } catch (error) {
    refuse(error instanceof Error ? error.message : String(error))
  }
}

function refuse(why: string): void {
  const line = place('refused')
  line.textContent = why
  line.hidden = false
}

async function answer(picture: Pixels): Promise<void> {
  place('refused').hidden = true
  const outputs = await model!.answer(picture)
  const said = answered(model!.manifest, outputs)
  drawPicture(canvas, picture, said)
  canvas.hidden = false
  canvas.setAttribute('aria-label', 'The picture')
  place('invitation').hidden = true
  drop.dataset.state = 'full'
  writeAnswer(place('answer'), said, outputs.milliseconds)
}

choose.addEventListener('click', () => file.click())
file.addEventListener('change', () => {
  const chosen = file.files?.[0]
  if (chosen) void answerFile(chosen)
  file.value = ''
})
for (const event of ['dragenter', 'dragover'] as const) {
  document.addEventListener(event, (dragged) => {
    dragged.preventDefault()
    drop.dataset.over = 'true'
  })
}
document.addEventListener('dragleave', () => delete drop.dataset.over)
document.addEventListener('drop', (dropped) => {
  dropped.preventDefault()
  delete drop.dataset.over
  const content = dropped.dataTransfer?.files[0]
  if (content) void answerFile(content)
})
document.addEventListener('paste', (pasted) => {
  const content = pasted.clipboardData?.files[0]
  if (content) void answerFile(content)
})

camera.addEventListener('click', () => (video.srcObject ? stopCamera() : void startCamera()))

async function startCamera(): Promise<void> {
  place('refused').hidden = true
  camera.disabled = true
  camera.textContent = 'Waiting for the camera …'
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
    video.srcObject = stream
    stream.getVideoTracks().forEach((track) => track.addEventListener('ended', stopCamera)) // it was unplugged, or permission taken back
    await video.play()
  } catch (error) {
    stopCamera()
    refuse(refusal(error))
    return
  } finally {
    camera.disabled = false
  }
  camera.textContent = 'Stop the camera'
  drop.dataset.live = 'true'
  place('answer').setAttribute('aria-live', 'off') // else every frame would be read aloud
  void watch()
}

function stopCamera(): void {
  const stream = video.srcObject as MediaStream | null
  stream?.getTracks().forEach((track) => track.stop())
  video.srcObject = null
  camera.textContent = 'Use the camera'
  delete drop.dataset.live
  place('answer').setAttribute('aria-live', 'polite')
}

/** Answers frame after frame, the next once the last is answered. */
async function watch(): Promise<void> {
  try {
    while (video.srcObject) {
      if (video.videoWidth) await answer(drawn(video, video.videoHeight, video.videoWidth, model!.manifest.preprocessing.colorMode))
      await new Promise((next) => requestAnimationFrame(next))
    }
  } catch (error) {
    stopCamera()
    refuse(error instanceof Error ? error.message : String(error))
  }
}

function complain(what: string, why: unknown): void {
  if (seal.dataset.state !== 'drift') show('drift', 'Not loaded')
  const problem = place('problem')
  problem.replaceChildren(element('p', '', what), element('p', 'quiet', why instanceof Error ? why.message : String(why)))
  problem.hidden = false
}
