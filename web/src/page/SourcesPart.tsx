import { ActionIcon, Box, Button, FileButton, Group, Progress, Select, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { intake } from '../api/intake'
import type { Upload } from '../api/types'
import { type Dropped, ofDrop, ofFiles } from '../intake/dropped'
import type { Role, Source } from '../intake/form'
import { type Sending, send } from '../intake/upload'
import { bytes, count } from '../part/format'
import { Icon } from '../part/Icon'
import { deleteUploadTwin, uploadTwin } from '../part/intakeTwins'
import { ProblemCard, parts } from '../part/ProblemCard'
import { Twins } from '../part/Twins'
import { FolderPicker } from './FolderPicker'

/** Where the pictures come from: dropped into the page, or a folder of the machine. */
export function SourcesPart({ sources, onChange }: { sources: Source[]; onChange: (sources: Source[]) => void }) {
  const queries = useQueryClient()
  const uploads = useQuery({ queryKey: ['uploads'], queryFn: intake.uploads })
  const [over, setOver] = useState(false)
  const [picking, setPicking] = useState(false)
  const [share, setShare] = useState(0)
  const sending = useRef<Sending>(undefined)
  const add = (path: string) => onChange([...sources.filter((each) => each.path !== path), { role: '', path }])
  const upload = useMutation({
    mutationFn: async (what: Promise<Dropped>) => {
      const dropped = await what
      const size = dropped.entries.reduce((sum, entry) => sum + entry.file.size, 0)
      const most = uploads.data
      if (dropped.entries.length === 0) throw new Error('There is no file in what was dropped.')
      if (most && (size > most.mostBytes || dropped.entries.length > most.mostFiles))
        throw new Error(`An upload has at most ${bytes(most.mostBytes)} in ${count(most.mostFiles)} files; this is ${bytes(size)} in ${count(dropped.entries.length)}. Name the folder instead.`)
      setShare(0)
      sending.current = send(dropped, setShare)
      return sending.current.received
    },
    onSuccess: (received) => add(received.folder),
    onSettled: () => queries.invalidateQueries({ queryKey: ['uploads'] }),
  })
  const folder = useRef<HTMLInputElement>(null)
  return (
    <Stack gap="md">
      <Box className="drop surface" data-over={over}
        onDragOver={(event) => { event.preventDefault(); setOver(true) }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => { event.preventDefault(); setOver(false); upload.mutate(ofDrop(event.dataTransfer)) }}>
        <Text fw={600}>Drop a folder of pictures here, or a zip</Text>
        <Text size="sm" c="dimmed" mt={4}>They stay on this machine: a copy goes into the workspace.</Text>
        <Group justify="center" gap="xs" mt="md">
          <Button variant="light" loading={upload.isPending} onClick={() => folder.current!.click()}>Choose a folder</Button>
          <FileButton multiple onChange={(files) => files.length > 0 && upload.mutate(Promise.resolve(ofFiles(files)))}>
            {(props) => <Button {...props} variant="subtle" disabled={upload.isPending}>Choose files</Button>}
          </FileButton>
          <Button variant="subtle" onClick={() => setPicking(true)}>Name a folder of the machine</Button>
          <Twins what="Send pictures" twin={uploadTwin} />
        </Group>
        <input ref={folder} type="file" hidden multiple {...{ webkitdirectory: '' }} data-testid="folder" aria-label="A folder"
          onChange={(event) => { const files = event.currentTarget.files; if (files?.length) upload.mutate(Promise.resolve(ofFiles([...files]))); event.currentTarget.value = '' }} />
      </Box>
      {upload.isPending && (
        <Group wrap="nowrap">
          <Progress value={100 * share} size={8} radius="xl" style={{ flex: 1 }} aria-label="Upload" />
          <Text size="sm" c="dimmed">{share < 1 ? `${Math.round(100 * share)} %` : 'unpacking'}</Text>
          <Button size="compact-sm" variant="default" onClick={() => sending.current?.stop()}>Stop</Button>
        </Group>
      )}
      {upload.error && <ProblemCard problem={parts(upload.error)} />}
      {sources.length > 0 && (
        <Box className="surface">
          {sources.map((each, i) => (
            <SourceRow key={each.path} source={each} isFirst={i === 0}
              onRole={(role) => onChange(sources.map((other) => (other === each ? { ...each, role } : other)))}
              onRemove={() => onChange(sources.filter((other) => other !== each))} />
          ))}
        </Box>
      )}
      {sources.length === 0 && uploads.data && uploads.data.uploads.length > 0 && <Sent uploads={uploads.data.uploads} onChoose={add} />}
      {picking && <FolderPicker onClose={() => setPicking(false)} onChoose={(path) => { setPicking(false); add(path) }} />}
    </Stack>
  )
}

const roles = [{ value: '', label: 'for what its names say' }, { value: 'train', label: 'for training' }, { value: 'val', label: 'for validation' }, { value: 'test', label: 'for the test' }]

function SourceRow({ source, isFirst, onRole, onRemove }: { source: Source; isFirst: boolean; onRole: (role: Role) => void; onRemove: () => void }) {
  return (
    <Group px="md" py="xs" gap="sm" wrap="nowrap" justify="space-between" style={isFirst ? {} : { borderTop: '1px solid var(--line)' }}>
      <Text size="sm" className="mono" style={{ overflowWrap: 'anywhere', minWidth: 0 }}>{source.path}</Text>
      <Group gap={4} wrap="nowrap">
        <Select size="xs" w={{ base: 120, sm: 190 }} aria-label={`What ${source.path} is for`} allowDeselect={false} data={roles} value={source.role} onChange={(value) => onRole((value ?? '') as Role)} />
        <ActionIcon variant="subtle" color="gray" aria-label={`Leave ${source.path} out`} onClick={onRemove}><Icon name="close" size={16} /></ActionIcon>
      </Group>
    </Group>
  )
}

/** What was sent before and is still there. */
function Sent({ uploads, onChoose }: { uploads: Upload[]; onChoose: (path: string) => void }) {
  const queries = useQueryClient()
  const remove = useMutation({ mutationFn: intake.deleteUpload, onSettled: () => queries.invalidateQueries({ queryKey: ['uploads'] }) })
  return (
    <Box>
      <Text size="sm" c="dimmed" mb={6}>Sent before; datasets do not need them once they are imported</Text>
      <Box className="surface">
        {uploads.map((each, i) => (
          <Group key={each.name} px="md" py={6} justify="space-between" wrap="nowrap" style={i === 0 ? {} : { borderTop: '1px solid var(--line)' }}>
            <Text size="sm" className="cut">{each.name} <Text span size="xs" c="dimmed">{bytes(each.sizeInBytes)}</Text></Text>
            <Group gap={2} wrap="nowrap">
              <Button size="compact-sm" variant="subtle" onClick={() => onChoose(each.folder)}>Use</Button>
              <Button size="compact-sm" variant="subtle" color="gray" loading={remove.isPending && remove.variables === each.name} onClick={() => remove.mutate(each.name)}>Delete</Button>
              <Twins what={`Delete ${each.name}`} twin={deleteUploadTwin(each.name)} />
            </Group>
          </Group>
        ))}
      </Box>
      {remove.error && <Box mt="sm"><ProblemCard problem={parts(remove.error)} /></Box>}
    </Box>
  )
}
