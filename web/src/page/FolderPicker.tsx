import { Box, Button, Group, Loader, Modal, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { intake } from '../api/intake'
import { count } from '../part/format'
import { Icon } from '../part/Icon'
import { ProblemCard, parts } from '../part/ProblemCard'

/** A folder or file of the machine is chosen, among those that the workbench may read. */
export function FolderPicker({ onChoose, onClose }: { onChoose: (path: string) => void; onClose: () => void }) {
  const [path, setPath] = useState('')
  const folder = useQuery({ queryKey: ['folders', path], queryFn: () => intake.folders(path) })
  const data = folder.data
  return (
    <Modal opened onClose={onClose} title="A folder of the machine" size="lg">
      <Text size="sm" c="dimmed" mb="sm">The workbench reads its workspace, and folders that it was started with: fovea workbench --folder FOLDER.</Text>
      {folder.error && <ProblemCard problem={parts(folder.error)} />}
      {!data && !folder.error && <Loader size="sm" aria-label="Loading" />}
      {data && (
        <>
          {data.path && <Text size="sm" className="mono" mb="xs" style={{ overflowWrap: 'anywhere' }}>{data.path}</Text>}
          <Box className="surface" style={{ maxHeight: 380, overflowY: 'auto' }}>
            {data.path && <Row icon="up" name={data.parent ? 'the folder above' : 'other folders'} onClick={() => setPath(data.parent ?? '')} />}
            {data.entries.map((each) => (
              <Row key={each.path} icon={each.kind === 'folder' ? 'folder' : 'file'} name={each.name} onClick={() => (each.kind === 'folder' ? setPath(each.path) : onChoose(each.path))} />
            ))}
            {data.entries.length === 0 && <Text p="md" size="sm" c="dimmed">No folders, archives or lists in it.</Text>}
          </Box>
          <Group mt="md" justify="space-between">
            <Text size="sm" c="dimmed">{data.pictures > 0 && `${count(data.pictures)} pictures lie in it`}{data.left > 0 && `, ${count(data.left)} more entries are not shown`}</Text>
            <Button disabled={!data.path} onClick={() => onChoose(data.path!)}>Take this folder</Button>
          </Group>
        </>
      )}
    </Modal>
  )
}

function Row({ icon, name, onClick }: { icon: 'up' | 'folder' | 'file'; name: string; onClick: () => void }) {
  return (
    <button type="button" className="pickrow" onClick={onClick}>
      <Icon name={icon} size={16} /><span className="cut">{name}</span>
    </button>
  )
}
