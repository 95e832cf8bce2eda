import { Box, Button, FileButton, Progress, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { count } from '../part/format'
import { ProblemCard, parts } from '../part/ProblemCard'
import { many } from './api'

/** Pictures are dropped or chosen and sent one after the other; a folder that a job can read comes out. */
export function DropMany({ onKept }: { onKept: (folder: string, pictures: number) => void }) {
  const [over, setOver] = useState(false)
  const [set] = useState(() => `dropped-${new Date().toISOString().slice(0, 19).replaceAll(/[:T]/g, '-')}-${Math.random().toString(36).slice(2, 6)}`)
  const [sent, setSent] = useState(0)
  const [whole, setWhole] = useState(0)
  const send = useMutation({
    mutationFn: async (files: File[]) => {
      setWhole((before) => before + files.length)
      for (const file of files) {
        const kept = await many.keep(set, file)
        setSent((before) => { onKept(kept.folder, before + 1); return before + 1 })
      }
    },
  })
  const { mutate } = send
  return (
    <Box className="drop surface" data-over={over}
      onDragOver={(event) => { event.preventDefault(); setOver(true) }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => { event.preventDefault(); setOver(false); mutate([...event.dataTransfer.files]) }}>
      <Text>{sent > 0 ? `${count(sent)} pictures are here; drop more.` : 'Drop pictures here, as many as you like.'}</Text>
      <Text size="sm" c="dimmed" mt={4}>They stay on this machine, in the workspace.</Text>
      <FileButton onChange={(files) => files.length > 0 && mutate(files)} accept="image/*" multiple>
        {(props) => <Button {...props} variant="light" mt="md" loading={send.isPending}>Choose pictures</Button>}
      </FileButton>
      {send.isPending && <Progress mt="md" value={(100 * sent) / Math.max(1, whole)} aria-label="Pictures sent" />}
      {send.error && <Box mt="md" ta="left"><ProblemCard problem={parts(send.error)} /></Box>}
    </Box>
  )
}
