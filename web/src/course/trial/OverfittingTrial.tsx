import { Slider, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import { distance, fitted, points } from '../fit'
import { Trial } from './Trial'

const W = 560
const H = 240
const x = (value: number) => ((value + 1.1) / 2.2) * W
const y = (value: number) => H / 2 - Math.max(-1.9, Math.min(1.9, value)) * (H / 4)
const learned = points(10, 11)
const checked = points(40, 5)
const curves = Array.from({ length: 10 }, (_, degree) => fitted(learned, degree))

/** A curve that is free enough goes through every point, and is wrong between them. */
export function OverfittingTrial() {
  const [degree, setDegree] = useState(3)
  const fit = curves[degree]!
  const path = useMemo(() => Array.from({ length: 221 }, (_, i) => -1.1 + i / 100)
    .map((value, i) => `${i ? 'L' : 'M'}${x(value).toFixed(1)} ${y(fit(value)).toFixed(1)}`).join(''), [fit])
  const own = distance(fit, learned)
  const other = distance(fit, checked)
  return (
    <Trial title="Overfitting" line="A curve learns from the ten large points; the small ones are only there to check by, as validation pictures are. The freer it is, the nearer it comes to what it learns from, until it learns the noise: then it is wrong everywhere else. More pictures, varied pictures and dropout help a network against it.">
      <svg viewBox={`0 0 ${W} ${H}`} className="trial-plot" role="img" aria-label={`A curve with ${degree + 1} weights through ten points; the loss is ${own.toFixed(3)} in training and ${other.toFixed(3)} in validation`}>
        {checked.map((point) => <circle key={point.x} cx={x(point.x)} cy={y(point.y)} r={3} className="dot-validation" />)}
        <path d={path} className="curve" />
        {learned.map((point) => <circle key={point.x} cx={x(point.x)} cy={y(point.y)} r={6} className="dot" />)}
      </svg>
      <div className="trial-slider wide">
        <Text size="sm" c="dimmed">{degree + 1} {degree === 0 ? 'weight' : 'weights'}</Text>
        <Slider min={0} max={9} value={degree} onChange={setDegree} label={null} thumbLabel="Freedom of the curve" />
      </div>
      <Text size="sm" mt="sm">loss in <b className="of-train">training {own.toFixed(3)}</b>, in <b className="of-validation">validation {other.toFixed(3)}</b></Text>
    </Trial>
  )
}
