import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { Grey } from '../usePixels'

type Props = {
  grey: Grey
  label: string
  /** The place that is looked at, and the cells around it that are framed: [row, column, height, width]. */
  frame?: [number, number, number, number]
  /** Draws 0 as quiet ground, positive values in the accent, negative ones in the colour of validation. */
  signed?: boolean
  /** Called with a cell that is pointed at or reached with the arrow keys. */
  onPlace?: (row: number, column: number) => void
  place?: [number, number]
}

const SIZE = 280

/** A grey picture drawn large, a square for each pixel. */
export function PixelCanvas({ grey, label, frame, signed = false, onPlace, place }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const scheme = useComputedColorScheme('light')
  useEffect(() => {
    const element = canvas.current!
    const css = getComputedStyle(element)
    const context = element.getContext('2d')!
    const cell = SIZE / grey.side
    const most = signed ? Math.max(1, ...grey.values.map(Math.abs)) : 255
    context.clearRect(0, 0, SIZE, SIZE)
    grey.values.forEach((value, i) => {
      const strength = Math.min(1, Math.abs(value) / most)
      context.globalAlpha = signed ? strength : 1
      context.fillStyle = signed
        ? css.getPropertyValue(value < 0 ? '--validation' : '--train')
        : `rgb(${value},${value},${value})`
      context.fillRect((i % grey.side) * cell, Math.floor(i / grey.side) * cell, cell + 0.5, cell + 0.5)
    })
    context.globalAlpha = 1
    if (frame) {
      context.lineWidth = 2.5
      context.strokeStyle = css.getPropertyValue('--validation')
      context.strokeRect(frame[1] * cell, frame[0] * cell, frame[3] * cell, frame[2] * cell)
    }
  }, [grey, frame, signed, scheme])
  const pointed = (event: { clientX: number; clientY: number }) => {
    const box = canvas.current!.getBoundingClientRect()
    const of = (value: number, size: number) => Math.min(grey.side - 1, Math.max(0, Math.floor((value / size) * grey.side)))
    onPlace?.(of(event.clientY - box.top, box.height), of(event.clientX - box.left, box.width))
  }
  const keys: Record<string, [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }
  return (
    <canvas ref={canvas} width={SIZE} height={SIZE} className="trial-canvas" role={onPlace ? 'application' : 'img'}
      aria-label={onPlace ? `${label}; the arrow keys move the place` : label} tabIndex={onPlace ? 0 : undefined}
      onPointerMove={onPlace && pointed} onPointerDown={onPlace && pointed}
      onKeyDown={onPlace && ((event) => {
        const by = keys[event.key]
        if (!by || !place) return
        event.preventDefault()
        const within = (value: number) => Math.min(grey.side - 1, Math.max(0, value))
        onPlace(within(place[0] + by[0]), within(place[1] + by[1]))
      })} />
  )
}
