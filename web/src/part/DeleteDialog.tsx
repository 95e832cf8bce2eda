import { Box, Button, Group, Loader, Modal, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { intake } from '../api/intake'
import type { Deletion, Things } from '../api/types'
import { bytes, count } from './format'
import { deletionTwin } from './intakeTwins'
import { ProblemCard, parts } from './ProblemCard'
import { Twins } from './Twins'

const SHOWN = 8
const nouns = { datasets: 'dataset', runs: 'run', models: 'model' } as const

/** What a deletion frees and what is in its way, before it is done. */
export function DeleteDialog({ things, onClose, onDone }: { things: Things; onClose: () => void; onDone: () => void }) {
  const queries = useQueryClient()
  const [asker] = useState(() => document.activeElement as HTMLElement | null)
  useEffect(() => () => { setTimeout(() => asker?.focus()) }, [asker]) // whoever keeps the thing goes on where they were
  const look = useQuery({ queryKey: ['deletion', things], queryFn: () => intake.lookAtDeletion(things), gcTime: 0 })
  const remove = useMutation({
    mutationFn: () => intake.delete(things),
    onSuccess: () => { onDone(); return queries.invalidateQueries() },
  })
  const inTheWay = look.data?.things.filter((each) => each.problem) ?? []
  return (
    <Modal opened onClose={onClose} title={`Delete ${look.data ? words(look.data) : ''}`} size="lg" centered>
      {look.error && <ProblemCard problem={parts(look.error)} />}
      {!look.data && !look.error && <Loader size="sm" aria-label="Loading" />}
      {look.data && (
        <>
          {inTheWay.length === 0 && <Text>{bytes(look.data.sizeInBytes)} are free afterwards. This cannot be undone.</Text>}
          {inTheWay.slice(0, SHOWN).map((each) => <Box key={each.shelf + each.name} mt="sm"><ProblemCard problem={each.problem!} /></Box>)}
          {inTheWay.length > SHOWN && <Text size="sm" c="dimmed" mt="sm">and {count(inTheWay.length - SHOWN)} more</Text>}
          <Used deletion={look.data} />
          {remove.error && <Box mt="md"><ProblemCard problem={parts(remove.error)} /></Box>}
          <Group mt="lg" gap="xs">
            <Button color="red.9" disabled={inTheWay.length > 0} loading={remove.isPending} onClick={() => remove.mutate()}>Delete for good</Button>
            <Button variant="default" onClick={onClose}>Keep</Button>
            <Twins what="Delete" twin={deletionTwin(things)} />
          </Group>
        </>
      )}
    </Modal>
  )
}

/** 3 runs, 1 dataset; or the name, if it is one thing. */
function words(deletion: Deletion): string {
  if (deletion.things.length === 1) return deletion.things[0]!.name
  return (['datasets', 'runs', 'models'] as const).flatMap((shelf) => {
    const number = deletion.things.filter((each) => each.shelf === shelf).length
    return number === 0 ? [] : [`${count(number)} ${nouns[shelf]}${number === 1 ? '' : 's'}`]
  }).join(', ')
}

function Used({ deletion }: { deletion: Deletion }) {
  const deleted = new Set(deletion.things.filter((each) => each.shelf === 'runs').map((each) => each.name))
  const runs = [...new Set(deletion.things.flatMap((each) => each.usedBy))].filter((each) => !deleted.has(each))
  if (runs.length === 0) return null
  return (
    <Text size="sm" c="dimmed" mt="sm" style={{ overflowWrap: 'anywhere' }}>
      Finished runs stay as they are, but can no longer show its pictures: {runs.slice(0, SHOWN).join(', ')}{runs.length > SHOWN && ` and ${count(runs.length - SHOWN)} more`}.
    </Text>
  )
}
