import { Box } from '@mantine/core'
import { useEffect, useRef } from 'react'

/** The filters of a convolution, [filters, channels, height, width], each as a small picture. */
export function Kernels({ shape, weights }: { shape: number[]; weights: number[] }) {
  const [filters = 0, channels = 1, height = 1, width = 1] = shape
  const size = channels * height * width
  return (
    <Box style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }} role="img" aria-label={`${filters} filters of ${height} × ${width}`}>
      {Array.from({ length: filters }, (_, i) => <Filter key={i} weights={weights.slice(i * size, (i + 1) * size)} channels={channels} height={height} width={width} />)}
    </Box>
  )
}

function Filter({ weights, channels, height, width }: { weights: number[]; channels: number; height: number; width: number }) {
  const place = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const context = place.current?.getContext('2d')
    if (!context) return
    const most = Math.max(1e-12, ...weights.map(Math.abs))
    const picture = context.createImageData(width, height)
    for (let i = 0; i < height * width; i++) {
      for (let c = 0; c < 3; c++) {
        const value = weights[(channels === 3 ? c : 0) * height * width + i] ?? 0
        picture.data[4 * i + c] = 128 + 127 * (value / most)
      }
      picture.data[4 * i + 3] = 255
    }
    context.putImageData(picture, 0, 0)
  })
  return <canvas ref={place} width={width} height={height} className="pixels" style={{ width: 44, height: 44, borderRadius: 5 }} />
}
