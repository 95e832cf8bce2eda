import { Group, Slider, Switch, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { Trial } from './Trial'

type Varied = { turn: number; scale: number; contrast: number; inverted: boolean }

/** The same digit as a network may meet it: turned, nearer, paler, inverted. */
export function VaryingTrial({ url }: { url: string }) {
  const [varied, setVaried] = useState<Varied>({ turn: 0, scale: 1, contrast: 1, inverted: true })
  const set = (change: Partial<Varied>) => setVaried({ ...varied, ...change })
  return (
    <Trial title="The same digit, otherwise" line="You read it either way; a network that saw only bright ink on black does not. So it is shown each digit inverted too, and varied a little every time: turned, nearer, paler. Nobody has to take these pictures.">
      <div className="trial-row">
        <figure className="trial-figure"><Drawn url={url} varied={{ turn: 0, scale: 1, contrast: 1, inverted: false }} label="The digit as it is" /><figcaption>as it is</figcaption></figure>
        <figure className="trial-figure"><Drawn url={url} varied={varied} label="The digit as it is varied" /><figcaption>varied</figcaption></figure>
        <div className="trial-settings">
          <Switch checked={varied.inverted} onChange={(event) => set({ inverted: event.currentTarget.checked })} label="inverted" />
          <Text size="sm" c="dimmed" mt="sm">turned by {varied.turn}°</Text>
          <Slider min={-45} max={45} value={varied.turn} onChange={(turn) => set({ turn })} label={null} thumbLabel="Turn" />
          <Text size="sm" c="dimmed" mt="sm">magnified {varied.scale.toFixed(2)} times</Text>
          <Slider min={0.5} max={1.5} step={0.05} value={varied.scale} onChange={(scale) => set({ scale })} label={null} thumbLabel="Magnification" />
          <Text size="sm" c="dimmed" mt="sm">contrast {varied.contrast.toFixed(2)}</Text>
          <Slider min={0.1} max={1.5} step={0.05} value={varied.contrast} onChange={(contrast) => set({ contrast })} label={null} thumbLabel="Contrast" />
        </div>
      </div>
      <Group mt="sm"><Text size="sm" c="dimmed">{varied.turn > 35 || varied.turn < -35 ? 'Too far: a 6 that is turned is a 9, so a recipe stays small.' : 'An inverted value is 255 less the value.'}</Text></Group>
    </Trial>
  )
}

function Drawn({ url, varied, label }: { url: string; varied: Varied; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const picture = new Image()
    picture.onload = () => {
      const element = canvas.current
      if (!element) return
      const context = element.getContext('2d')!
      const side = element.width
      context.setTransform(1, 0, 0, 1, 0, 0)
      context.fillStyle = '#000'
      context.fillRect(0, 0, side, side)
      context.translate(side / 2, side / 2)
      context.rotate((varied.turn * Math.PI) / 180)
      context.scale(varied.scale, varied.scale)
      context.drawImage(picture, -side / 2, -side / 2, side, side)
      const image = context.getImageData(0, 0, side, side)
      const mean = image.data.reduce((sum, value, i) => (i % 4 === 3 ? sum : sum + value), 0) / (0.75 * image.data.length)
      for (let i = 0; i < image.data.length; i++) {
        if (i % 4 === 3) continue
        const value = mean + varied.contrast * (image.data[i]! - mean)
        image.data[i] = varied.inverted ? 255 - value : value
      }
      context.putImageData(image, 0, 0)
    }
    picture.src = url
    return () => { picture.onload = null }
  }, [url, varied])
  return <canvas ref={canvas} width={112} height={112} className="trial-canvas" role="img" aria-label={label} />
}
