import { Text } from '@mantine/core'
import { useState } from 'react'
import { pooled, window } from '../kernels'
import type { Grey } from '../usePixels'
import { PixelCanvas } from './PixelCanvas'
import { Trial } from './Trial'

/** The greatest of each two by two pixels stays. */
export function PoolingTrial({ grey }: { grey: Grey }) {
  const [place, setPlace] = useState<[number, number]>([Math.floor(grey.side / 4), Math.floor(grey.side / 4)])
  const values = window(grey, place[0], place[1])
  return (
    <Trial title="Max pooling" line="Of each two by two pixels only the greatest is kept. The picture is a quarter as large, what was found stays, and it matters less where exactly it was. There is nothing to learn in it.">
      <div className="trial-row">
        <figure className="trial-figure">
          <PixelCanvas grey={grey} label="Before" frame={[2 * place[0], 2 * place[1], 2, 2]} />
          <figcaption>{grey.side} × {grey.side}</figcaption>
        </figure>
        <figure className="trial-figure">
          <PixelCanvas grey={pooled(grey)} label="After" frame={[place[0], place[1], 1, 1]} place={place} onPlace={(row, column) => setPlace([row, column])} />
          <figcaption>{grey.side / 2} × {grey.side / 2}: point at a place</figcaption>
        </figure>
      </div>
      <Text size="sm" mt="md" className="sums">the greatest of {values.join(', ')} is <b>{Math.max(...values)}</b></Text>
    </Trial>
  )
}
