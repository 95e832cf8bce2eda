import 'uplot/dist/uPlot.min.css'
import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import uPlot from 'uplot'
import type { Curve } from '../run/fold'

/** A curve to be drawn. */
export type Line = { label: string; curve: Curve; color: 'train' | 'validation' | 'quiet'; dots?: boolean; faint?: boolean }

type Props = {
  lines: Line[]
  height?: number
  logX?: boolean
  logY?: boolean
  /** Writes a value of the y axis. */
  write: (value: number) => string
  /** Writes a value of the x axis. */
  writeX?: (value: number) => string
  /** The place on the x axis that is marked as the best. */
  mark?: number | null
  label: string
}

/** Puts curves with different x beside each other, as uPlot wants them: one rising x, and gaps where a curve has no point. */
export function aligned(curves: Curve[]): [number[], ...(number | null | undefined)[][]] {
  const xs = [...new Set(curves.flatMap((curve) => curve.x))].sort((a, b) => a - b)
  const place = new Map(xs.map((x, i) => [x, i]))
  const columns = curves.map((curve) => {
    const column: (number | null | undefined)[] = Array.from({ length: xs.length })
    curve.x.forEach((x, i) => { column[place.get(x)!] = curve.y[i] ?? null })
    return column
  })
  return [xs, ...columns]
}

/** Curves that can be zoomed: drag to zoom, double click to see all again. Every point is drawn, so no best one is ever thinned away. */
export function Plot({ lines, height = 240, logX = false, logY = false, write, writeX, mark = null, label }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const [at, setAt] = useState<number | null>(null)
  const zoomed = useRef(false)
  const scheme = useComputedColorScheme('light')
  const shape = lines.map((line) => `${line.label}/${line.color}/${line.dots}/${line.faint}/${line.curve.x.length < 2}`).join('|')
  const marked = useRef(mark)
  marked.current = mark
  const writer = useRef({ write, writeX })
  writer.current = { write, writeX }

  const data = aligned(lines.map((line) => positive(line.curve, logX, logY))) as unknown as uPlot.AlignedData

  useEffect(() => {
    const element = place.current!
    const css = getComputedStyle(document.documentElement)
    const color = (name: string) => css.getPropertyValue(`--${name}`).trim()
    const axis = { stroke: color('quiet'), font: '11px "Inter Variable", sans-serif', grid: { stroke: color('line'), width: 1 }, ticks: { show: false } }
    const made = new uPlot({
      width: element.clientWidth, height, padding: [10, 8, 0, 0],
      scales: { x: { time: false, distr: logX ? 3 : 1 }, y: { distr: logY ? 3 : 1 } },
      axes: [
        { ...axis, size: 30, gap: 6, values: (_, values) => values.map((value) => (value == null ? '' : (writer.current.writeX ?? String)(value))) },
        { ...axis, size: 54, values: (_, values) => values.map((value) => (value == null ? '' : writer.current.write(value))) },
      ],
      legend: { show: false },
      cursor: { y: false, points: { size: 7 }, drag: { x: true, y: false } },
      hooks: {
        setSelect: [() => { zoomed.current = true }],
        setCursor: [(drawn) => setAt(drawn.cursor.idx ?? null)],
        draw: [(drawn) => {
          if (marked.current == null) return
          const x = drawn.valToPos(marked.current, 'x', true)
          const { ctx, bbox } = drawn
          if (!(x >= bbox.left && x <= bbox.left + bbox.width)) return
          ctx.save()
          ctx.strokeStyle = color('validation')
          ctx.setLineDash([3, 4])
          ctx.beginPath()
          ctx.moveTo(x, bbox.top)
          ctx.lineTo(x, bbox.top + bbox.height)
          ctx.stroke()
          ctx.restore()
        }],
      },
      series: [
        {},
        ...lines.map((line): uPlot.Series => ({
          label: line.label,
          stroke: line.faint ? `color-mix(in srgb, ${color(line.color)} 30%, transparent)` : color(line.color),
          width: line.faint ? 1 : 1.8,
          spanGaps: true,
          points: { show: line.dots || line.curve.x.length < 2, size: 6, fill: color(line.color), stroke: color(line.color) },
        })),
      ],
    }, data, element)
    plot.current = made
    made.over.addEventListener('dblclick', () => { zoomed.current = false })
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.destroy()
      plot.current = null
    }
    // the curves' points come by the effect below
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [shape, scheme, logX, logY, height])

  useEffect(() => {
    plot.current?.setData(data, !zoomed.current)
  })

  return (
    <>
      {lines.length > 1 && <Legend lines={lines} columns={data as unknown as (number | null | undefined)[][]} at={at} write={write} />}
      <div ref={place} role="img" aria-label={label} />
    </>
  )
}

/** What each colour stands for, with the value under the cursor, else the last one; a curve without a point there shows the one before. */
function Legend({ lines, columns, at, write }: { lines: Line[]; columns: (number | null | undefined)[][]; at: number | null; write: (value: number) => string }) {
  return (
    <div className="legend">
      {lines.map((line, i) => line.faint ? null : (
        <span key={line.label}>
          <i style={{ background: `var(--${line.color})` }} />
          {line.label} <b>{written(columns[i + 1] ?? [], at, write)}</b>
        </span>
      ))}
    </div>
  )
}

function written(column: (number | null | undefined)[], at: number | null, write: (value: number) => string): string {
  for (let i = at ?? column.length - 1; i >= 0; i--) {
    const value = column[i]
    if (value != null) return write(value)
  }
  return '–'
}

/** A logarithm has no place for zero. */
function positive(curve: Curve, logX: boolean, logY: boolean): Curve {
  if (!logX && !logY) return curve
  const keep = curve.x.map((x) => !logX || x > 0)
  return {
    x: curve.x.filter((_, i) => keep[i]),
    y: curve.y.filter((_, i) => keep[i]).map((y) => (logY && y != null && y <= 0 ? null : y)),
  }
}
