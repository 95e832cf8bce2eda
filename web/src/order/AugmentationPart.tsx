import { ActionIcon, Box, Group, Text, Tooltip } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { address } from '../api/client'
import { Icon } from '../part/Icon'

/** The dataset's own pictures, and below them the same as three epochs would see them; the server draws them with the training's own code. */
export function AugmentationPart({ data, augmentation }: { data: string; augmentation: Record<string, unknown> }) {
  const [seed, setSeed] = useState(1)
  const [failed, setFailed] = useState('')
  const [settings] = useDebouncedValue(JSON.stringify(augmentation), 300)
  const source = address.augmented(data, settings, seed)
  return (
    <Box>
      <Group justify="space-between" mb={6}>
        <Text size="sm" fw={500}>On your pictures</Text>
        <Tooltip label="Draw other changes"><ActionIcon variant="subtle" color="gray" aria-label="Draw other changes" onClick={() => setSeed(seed + 1)}><Icon name="again" size={16} /></ActionIcon></Tooltip>
      </Group>
      <img src={source} className="pixels" onError={() => setFailed(source)} hidden={failed === source} width="100%"
        alt="A row of training pictures as they are, and three rows of them as training would see them" style={{ display: failed === source ? 'none' : 'block', borderRadius: 8, imageRendering: 'pixelated' }} />
      <Text size="xs" c="dimmed" mt={6}>{failed === source ? 'A value above is out of range.' : 'The first row is as they are; below it the same in three epochs.'}</Text>
    </Box>
  )
}
