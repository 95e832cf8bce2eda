import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { count } from './format'
import { DeleteDialog } from './DeleteDialog'
import type { Picking } from './pick'

/** What can be done with what is picked. */
export function PickBar({ picking }: { picking: Picking }) {
  const [asked, setAsked] = useState(false)
  if (!picking.on) return null
  return (
    <div className="pickbar surface" role="toolbar" aria-label="What is picked">
      <Text size="sm" fw={560}>{picking.count === 0 ? 'Pick what is to be deleted' : `${count(picking.count)} picked`}</Text>
      <Group gap="xs" wrap="nowrap">
        <Button size="xs" color="red.9" disabled={picking.count === 0} onClick={() => setAsked(true)}>Delete …</Button>
        <Button size="xs" variant="default" onClick={picking.end}>Done</Button>
      </Group>
      {asked && <DeleteDialog things={picking.things} onClose={() => setAsked(false)} onDone={() => { setAsked(false); picking.end() }} />}
    </div>
  )
}
