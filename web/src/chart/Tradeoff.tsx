import { Box, Text } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { type KeyboardEvent, type MouseEvent, useRef, useState } from 'react'
import { front } from './front'
import { logTicks, ticks } from './scale'

/** A thing with what it costs (to the right), how good it is (upward) and how large it is (its area). */
export type Dot = { name: string; cost: number; value: number; size: number; color: 'train' | 'validation' | 'third' | 'quiet'; beaten: boolean; words: string }

type Props = { dots: Dot[]; label: string; better: 'higher' | 'lower'; cost: string; value: string; writeCost: (value: number) => string; writeValue: (value: number) => string }

const LEFT = 74
const RIGHT = 22
const TOP = 18
const BOTTOM = 46
const LARGEST = 26
const SMALLEST = 4

/** What is given for what: hovering a dot, or the arrow keys, tell its numbers. The steps lead along those that no other beats in both. */
export function Tradeoff({ dots, label, better, cost, value, writeCost, writeValue }: Props) {
  const { ref, width } = useElementSize()
  const [at, setAt] = useState<number | null>(null)
  const group = useRef<SVGGElement>(null)
  const order = dots.map((_, i) => i).toSorted((a, b) => dots[a]!.cost - dots[b]!.cost)
  const height = Math.round(Math.min(440, Math.max(280, width * 0.46)))
  const costs = dots.map((dot) => dot.cost)
  const values = dots.map((dot) => dot.value)
  const [first, last] = [Math.min(...costs) / 1.35, Math.max(...costs) * 1.35]
  const spread = Math.max(...values) - Math.min(...values) || Math.abs(values[0]!) * 0.02 || 1
  const [low, high] = [Math.min(...values) - 0.18 * spread, Math.max(...values) + 0.18 * spread]
  const x = (each: number) => LEFT + (Math.log(each / first) / Math.log(last / first)) * (width - LEFT - RIGHT)
  const y = (each: number) => TOP + ((high - each) / (high - low)) * (height - TOP - BOTTOM)
  const most = Math.max(...dots.map((dot) => dot.size))
  const radius = (size: number) => Math.max(SMALLEST, (width < 500 ? 18 : LARGEST) * Math.sqrt(size / most))
  const best = front(dots, better)
  const steps = best.map((i, n) => `${n === 0 ? 'M' : `H${x(dots[i]!.cost)}V`}${n === 0 ? `${x(dots[i]!.cost)} ` : ''}${y(dots[i]!.value)}`).join('')
  const marks = logTicks(first, last).filter((_, i, all) => width >= 500 || all.length < 5 || i % 2 === 0)
  const point = (event: MouseEvent<SVGSVGElement>) => {
    const place = event.currentTarget.getBoundingClientRect()
    const away = (dot: Dot) => Math.hypot(x(dot.cost) - (event.clientX - place.left), y(dot.value) - (event.clientY - place.top))
    const nearest = order.toSorted((a, b) => away(dots[a]!) - away(dots[b]!))[0]!
    if (away(dots[nearest]!) < Math.max(24, radius(dots[nearest]!.size))) setAt(nearest)
  }
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = order[(Math.max(0, order.indexOf(at ?? order[0]!)) + step + order.length) % order.length]!
    setAt(next)
    group.current?.querySelector<SVGGElement>(`[data-dot="${next}"]`)?.focus()
  }
  return (
    <Box ref={ref}>
      {width > 0 && (
        <svg width={width} height={height} role="group" aria-label={label} onMouseMove={point} onClick={point} style={{ display: 'block', fontSize: 11, overflow: 'visible' }}>
          {ticks(low, high, 5).map((tick) => (
            <g key={tick}>
              <line x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} stroke="var(--line)" />
              <text x={LEFT - 8} y={y(tick) + 4} textAnchor="end" fill="var(--mantine-color-dimmed)">{writeValue(tick)}</text>
            </g>
          ))}
          {marks.map((tick) => (
            <g key={tick}>
              <line x1={x(tick)} x2={x(tick)} y1={TOP} y2={height - BOTTOM} stroke="var(--line)" />
              <text x={x(tick)} y={height - BOTTOM + 17} textAnchor="middle" fill="var(--mantine-color-dimmed)">{writeCost(tick)}</text>
            </g>
          ))}
          <text x={(LEFT + width - RIGHT) / 2} y={height - 8} textAnchor="middle" fill="var(--mantine-color-dimmed)">{cost}</text>
          <text transform={`translate(10 ${(TOP + height - BOTTOM) / 2}) rotate(-90)`} textAnchor="middle" fill="var(--mantine-color-dimmed)">{value}</text>
          <path d={steps} fill="none" stroke="var(--quiet)" strokeWidth={1.2} strokeDasharray="4 4" />
          <g ref={group} onKeyDown={move}>
            {/* small ones lie on large ones */}
            {dots.map((dot, i) => ({ dot, i })).toSorted((a, b) => b.dot.size - a.dot.size).map(({ dot, i }) => (
              <g key={dot.name} data-dot={i} role="img" aria-label={dot.words} tabIndex={i === (at ?? order[0]) ? 0 : -1} className="trade"
                onFocus={() => setAt(i)}>
                <circle cx={x(dot.cost)} cy={y(dot.value)} r={radius(dot.size)} stroke={`var(--${dot.color})`} strokeWidth={i === at ? 3 : 1.5} strokeDasharray={dot.beaten ? '3 3' : undefined} fill={`color-mix(in srgb, var(--${dot.color}) ${dot.beaten ? 8 : 38}%, transparent)`} />
                <circle cx={x(dot.cost)} cy={y(dot.value)} r={2} fill={`var(--${dot.color})`} />
                <text x={x(dot.cost) + radius(dot.size) + 4} y={y(dot.value) + 4} fill="var(--mantine-color-text)" fontWeight={i === at ? 650 : 450}>{i + 1}</text>
              </g>
            ))}
          </g>
        </svg>
      )}
      <Text size="sm" aria-live="polite" mih="1.5em" mt={4}>{at === null ? <Text span c="dimmed" size="sm">Point at a dot, or press the arrow keys, and its numbers stand here.</Text> : `${at + 1} · ${dots[at]!.words}`}</Text>
    </Box>
  )
}
