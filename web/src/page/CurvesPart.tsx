import { Group, SegmentedControl, Slider, Switch, Text } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { memo } from 'react'
import { Chart } from '../chart/Chart'
import { Plot, type Line } from '../chart/Plot'
import { count, measured, plain } from '../part/format'
import { Section } from '../part/Heading'
import type { Curve, RunState } from '../run/fold'
import { smooth } from '../run/smooth'
import { untold } from '../run/untold'
import { EvolutionPart } from './EvolutionPart'

type Look = { axis: 'step' | 'epoch'; logX: boolean; logY: boolean; weight: number }

/** Every curve of a run; drawn anew only where the run has told something. */
export const CurvesPart = memo(function CurvesPart({ run }: { run: RunState }) {
  const [look, setLook] = useLocalStorage<Look>({ key: 'curves', defaultValue: { axis: 'epoch', logX: false, logY: false, weight: 0.6 } })
  if (run.evolution.best.x.length > 0) return <EvolutionPart run={run} />
  if (run.loss.train.x.length === 0 && run.loss.validation.x.length === 0) return null
  const perEpoch = look.axis === 'epoch' && run.stepsPerEpoch > 0 ? run.stepsPerEpoch : 1
  const at = (curve: Curve): Curve => (perEpoch === 1 ? curve : { x: curve.x.map((step) => step / perEpoch), y: curve.y })
  const train = (curve: Curve): Line[] => {
    const raw = at(curve)
    if (look.weight <= 0 || curve.x.length < 3) return [{ label: 'training', color: 'train', curve: raw }]
    return [
      { label: 'training, each', color: 'train', curve: raw, faint: true },
      { label: 'training', color: 'train', curve: { x: raw.x, y: smooth(raw.y, look.weight) } },
    ]
  }
  const validation = (curve: Curve): Line[] => (curve.x.length === 0 ? [] : [{ label: 'validation', color: 'validation', curve: at(curve), dots: curve.x.length <= 60 }])
  const missing = untold(run)
  const mark = run.bestStep === null ? null : run.bestStep / perEpoch
  const common = { logX: look.logX, mark, writeX: (value: number) => (look.axis === 'epoch' ? plain(value) : count(value)) }
  return (
    <Section title="Curves" aside={
      <Group gap="lg">
        <Group gap={8}>
          <Text size="xs" c="dimmed">smooth</Text>
          <Slider w={90} size="sm" min={0} max={0.98} step={0.02} value={look.weight} onChange={(weight) => setLook({ ...look, weight })} label={null} thumbLabel="Smoothing" />
        </Group>
        <Switch size="xs" label="log y" checked={look.logY} onChange={(event) => setLook({ ...look, logY: event.currentTarget.checked })} />
        <Switch size="xs" label="log x" checked={look.logX} onChange={(event) => setLook({ ...look, logX: event.currentTarget.checked })} />
        <SegmentedControl size="xs" data={['epoch', 'step']} value={look.axis} onChange={(axis) => setLook({ ...look, axis: axis as Look['axis'] })} aria-label="Horizontal axis" />
      </Group>
    }>
      <div className="grid-charts">
        <Chart title="loss"><Plot {...common} logY={look.logY} label="Loss" write={plain} lines={[...train(run.loss.train), ...validation(run.loss.validation)]} /></Chart>
        {run.measures.map((measure) => (
          <Chart key={measure.name} title={measure.name}>
            <Plot {...common} logY={look.logY} label={measure.name} write={(value) => measured(value, measure.unit.toLowerCase() as 'share')} lines={[...train(measure.train), ...validation(measure.validation)]} />
          </Chart>
        ))}
        {run.learningRate.x.length > 0 && <Chart title="learning rate"><Plot {...common} mark={null} logY={look.logY} label="Learning rate" height={160} write={plain} lines={[{ label: 'learning rate', color: 'train', curve: at(run.learningRate) }]} /></Chart>}
        {run.imagesPerSecond.steps.x.length > 0 && <Chart title="images a second"><Plot {...common} mark={null} label="Images a second" height={160} write={count} lines={speed(run, at)} /></Chart>}
        {run.processors.x.length > 0 && <Chart title="processors"><Plot {...common} mark={null} label="Processors at work" height={160} write={plain} lines={[{ label: 'processors', color: 'train', curve: at(run.processors) }]} /></Chart>}
        {run.memory.x.length > 0 && <Chart title="memory"><Plot {...common} mark={null} label="Memory of the process" height={160} write={(value) => `${count(value / 1e6)} MB`} lines={[{ label: 'memory', color: 'train', curve: at(run.memory) }]} /></Chart>}
      </div>
      {run.seconds !== null && missing.length > 0 && <Text size="sm" mt="sm" data-testid="untold">The events of this run do not tell: {missing.join('; ')}. What earlier versions of Fovea did not write cannot be shown.</Text>}
      <Text size="xs" c="dimmed" mt="xs">Drag to zoom, double-click to see all. {mark !== null && 'The dashed line marks the best epoch.'}</Text>
    </Section>
  )
})

/** The mean of an epoch leaves validation out; what was told between holds it. */
function speed(run: RunState, at: (curve: Curve) => Curve): Line[] {
  const steps: Line = { label: 'between', color: 'train', curve: at(run.imagesPerSecond.steps), faint: run.imagesPerSecond.epochs.x.length > 1 }
  if (run.imagesPerSecond.epochs.x.length < 2) return [steps]
  return [steps, { label: 'epoch', color: 'train', curve: at(run.imagesPerSecond.epochs) }]
}
