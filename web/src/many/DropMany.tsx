import { Box, Button, FileButton, Progress, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { count } from '../part/format'
import { ProblemCard, parts } from '../part/ProblemCard'
import { many } from './api'

const SHOWN = 5

/** Pictures are dropped or chosen and sent one after the other; a folder that a job can read comes out. */
export function DropMany({ onKept }: { onKept: (folder: string, pictures: number) => void }) {
  const [over, setOver] = useState(false)
  const [set] = useState(() => `dropped-${new Date().toISOString().slice(0, 19).replaceAll(/[:T]/g, '-')}-${Math.random().toString(36).slice(2, 6)}`)
  const [sent, setSent] = useState(0)
  const [whole, setWhole] = useState(0)
  const [refused, setRefused] = useState<{ name: string; error: unknown }[]>([])
  const send = useMutation({
    mutationFn: async (files: File[]) => {
      setWhole((before) => before + files.length)
      for (const file of files) { // one after the other; one that is refused stops none of the others
        try {
          const kept = await many.keep(set, file) // oxlint-disable-line no-await-in-loop
          setSent((before) => { onKept(kept.folder, before + 1); return before + 1 })
        } catch (error) {
          setRefused((before) => [...before, { name: file.name, error }])
        }
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
      {send.isPending && <Progress mt="md" value={(100 * (sent + refused.length)) / Math.max(1, whole)} aria-label="Pictures sent" />}
      {refused.length > 0 && (
        <Box mt="md" ta="left">
          <Text size="sm" fw={600} mb={6}>{refused.length === 1 ? 'One file is not here' : `${count(refused.length)} files are not here`}</Text>
          {refused.slice(0, SHOWN).map((each, i) => <Box key={i} mb="xs"><Text size="xs" c="dimmed" className="cut">{each.name}</Text><ProblemCard problem={parts(each.error)} /></Box>)}
          {refused.length > SHOWN && <Text size="sm" c="dimmed">and {count(refused.length - SHOWN)} more</Text>}
        </Box>
      )}
    </Box>
  )
}
