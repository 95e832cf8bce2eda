import { ActionIcon, Tooltip } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Shelf } from '../api/client'
import { DeleteDialog } from './DeleteDialog'
import { Icon } from './Icon'

/** Deletes the thing that a page shows, and leaves the page. */
export function DeleteButton({ shelf, name }: { shelf: Shelf; name: string }) {
  const [asked, setAsked] = useState(false)
  const navigate = useNavigate()
  return (
    <>
      <Tooltip label="Delete" openDelay={400}>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`Delete ${name}`} onClick={() => setAsked(true)}><Icon name="trash" /></ActionIcon>
      </Tooltip>
      {asked && <DeleteDialog things={{ [shelf]: [name] }} onClose={() => setAsked(false)} onDone={() => void navigate({ to: '/' })} />}
    </>
  )
}
