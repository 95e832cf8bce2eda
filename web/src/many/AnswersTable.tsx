import { Box, Text } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, useState } from 'react'
import type { AnswerRow, ManyAnswers } from '../api/types'
import { AnswerWindow } from './AnswerWindow'
import { many, picture, type Wanted } from './api'

const PAGE = 100
const HEIGHT = 56

/** A table of any length: only the rows in sight are drawn, and a hundred come at a time. */
export function AnswersTable({ answers, wanted, total }: { answers: ManyAnswers; wanted: Wanted; total: number }) {
  const place = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const measure = () => setTop(place.current!.getBoundingClientRect().top + window.scrollY)
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [])
  const rows = useWindowVirtualizer({ count: total, estimateSize: () => HEIGHT, overscan: 8, scrollMargin: top })
  const items = rows.getVirtualItems()
  const pages = [...new Set(items.map((item) => Math.floor(item.index / PAGE)))]
  const found = useQueries({
    queries: pages.map((page) => ({ queryKey: ['answer rows', answers.job, wanted, page], queryFn: () => many.rows(answers.job, wanted, page * PAGE, PAGE), staleTime: Infinity })),
  })
  const [large, setLarge] = useState<number | null>(null)
  const at = (index: number): AnswerRow | undefined => found[pages.indexOf(Math.floor(index / PAGE))]?.data?.rows[index % PAGE]
  const several = answers.models.length > 1
  const columns = `48px minmax(120px, 1.4fr) 96px repeat(${answers.models.length}, minmax(104px, 1fr))${several ? ' 76px' : ''}`
  return (
    <Box className="surface many" tabIndex={0} role="region" aria-label="Answers, table">
      <div role="table" aria-label="What the models say" aria-rowcount={total + 1} style={{ minWidth: 280 + 120 * answers.models.length }}>
        <div role="row" className="manyrow head" aria-rowindex={1} style={{ gridTemplateColumns: columns }}>
          <span role="columnheader" aria-label="picture" />
          <span role="columnheader">name</span>
          <span role="columnheader">truth</span>
          {answers.models.map((model) => <span key={model.name} role="columnheader" className="cut" title={model.name}>{model.name}</span>)}
          {several && <span role="columnheader">agreement</span>}
        </div>
        <div role="rowgroup" ref={place} style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {items.map((item) => {
            const row = at(item.index)
            return (
              <div role="row" aria-rowindex={item.index + 2} key={item.index} className="manyrow" style={{ gridTemplateColumns: columns, position: 'absolute', top: item.start - top, height: HEIGHT, insetInline: 0 }}>
                {row && <Cells id={answers.job} row={row} models={answers.models.length} several={several} onLarge={() => setLarge(item.index)} />}
              </div>
            )
          })}
        </div>
      </div>
      {large !== null && <AnswerWindow answers={answers} wanted={wanted} total={total} place={large} onPlace={setLarge} onClose={() => setLarge(null)} />}
    </Box>
  )
}

function Cells({ id, row, models, several, onLarge }: { id: string; row: AnswerRow; models: number; several: boolean; onLarge: () => void }) {
  return (
    <>
      <span role="cell">{row.problem === undefined && <button type="button" className="thumbbutton" onClick={onLarge} aria-label={`Show ${row.picture} large`}><img className="pixels thumb" loading="lazy" src={picture(id, row.position)} alt="" /></button>}</span>
      <span role="cell" className="cut" title={row.picture}>{row.picture}</span>
      <span role="cell" className="cut">{row.truth ?? '–'}</span>
      {row.problem !== undefined
        ? <Text role="cell" size="sm" c="dimmed" className="cut" title={row.problem} style={{ gridColumn: `span ${models + (several ? 1 : 0)}` }}>{row.problem}</Text>
        : row.answers.map((said, model) => (
          <span role="cell" key={model} className="cut" title={said.ranking.map((each) => `${each.className} ${(100 * each.probability).toFixed(2)} %`).join(', ')}>
            {said.right !== undefined && <b className="mark" data-right={said.right} aria-label={said.right ? 'right' : 'wrong'}>{said.right ? '✓' : '✗'}</b>}
            {said.className} <Text span size="xs" c="dimmed">{(100 * said.probability).toFixed(1)} %</Text>
            {said.ranking.length > 1 && <Text size="xs" c="dimmed" className="cut">{said.ranking.slice(1).map((each) => `${each.className} ${(100 * each.probability).toFixed(1)}`).join(' · ')}</Text>}
          </span>
        ))}
      {several && row.problem === undefined && <Text role="cell" size="sm" c={row.agrees ? 'dimmed' : undefined} fw={row.agrees ? 400 : 600}>{row.agrees ? 'same' : 'differ'}</Text>}
    </>
  )
}
