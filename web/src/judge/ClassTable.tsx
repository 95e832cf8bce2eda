import { Box } from '@mantine/core'
import { useState } from 'react'
import type { ClassFound, Evaluation, Share } from '../api/types'
import { count } from '../part/format'
import { Section } from '../part/Heading'

type Column = { head: string; of: (each: ClassFound) => number | undefined; shown: (each: ClassFound) => string; title?: (each: ClassFound) => string }

const NONE = '–'
const percent = (value: number) => `${(100 * value).toFixed(1)} %`
const share = (each: Share | undefined) => (!each || each.count === 0 ? NONE : percent(each.value))
const counted = (each: Share | undefined) => (!each || each.count === 0 ? 'nothing to count' : `${count(each.hits)} of ${count(each.count)}; 95 %: ${percent(each.low)} … ${percent(each.high)}`)

const ofPictures: Column[] = [
  { head: 'pictures', of: (each) => each.support, shown: (each) => count(each.support ?? 0) },
  { head: 'precision', of: (each) => each.precision?.value, shown: (each) => share(each.precision), title: (each) => counted(each.precision) },
  { head: 'recall', of: (each) => each.recall?.value, shown: (each) => share(each.recall), title: (each) => counted(each.recall) },
  { head: 'found', of: (each) => each.recall?.hits, shown: (each) => (each.recall ? `${count(each.recall.hits)} of ${count(each.recall.count)}` : NONE) },
  { head: 'predicted', of: (each) => each.precision?.count, shown: (each) => count(each.precision?.count ?? 0) },
  { head: 'F1', of: (each) => each.f1, shown: (each) => (each.support ? (each.f1 ?? 0).toFixed(3) : NONE) },
]
const ofPixels: Column[] = [
  { head: 'pixels', of: (each) => each.pixels, shown: (each) => count(each.pixels ?? 0) },
  { head: 'IoU', of: (each) => each.intersectionOverUnion, shown: (each) => (each.intersectionOverUnion === undefined ? NONE : percent(each.intersectionOverUnion)) },
]

/** How well each class is found; a click on a head sorts. */
export function ClassTable({ evaluation }: { evaluation: Evaluation }) {
  const [order, setOrder] = useState<{ head: string; up: boolean } | null>(null)
  const classes = evaluation.perClass ?? []
  if (classes.length === 0) return null
  const columns = evaluation.task === 'segmentation' ? ofPixels : ofPictures
  const column = columns.find((each) => each.head === order?.head)
  const sorted = column ? classes.toSorted((a, b) => (order!.up ? 1 : -1) * ((column.of(a) ?? -1) - (column.of(b) ?? -1))) : classes
  return (
    <Section title="Class by class">
      <Box className="surface" p="sm" style={{ overflow: 'auto', maxHeight: 520 }} tabIndex={0} role="region" aria-label="Class by class, table">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">class</th>
              {columns.map((each) => (
                <th key={each.head} scope="col" aria-sort={each.head !== order?.head ? 'none' : order.up ? 'ascending' : 'descending'}>
                  <button type="button" className="name" onClick={() => setOrder({ head: each.head, up: order?.head === each.head ? !order.up : true })}>{each.head}</button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.map((each) => (
              <tr key={each.name}>
                <td>{each.name}</td>
                {columns.map((at) => <td key={at.head} title={at.title?.(each)}>{at.shown(each)}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </Box>
    </Section>
  )
}
