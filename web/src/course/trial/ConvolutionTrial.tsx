import { Group, NumberInput, SegmentedControl, Text } from '@mantine/core'
import { useState } from 'react'
import { convolved, kernels, products, type Kernel } from '../kernels'
import type { Grey } from '../usePixels'
import { PixelCanvas } from './PixelCanvas'
import { Trial } from './Trial'

type Name = keyof typeof kernels

/** A kernel slides over a picture; the arithmetic of the place that is pointed at. */
export function ConvolutionTrial({ grey }: { grey: Grey }) {
  const [kernel, setKernel] = useState<Kernel>(kernels['upright lines'])
  const [place, setPlace] = useState<[number, number]>([Math.floor(grey.side / 2), Math.floor(grey.side / 2)])
  const sums = products(grey, kernel, place[0], place[1])
  const sum = sums.reduce((all, each) => all + each.product, 0)
  const name = (Object.keys(kernels) as Name[]).find((each) => kernels[each].every((weight, i) => weight === kernel[i]))
  return (
    <Trial title="Convolution" line="A kernel of nine numbers slides over the picture. At each place the nine pixels under it are multiplied by its numbers and added up: one pixel of the result. LeNet has 70 kernels of 5 × 5, and learns their numbers.">
      <Group gap="xs" mb="md">
        <SegmentedControl size="xs" className="wraps" value={name ?? ''} data={Object.keys(kernels)} onChange={(value) => setKernel(kernels[value as Name])} aria-label="Well-known kernels" />
      </Group>
      <div className="trial-row">
        <figure className="trial-figure">
          <PixelCanvas grey={grey} label="The picture" frame={[place[0] - 1, place[1] - 1, 3, 3]} place={place} onPlace={(row, column) => setPlace([row, column])} />
          <figcaption>the picture: point at a place</figcaption>
        </figure>
        <div className="kernel" role="group" aria-label="The kernel">
          {kernel.map((weight, i) => (
            // the nine places of a kernel never move
            // oxlint-disable-next-line no-array-index-key
            <NumberInput key={i} size="xs" value={weight} step={1} min={-9} max={9} hideControls aria-label={`Row ${Math.floor(i / 3) + 1}, column ${(i % 3) + 1} of the kernel`}
              onChange={(value) => typeof value === 'number' && setKernel(kernel.map((old, j) => (j === i ? value : old)))} />
          ))}
        </div>
        <figure className="trial-figure">
          <PixelCanvas grey={convolved(grey, kernel)} label="What the kernel makes of it" signed frame={[place[0], place[1], 1, 1]} />
          <figcaption>the result: <b className="of-train">above 0</b>, <b className="of-validation">below 0</b></figcaption>
        </figure>
      </div>
      <Text size="sm" mt="md" className="sums" data-testid="convolution-sum">
        {sums.map((each, i) => `${i ? (each.weight < 0 ? ' − ' : ' + ') : each.weight < 0 ? '−' : ''}${Math.abs(each.weight)} × ${each.value}`).join('')} = <b>{sum}</b>
      </Text>
    </Trial>
  )
}
