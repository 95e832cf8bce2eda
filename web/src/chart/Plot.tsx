import 'uplot/dist/uPlot.min.css'
import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import uPlot from 'uplot'
import type { Curve } from '../run/fold'
import { aligned, thin } from './thin'

type Color = 'train' | 'validation' | 'quiet' | 'third' | 'fourth'

/** Colours of things that stand beside one another. */
export const palette: Color[] = ['train', 'validation', 'third', 'fourth']

/** A curve to be drawn. */
export type Line = { label: string; curve: Curve; color: Color; dots?: boolean; faint?: boolean }

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

/** Curves that can be zoomed: drag to zoom, double click to see all again. Where there are more points than pixels, the lowest and the highest of
 each pixel are drawn, so no best one is ever thinned away. */
export function Plot({ lines, height = 240, logX = false, logY = false, write, writeX, mark = null, label }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const [at, setAt] = useState<number | null>(null)
  const [zoom, setZoom] = useState<[number, number] | null>(null)
  const [columns, setColumns] = useState(600)
  const scheme = useComputedColorScheme('light')
  const shape = lines.map((line) => `${line.label}/${line.color}/${line.dots}/${line.faint}/${line.curve.x.length < 2}`).join('|')
  const marked = useRef(mark)
  marked.current = mark
  const writer = useRef({ write, writeX })
  writer.current = { write, writeX }

  const data = useData(lines.map((line) => line.curve), logX, logY, zoom, columns, mark)

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
        setSelect: [(drawn) => {
          if (drawn.select.width > 0) setZoom([drawn.posToVal(drawn.select.left, 'x'), drawn.posToVal(drawn.select.left + drawn.select.width, 'x')])
        }],
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
    made.over.addEventListener('dblclick', () => setZoom(null))
    const observer = new ResizeObserver(() => {
      made.setSize({ width: element.clientWidth, height })
      setColumns(Math.max(50, Math.round(element.clientWidth / 50) * 50))
    })
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
    const drawn = plot.current
    if (!drawn) return
    drawn.setData(data, zoom === null)
    if (zoom) drawn.setScale('x', { min: zoom[0], max: zoom[1] })
  }, [data, zoom, shape, scheme, logX, logY, height])

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

/** What is drawn of the curves; made anew only where one of them has grown or another part is in sight. */
function useData(curves: Curve[], logX: boolean, logY: boolean, zoom: [number, number] | null, columns: number, mark: number | null): uPlot.AlignedData {
  const made = useRef<{ of: unknown[]; data: uPlot.AlignedData } | null>(null)
  const of = [...curves, logX, logY, zoom, columns, mark]
  const last = made.current
  if (last && last.of.length === of.length && last.of.every((each, i) => each === of[i])) return last.data
  const shown = curves.map((curve) => positive(curve, logX, logY))
  const from = zoom?.[0] ?? Math.min(...shown.map((curve) => curve.x[0] ?? Infinity))
  const to = zoom?.[1] ?? Math.max(...shown.map((curve) => curve.x.at(-1) ?? -Infinity))
  const parts = from <= to ? shown.map((curve) => thin(curve, from, to, columns, mark, logX ? Math.log : undefined)) : shown
  made.current = { of, data: aligned(parts) as unknown as uPlot.AlignedData }
  return made.current.data
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
