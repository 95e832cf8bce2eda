import { Badge, Box, Button, Group, Text, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { memo, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Job, Notes } from '../api/types'
import { Sparkline } from '../chart/Sparkline'
import { ago, measured } from '../part/format'
import { Section } from '../part/Heading'
import { Icon } from '../part/Icon'
import { LinkBlock } from '../part/links'
import type { Picking } from '../part/pick'
import { Pickable } from '../part/Pickable'
import { State } from '../part/State'

type Order = 'newest' | 'best' | 'name'

/** All runs, searched and sorted; only the rows in sight are drawn. */
export function RunsPart({ runs, notes, picking }: { runs: Job[]; notes: Notes | undefined; picking: Picking }) {
  const [words, setWords] = useState('')
  const [order, setOrder] = useState<Order>('newest')
  const list = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => setTop((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY))
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [])
  const shown = useMemo(() => {
    const asked = words.toLowerCase().split(/\s+/).filter(Boolean)
    const found = runs.filter((run) => {
      const text = [run.job, run.kind, run.state, run.data, run.network, ...(notes?.notes[run.job]?.tags ?? [])].join(' ').toLowerCase()
      return asked.every((word) => text.includes(word))
    })
    if (order === 'name') return found.toSorted((a, b) => a.job.localeCompare(b.job, 'en', { numeric: true }))
    if (order === 'best') return found.toSorted((a, b) => rank(b) - rank(a))
    return found
  }, [runs, notes, words, order])
  const rows = useWindowVirtualizer({ count: shown.length, estimateSize: () => 57, overscan: 12, scrollMargin: top })
  return (
    <Section title="Runs" aside={runs.length > 0 && (
      <Group gap="xs">
        {picking.on && <Button size="xs" variant="subtle" onClick={() => picking.pick('runs', shown.map((run) => run.job))}>Pick all {shown.length}</Button>}
        <TextInput size="xs" w={200} placeholder="Search" aria-label="Search runs" leftSection={<Icon name="search" size={14} />} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
        <Button.Group>
          {(['newest', 'best', 'name'] as const).map((each) => (
            <Button key={each} size="xs" variant={order === each ? 'light' : 'default'} aria-pressed={order === each} onClick={() => setOrder(each)}>{each}</Button>
          ))}
        </Button.Group>
      </Group>
    )}>
      {runs.length === 0 ? <NoRuns /> : (
        <Box className="surface" style={{ overflow: 'hidden' }}>
          <div ref={list} style={{ height: rows.getTotalSize(), position: 'relative' }}>
            {rows.getVirtualItems().map((row) => (
              <div key={shown[row.index]!.job} style={{ position: 'absolute', insetInline: 0, top: row.start - top, height: row.size }}>
                <Pickable picking={picking} shelf="runs" name={shown[row.index]!.job}>
                  <RunRow run={shown[row.index]!} tags={notes?.notes[shown[row.index]!.job]?.tags ?? none} />
                </Pickable>
              </div>
            ))}
          </div>
          {shown.length === 0 && <Text p="md" c="dimmed">No run has these words.</Text>}
        </Box>
      )}
    </Section>
  )
}

const none: string[] = []

function rank(run: Job): number {
  const best = run.measure?.best ?? run.measure?.last
  if (best === undefined) return -Infinity
  return run.measure!.better === 'higher' ? best : -best
}

function NoRuns() {
  const navigate = useNavigate()
  return (
    <Group className="surface" p="lg" justify="space-between">
      <Text c="dimmed">Nothing was trained yet.</Text>
      <Button variant="light" onClick={() => void navigate({ to: '/new-run' })}>Train a network</Button>
    </Group>
  )
}

/** Drawn anew only where the run has changed. */
const RunRow = memo(function RunRow({ run, tags }: { run: Job; tags: string[] }) {
  return (
    <LinkBlock to="/runs/$id" params={{ id: run.job }} className="rowlink runrow" style={{ gridTemplateColumns: 'minmax(0, 1fr) 84px 110px 76px 88px', gap: 16, padding: '0 16px', height: '100%' }}>
      <Box style={{ minWidth: 0 }}>
        <Group gap={6} wrap="nowrap">
          <Text size="sm" fw={560} className="cut">{run.job}</Text>
          {tags.map((tag) => <Badge key={tag} size="xs" variant="default" tt="none" fw={500}>{tag}</Badge>)}
        </Group>
        <Text size="xs" c="dimmed" className="cut">{[run.kind, run.data, run.network].filter(Boolean).join(' · ')}</Text>
      </Box>
      <State state={run.state} />
      <Sparkline values={run.measure?.curve ?? []} />
      <Text size="sm" ta="right">{run.measure ? measured(run.measure.best ?? run.measure.last, run.measure.unit) : ''}</Text>
      <Text size="xs" c="dimmed" ta="right">{run.last ? ago(run.last) : ''}</Text>
    </LinkBlock>
  )
})
