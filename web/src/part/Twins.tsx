import { ActionIcon, CopyButton, Popover, SegmentedControl, Stack, Text, Tooltip, Box } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client'
import { Icon } from './Icon'
import { quoted, type Twin } from './twins'

const doors = { cli: 'Command line', rest: 'REST', java: 'Java' } as const

/** A button that shows how the same is done from the terminal, over REST and in Java. */
export function Twins({ twin, what }: { twin: Partial<Twin>; what: string }) {
  const there = (Object.keys(doors) as (keyof typeof doors)[]).filter((door) => twin[door])
  const [door, setDoor] = useState<keyof typeof doors>(there[0] ?? 'rest')
  const workspace = useQuery({ queryKey: ['workspace'], queryFn: api.workspace, staleTime: Infinity })
  const place = workspace.data && !workspace.data.standard ? ` --workspace ${quoted(workspace.data.folder)}` : ''
  // networks are not the workspace's, all else that a command names is
  const text = door === 'cli' ? (twin.cli ?? '').split('\n').map((line) => (/^fovea (?!network)/.test(line) ? line + place : line)).join('\n') : (twin[door] ?? '')
  return (
    <Popover width={520} position="bottom-end" shadow="md" withArrow trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label="The same elsewhere" openDelay={400}>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`${what}: the same elsewhere`}>
            <Icon name="terminal" />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown maw="calc(100vw - 24px)">
        <Stack gap="xs">
          <Text fw={600} size="sm">{what}</Text>
          <SegmentedControl size="xs" value={door} onChange={(value) => setDoor(value as keyof typeof doors)} data={there.map((each) => ({ value: each, label: doors[each] }))} />
          <Box pos="relative">
            <pre className="code" style={{ paddingRight: 40 }}>{text}</pre>
            <CopyButton value={text}>
              {({ copied, copy }) => (
                <ActionIcon pos="absolute" top={4} right={4} variant="subtle" color={copied ? 'teal' : 'gray'} onClick={copy} aria-label="Copy">
                  <Icon name={copied ? 'check' : 'copy'} size={16} />
                </ActionIcon>
              )}
            </CopyButton>
          </Box>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
