import { Button, Group, Slider, Text } from '@mantine/core'
import { useState } from 'react'
import { loss, slope } from '../fit'
import { Trial } from './Trial'

const W = 560
const H = 220
const x = (w: number) => ((w + 4) / 8) * W
const y = (value: number) => H - 14 - (Math.min(value, 6) / 6) * (H - 28)
const curve = Array.from({ length: 161 }, (_, i) => -4 + i / 20).map((w, i) => `${i ? 'L' : 'M'}${x(w).toFixed(1)} ${y(loss(w)).toFixed(1)}`).join('')

/** One weight goes down its loss, step by step. */
export function DescentTrial({ pictures, batch }: { pictures: number | null; batch: number }) {
  const [rate, setRate] = useState(0.1)
  const [way, setWay] = useState([3.4])
  const now = way.at(-1)!
  const gone = (steps: number) => {
    const longer = way.slice()
    for (let i = 0; i < steps; i++) {
      const w = longer.at(-1)!
      longer.push(Math.max(-9, Math.min(9, w - rate * slope(w))))
    }
    setWay(longer.slice(-60))
  }
  return (
    <Trial title="Training" line={<>
      The loss says how wrong the network is. Training feels the slope under each weight and moves it a little downhill: weight − learning rate × slope.
      {pictures !== null && <> An epoch is once through all pictures: {pictures.toLocaleString('en-US')} of yours in batches of {batch} make {Math.ceil(pictures / batch).toLocaleString('en-US')} steps.</>}
    </>}>
      <svg viewBox={`0 0 ${W} ${H}`} className="trial-plot" role="img" aria-label={`The loss over one weight; the weight is ${now.toFixed(2)}, its loss ${loss(now).toFixed(2)}`}>
        <path d={curve} className="curve-quiet" />
        <path d={way.map((w, i) => `${i ? 'L' : 'M'}${x(w).toFixed(1)} ${y(loss(w)).toFixed(1)}`).join('')} className="curve-thin" />
        {way.map((w, i) => <circle key={`${i}-${w}`} cx={x(w)} cy={y(loss(w))} r={i === way.length - 1 ? 8 : 3} className={i === way.length - 1 ? 'dot' : 'dot-faint'} />)}
      </svg>
      <Group mt="sm" gap="md" align="center">
        <Button size="xs" onClick={() => gone(1)}>One step</Button>
        <Button size="xs" variant="default" onClick={() => gone(20)}>Twenty steps</Button>
        <Button size="xs" variant="subtle" onClick={() => setWay([3.4])}>From the start</Button>
        <div className="trial-slider">
          <Text size="sm" c="dimmed">learning rate {rate.toFixed(2)}</Text>
          <Slider min={0.01} max={0.9} step={0.01} value={rate} onChange={setRate} label={null} thumbLabel="Learning rate" />
        </div>
      </Group>
      <Text size="sm" mt="sm" className="sums">{now.toFixed(3)} − {rate.toFixed(2)} × {slope(now).toFixed(3)} = <b>{(now - rate * slope(now)).toFixed(3)}</b>; the loss is {loss(now).toFixed(3)}</Text>
      <Text size="sm" c="dimmed" mt={4}>Try 0.02 and 0.15, then 0.6: too small hardly moves and stays in the nearer valley, too large jumps about.</Text>
    </Trial>
  )
}
