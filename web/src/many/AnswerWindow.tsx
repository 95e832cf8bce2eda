import { Box, Button, Group, Loader, Modal, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ManyAnswers } from '../api/types'
import { Bars } from '../part/Bars'
import { count } from '../part/format'
import { ProblemCard, parts } from '../part/ProblemCard'
import { many, picture, type Wanted } from './api'

/** One picture large, with the classes that each model finds most probable; arrow keys lead on. */
export function AnswerWindow({ answers, wanted, total, place, onPlace, onClose }: {
  answers: ManyAnswers; wanted: Wanted; total: number; place: number; onPlace: (place: number) => void; onClose: () => void
}) {
  const found = useQuery({ queryKey: ['answer row', answers.job, wanted, place], queryFn: () => many.rows(answers.job, wanted, place, 1), staleTime: Infinity, placeholderData: (before) => before })
  const row = found.data?.rows[0]
  return (
    <Modal opened onClose={onClose} centered size="lg" title={row ? `Picture ${row.position}` : 'Picture'}
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight' && place + 1 < total) onPlace(place + 1)
        if (event.key === 'ArrowLeft' && place > 0) onPlace(place - 1)
      }}>
      {found.error && <ProblemCard problem={parts(found.error)} />}
      {!row && !found.error && <Loader aria-label="Loading" />}
      {row && (
        <>
          {row.problem === undefined
            ? <img src={picture(answers.job, row.position)} alt={row.picture} className="pixels largepicture" />
            : <Text className="noimage">{row.problem}</Text>}
          <Text size="sm" mt="sm" style={{ overflowWrap: 'anywhere' }}>{row.picture}{row.truth !== undefined && <Text span c="dimmed"> · is {row.truth}</Text>}</Text>
          <div className="saidlarge">
            {row.answers.map((said, model) => (
              <Box key={answers.models[model]!.name} style={{ minWidth: 0 }}>
                <Text size="sm" fw={600} mb={6} className="cut">
                  {said.right !== undefined && <b className="mark" data-right={said.right} aria-label={said.right ? 'right' : 'wrong'}>{said.right ? '✓' : '✗'}</b>}
                  {answers.models[model]!.name}
                </Text>
                <Bars top={said.ranking.map((each) => ({ name: each.className, probability: each.probability }))} />
              </Box>
            ))}
          </div>
        </>
      )}
      <Group mt="md" justify="space-between">
        <Button variant="default" size="xs" disabled={place === 0} onClick={() => onPlace(place - 1)}>Before</Button>
        <Text size="xs" c="dimmed">{count(place + 1)} of {count(total)}</Text>
        <Button variant="default" size="xs" disabled={place + 1 >= total} onClick={() => onPlace(place + 1)}>Next</Button>
      </Group>
    </Modal>
  )
}
