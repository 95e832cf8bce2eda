import { Box, Button, Group, Loader, Modal, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Evaluation, JudgedPicture } from '../api/types'
import { count, plain } from '../part/format'
import { Fact } from '../part/Heading'
import { ProblemCard, parts } from '../part/ProblemCard'
import { judged, type Wanted } from './api'
import { JudgedDrawing, PointLegend } from './JudgedDrawing'
import { ClassScores, JudgedPanels } from './JudgedPanels'

/** Pictures of an evaluation with what was made of them; more come when they are asked for. */
export function JudgedTiles({ evaluation, wanted, first = 24, title }: { evaluation: Evaluation; wanted: Wanted; first?: number; title?: string }) {
  const [asked, setAsked] = useState(first)
  const found = useQuery({
    queryKey: ['judged', evaluation.job, wanted, asked], queryFn: () => judged.pictures(evaluation.job, wanted, asked),
    staleTime: Infinity, placeholderData: (before) => before,
  })
  const [large, setLarge] = useState<number | null>(null)
  if (found.error) return <ProblemCard problem={parts(found.error)} />
  if (!found.data) return <Loader size="sm" aria-label="Loading" />
  const { pictures } = found.data
  return (
    <Box data-testid="judged">
      {title && <Text size="sm" fw={600} mb="sm" aria-live="polite">{count(found.data.count)} {title}</Text>}
      {pictures.length === 0 && <Text size="sm" c="dimmed">There is no such picture.</Text>}
      {pictures.some((each) => each.points?.length) && <PointLegend />}
      <div className={pictures.some((each) => each.panels?.length) ? 'judged wide' : 'judged'}>
        {pictures.map((picture, place) => (
          <button key={picture.position} type="button" onClick={() => setLarge(place)} aria-label={`${picture.source}: ${said(picture, evaluation)}`}>
            {picture.panels?.length ? <JudgedPanels picture={picture} evaluation={evaluation} /> : <JudgedDrawing picture={picture} evaluation={evaluation} />}
            <Text size="xs" mt={4} className="cut" title={said(picture, evaluation)}>{said(picture, evaluation)}</Text>
            <Text size="xs" c="dimmed" className="cut" title={picture.source}>{picture.source.split('/').at(-1)}</Text>
          </button>
        ))}
      </div>
      {pictures.length > 0 && pictures.every((each) => each.panels?.length === 0) && (
        <Text size="sm" c="dimmed" mt="md">Truth and answer of no picture were kept, as an earlier version of Fovea judged the model. Evaluate again to see them.</Text>
      )}
      {found.data.count > pictures.length && pictures.length < 500 && (
        <Button mt="md" size="xs" variant="default" loading={found.isFetching} onClick={() => setAsked(Math.min(500, asked * 4))}>Show more of {count(found.data.count)}</Button>
      )}
      {large !== null && pictures[large] && <Large evaluation={evaluation} pictures={pictures} place={large} onPlace={setLarge} onClose={() => setLarge(null)} />}
    </Box>
  )
}

/** A classifier's answer with its probability, or the score of another task. */
export function said(picture: JudgedPicture, evaluation: Evaluation): string {
  const name = (label: number | undefined) => (label === undefined ? '' : (evaluation.classNames?.[label] ?? String(label)))
  if (picture.predicted === undefined) return `${words(picture.measure)} ${picture.score === undefined ? '–' : plain(picture.score)}`
  const share = `${(100 * (picture.probability ?? 0)).toFixed(1)} %`
  return picture.label === picture.predicted ? `${name(picture.predicted)} ${share}` : `${name(picture.label)} → ${name(picture.predicted)} ${share}`
}

const words = (measure: string | undefined) => ({ error: 'error', meanIntersectionOverUnion: 'mean IoU', psnr: 'PSNR' })[measure ?? ''] ?? ''

function Large({ evaluation, pictures, place, onPlace, onClose }: { evaluation: Evaluation; pictures: JudgedPicture[]; place: number; onPlace: (place: number) => void; onClose: () => void }) {
  const picture = pictures[place]!
  const name = (label: number) => evaluation.classNames?.[label] ?? String(label)
  return (
    <Modal opened onClose={onClose} centered size={picture.panels?.length ? 'xl' : 'md'} title={`Picture ${picture.position} of ${evaluation.split}`}
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight' && place + 1 < pictures.length) onPlace(place + 1)
        if (event.key === 'ArrowLeft' && place > 0) onPlace(place - 1)
      }}>
      {picture.panels?.length ? <JudgedPanels picture={picture} evaluation={evaluation} /> : <JudgedDrawing picture={picture} evaluation={evaluation} large />}
      {(picture.points?.length ?? 0) > 0 && <PointLegend />}
      {picture.panels?.length === 0 && <Text size="xs" c="dimmed" mt={6}>Truth and answer were kept of the hardest pictures only.</Text>}
      <Box mt="md" className="facts">
        {picture.label !== undefined && <Fact label="true class">{name(picture.label)}</Fact>}
        {picture.predicted !== undefined && <Fact label="predicted">{name(picture.predicted)}</Fact>}
        {picture.probability !== undefined && <Fact label="probability">{(100 * picture.probability).toFixed(2)} %</Fact>}
        {picture.loss !== undefined && <Fact label="loss">{plain(picture.loss)}</Fact>}
        {picture.score !== undefined && <Fact label={words(picture.measure)}>{plain(picture.score)}</Fact>}
        {picture.asShown !== undefined && <Fact label="PSNR as shown">{plain(picture.asShown)}</Fact>}
      </Box>
      <ClassScores picture={picture} evaluation={evaluation} />
      {picture.values && <ValueTable values={picture.values} />}
      <Text size="sm" mt="sm" style={{ overflowWrap: 'anywhere' }}>{picture.source}</Text>
      <Group mt="md" justify="space-between">
        <Button variant="default" size="xs" disabled={place === 0} onClick={() => onPlace(place - 1)}>Before</Button>
        <Text size="xs" c="dimmed">{count(place + 1)} of {count(pictures.length)}</Text>
        <Button variant="default" size="xs" disabled={place + 1 >= pictures.length} onClick={() => onPlace(place + 1)}>Next</Button>
      </Group>
    </Modal>
  )
}

function ValueTable({ values }: { values: NonNullable<JudgedPicture['values']> }) {
  return (
    <Box style={{ maxHeight: 220, overflow: 'auto' }} tabIndex={0} role="region" aria-label="Values, table" mt="sm">
      <table className="table">
        <thead><tr><th scope="col">target</th><th scope="col">is</th><th scope="col">found</th></tr></thead>
        <tbody>
          {values.map((each) => (
            <tr key={each.target}><td>{each.target}</td><td>{plain(each.truth)}</td><td>{plain(each.predicted)}</td></tr>
          ))}
        </tbody>
      </table>
    </Box>
  )
}
