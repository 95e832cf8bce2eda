import { Box, MultiSelect, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { api } from '../api/client'
import { Plot, palette, type Line } from '../chart/Plot'
import { measured, plain } from '../part/format'
import { Heading, Section } from '../part/Heading'
import { LinkAnchor } from '../part/links'
import { followTwin } from '../part/twins'
import { Twins } from '../part/Twins'
import type { Curve, RunState } from '../run/fold'
import { useRun } from '../run/useRun'

/** A browser holds six connections to a server, and pages need some of their own. */
const MOST = 4

/** Some runs laid over one another: each measure in one chart. */
export function ComparePage() {
  const search = useSearch({ from: '/compare' })
  const navigate = useNavigate()
  const jobs = useQuery({ queryKey: ['jobs'], queryFn: api.jobs })
  const chosen = search.runs.split(',').filter(Boolean).slice(0, MOST)
  const runs = (jobs.data?.jobs ?? []).filter((each) => each.kind === 'train').map((each) => each.job)
  return (
    <>
      <Heading title="Runs beside one another" line={`Up to ${MOST} runs, each in a colour of its own; validation drawn strongly, training faintly.`}>
        {chosen[0] && <Twins what="The events of a run" twin={followTwin(chosen[0])} />}
      </Heading>
      <MultiSelect label="Runs" searchable data={runs} value={chosen} maxValues={MOST} onChange={(names) => void navigate({ to: '/compare', search: { runs: names.join(',') } })} />
      <Box mt="lg"><Followed key={chosen.join(',')} ids={chosen} /></Box>
    </>
  )
}

/** One component for each number of runs, as each run is followed by a hook of its own. */
function Followed({ ids }: { ids: string[] }) {
  const a = useRun(ids[0] ?? null)
  const b = useRun(ids[1] ?? null)
  const c = useRun(ids[2] ?? null)
  const d = useRun(ids[3] ?? null)
  const runs = [a, b, c, d].slice(0, ids.length).map((each, i) => ({ id: ids[i]!, run: each.run }))
  if (ids.length === 0) return <Text c="dimmed">Choose runs above.</Text>
  const names = [...new Set(runs.flatMap((each) => each.run.measures.map((measure) => measure.name)))]
  return (
    <>
      <Box className="legend" mb="md">
        {runs.map((each, i) => <span key={each.id}><i style={{ background: `var(--${palette[i]!})` }} /><LinkAnchor to="/runs/$id" params={{ id: each.id }}>{each.id}</LinkAnchor></span>)}
      </Box>
      <Section title="Loss">
        <Box className="surface" p="md"><Plot label="Loss of each run" write={plain} writeX={plain} lines={runs.flatMap((each, i) => both(each.id, each.run, each.run.loss, i))} /></Box>
      </Section>
      {names.map((name) => (
        <Section key={name} title={name}>
          <Box className="surface" p="md">
            <Plot label={`${name} of each run`} writeX={plain}
              write={(value) => measured(value, (runs.flatMap((each) => each.run.measures).find((measure) => measure.name === name)?.unit.toLowerCase() ?? 'value') as 'share')}
              lines={runs.flatMap((each, i) => { const found = each.run.measures.find((measure) => measure.name === name); return found ? both(each.id, each.run, found, i) : [] })} />
          </Box>
        </Section>
      ))}
    </>
  )
}

/** Over epochs, so that runs with batches of other sizes stand beside one another. */
function both(id: string, run: RunState, curves: { train: Curve; validation: Curve }, i: number): Line[] {
  const over = (curve: Curve): Curve => ({ x: curve.x.map((step) => step / Math.max(1, run.stepsPerEpoch)), y: curve.y })
  const color = palette[i]!
  const lines: Line[] = [{ label: `${id}, training`, color, curve: over(curves.train), faint: true }]
  if (curves.validation.x.length > 0) lines.push({ label: id, color, curve: over(curves.validation) })
  return lines
}
