import { Box, Button, Text } from '@mantine/core'
import { useState } from 'react'
import type { ValuePlace } from '../api/look'
import type { Arithmetic } from '../api/types'
import { count, plain } from './format'
import { ValueWindow } from './ValueWindow'

const FEW = 3
const MORE = 12

/** How one value comes about from what its layer reads. */
export function ArithmeticView({ value, onGo }: { value: Arithmetic; onGo: (place: ValuePlace) => void }) {
  return (
    <Box data-testid="arithmetic">
      {value.of === 'convolution' && <Convolution value={value} onGo={onGo} />}
      {value.of === 'dense' && <Dense value={value} onGo={onGo} />}
      {value.of === 'pooling' && <Pooling value={value} onGo={onGo} />}
      {value.of === 'formula' && <Formula value={value} onGo={onGo} />}
      <Text size="sm" c="dimmed" mt="sm">The network gives {exact((value.steps ?? []).at(-1)?.given ?? value.given)} there.</Text>
    </Box>
  )
}

type Props = { value: Arithmetic; onGo: (place: ValuePlace) => void }

const exact = (value: number) => String(Number(value.toPrecision(6)))

/** The way back to where a value comes from; the picture itself has no layer before it. */
function Go({ place, onGo, children }: { place: ValuePlace; onGo: Props['onGo']; children: string }) {
  if (place.layer === 'input') return <>{children}</>
  return <button type="button" className="plainbutton" onClick={() => onGo(place)}>{children}</button>
}

function Steps({ value }: { value: Arithmetic }) {
  return (value.steps ?? []).map((step) => (
    <tr key={step.layer}><th scope="row">{step.layer}</th><td>{step.formula}</td><td>{exact(step.result)}</td></tr>
  ))
}

function Convolution({ value, onGo }: Props) {
  const [most, setMost] = useState(FEW)
  const channels = [...(value.channels ?? [])].sort((a, b) => Math.abs(b.sum) - Math.abs(a.sum))
  const told = channels.slice(0, most)
  const rest = channels.slice(most).reduce((sum, each) => sum + each.sum, 0)
  const rows = told[0]?.patch.length ?? 1
  const columns = told[0]?.patch[0]?.length ?? 1
  const middle = (channel: number): ValuePlace => ({
    layer: value.reads!, channel,
    x: Math.max(0, value.left! + Math.floor(columns / 2) * (value.dilation ?? 1)), y: Math.max(0, value.top! + Math.floor(rows / 2) * (value.dilation ?? 1)),
  })
  return (
    <>
      {told.map((each) => (
        <Box key={each.channel} mb="md">
          <Text size="sm" mb={4}><Go place={middle(each.channel)} onGo={onGo}>{value.reads === 'input' ? `channel ${each.channel} of the picture` : `${value.reads}, map ${each.channel}`}</Go></Text>
          <div className="windows" tabIndex={0} role="group" aria-label={`Patch, kernel and products of channel ${each.channel}`}>
            <ValueWindow values={each.patch} caption="patch" />
            <span aria-hidden>×</span>
            <ValueWindow values={each.kernel} caption="kernel" />
            <span aria-hidden>=</span>
            <ValueWindow values={each.products} caption={`products, sum ${exact(each.sum)}`} />
          </div>
        </Box>
      ))}
      {channels.length > most && <Button size="compact-xs" variant="subtle" onClick={() => setMost(most + MORE)}>show more of {count(channels.length)} channels</Button>}
      <table className="sumtable"><tbody>
        {told.map((each) => <tr key={each.channel}><th scope="row">channel {each.channel}</th><td>patch · kernel</td><td>{exact(each.sum)}</td></tr>)}
        {channels.length > most && <tr><th scope="row">{channels.length - most} more channels</th><td>patch · kernel</td><td>{exact(rest)}</td></tr>}
        <tr><th scope="row">bias</th><td /><td>{exact(value.bias ?? 0)}</td></tr>
        <tr data-sum><th scope="row">{value.layer}</th><td>sum</td><td>{exact(value.sum ?? 0)}</td></tr>
        <Steps value={value} />
      </tbody></table>
    </>
  )
}

function Dense({ value, onGo }: Props) {
  const [most, setMost] = useState(10)
  const terms = value.terms ?? []
  const told = terms.slice(0, most)
  const rest = terms.slice(most).reduce((sum, each) => sum + (each.product ?? 0), value.rest ?? 0)
  return (
    <>
      <Text size="sm" mb="xs">{count(value.features ?? 0)} features of {value.reads}, each times its weight; those that count most:</Text>
      <table className="sumtable"><tbody>
        {told.map((each) => (
          <tr key={each.feature}>
            <th scope="row"><Go place={{ layer: value.reads!, channel: each.feature!, x: 0, y: 0 }} onGo={onGo}>{`feature ${each.feature}`}</Go></th>
            <td>{plain(each.value ?? 0)} · {plain(each.weight ?? 0)}</td><td>{exact(each.product ?? 0)}</td>
          </tr>
        ))}
        {(value.features ?? 0) > told.length && <tr><th scope="row">{count((value.features ?? 0) - told.length)} more features</th><td>value · weight</td><td>{exact(rest)}</td></tr>}
        <tr><th scope="row">bias</th><td /><td>{exact(value.bias ?? 0)}</td></tr>
        <tr data-sum><th scope="row">{value.layer}</th><td>sum</td><td>{exact(value.sum ?? 0)}</td></tr>
        <Steps value={value} />
      </tbody></table>
      {terms.length > most && <Button mt="xs" size="compact-xs" variant="subtle" onClick={() => setMost(terms.length)}>show {terms.length}</Button>}
    </>
  )
}

function Pooling({ value, onGo }: Props) {
  const window = value.window ?? []
  const largest = (value.divisor ?? 0) === 0
  const place = { layer: value.reads!, channel: value.channel, x: value.left! + Math.max(0, value.column ?? 0), y: value.top! + Math.max(0, value.row ?? 0) }
  return (
    <>
      <Text size="sm" mb={6}>
        {largest ? 'The largest of' : `The mean, a sum divided by ${value.divisor}, of`} {window.length} × {window[0]?.length ?? 0} values of <Go place={place} onGo={onGo}>{`${value.reads}, map ${value.channel}`}</Go>, from column {value.left}, row {value.top}:
      </Text>
      <div className="windows" tabIndex={0} role="group" aria-label="Window"><ValueWindow values={window} caption="window" {...(largest ? { largest: { column: value.column!, row: value.row! } } : {})} /></div>
      <table className="sumtable"><tbody><tr data-sum><th scope="row">{value.layer}</th><td>{largest ? 'largest' : 'mean'}</td><td>{exact(value.result ?? 0)}</td></tr></tbody></table>
    </>
  )
}

function Formula({ value, onGo }: Props) {
  return (
    <table className="sumtable"><tbody>
      {(value.terms ?? []).map((each, i) => (
        <tr key={i}>
          <th scope="row"><Go place={{ layer: each.layer!, channel: each.channel!, x: each.x!, y: each.y! }} onGo={onGo}>{each.layer!}</Go></th>
          <td>number {each.channel}, column {each.x}, row {each.y}</td><td>{exact(each.value ?? 0)}</td>
        </tr>
      ))}
      <tr data-sum><th scope="row">{value.layer}</th><td>{value.formula}</td><td>{exact(value.result ?? 0)}</td></tr>
    </tbody></table>
  )
}
