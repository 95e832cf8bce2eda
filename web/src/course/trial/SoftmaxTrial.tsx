import { Slider, Text } from '@mantine/core'
import { useState } from 'react'
import { softmax } from '../kernels'
import { Trial } from './Trial'

const names = ['2', '7', '1']

/** Scores become probabilities. */
export function SoftmaxTrial() {
  const [scores, setScores] = useState([4, 2, 0])
  const shares = softmax(scores)
  return (
    <Trial title="From scores to percent" line="The last layer gives each class a score. Softmax takes e to the power of each and divides by the sum of all: numbers above 0 that add up to 100 %. A network is always sure of something, even of a picture of a cat.">
      <div className="softmax">
        {names.map((name, i) => (
          <div key={name} className="softmax-row">
            <b>{name}</b>
            <Slider min={-6} max={8} step={0.1} value={scores[i]!} label={null} thumbLabel={`Score of ${name}`} onChange={(value) => setScores(scores.map((old, j) => (j === i ? value : old)))} />
            <Text size="sm" ta="right">{scores[i]!.toFixed(1)}</Text>
            <div className="bar" data-first={shares[i] === Math.max(...shares)} style={{ width: `${100 * shares[i]!}%`, height: 15 }} />
            <Text size="sm" ta="right">{(100 * shares[i]!).toFixed(1)} %</Text>
          </div>
        ))}
      </div>
      <Text size="sm" mt="md" className="sums">
        e<sup>{scores[0]!.toFixed(1)}</sup> / ({scores.map((score, i) => <span key={names[i]}>{i > 0 && ' + '}e<sup>{score.toFixed(1)}</sup></span>)}) = <b>{(100 * shares[0]!).toFixed(1)} %</b>
      </Text>
    </Trial>
  )
}
