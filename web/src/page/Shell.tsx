import { ActionIcon, AppShell, Box, Burger, Button, Group, Text, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { api } from '../api/client'
import { Icon } from '../part/Icon'
import { LinkButton, LinkPlace } from '../part/links'



const places = [
  { to: '/', label: 'Home', icon: 'home' },
  { to: '/course', label: 'Course', icon: 'course' },
  { to: '/collection', label: 'Ready-made sets', icon: 'pictures' },
  { to: '/networks', label: 'Networks', icon: 'network' },
  { to: '/models', label: 'Models', icon: 'model' },
  { to: '/evaluations', label: 'Evaluations', icon: 'judge' },
  { to: '/classify', label: 'Classify many', icon: 'many' },
  { to: '/servers', label: 'Prediction servers', icon: 'server' },
] as const

/** What stands around every page: where one can go, and light or dark. */
export function Shell() {
  const [opened, { toggle, close }] = useDisclosure()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const navigate = useNavigate()
  const workspace = useQuery({ queryKey: ['workspace'], queryFn: api.workspace, staleTime: Infinity })
  useHotkeys([
    ['n', () => void navigate({ to: '/new-run' })],
    ['d', () => void navigate({ to: '/new-dataset' })],
    ['h', () => void navigate({ to: '/' })],
  ])
  return (
    <AppShell
      navbar={{ width: 212, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      header={{ height: { base: 52, sm: 0 } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <AppShell.Header hiddenFrom="sm" px="md" style={{ background: 'var(--page)' }}>
        <Group h="100%" justify="space-between">
          <Name />
          <Burger opened={opened} onClick={toggle} size="sm" aria-label="Pages" />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="md" style={{ background: 'var(--page)', borderColor: 'var(--line)' }}>
        <Box visibleFrom="sm" px="xs" pb="lg" pt={4}><Name /></Box>
        <LinkButton to="/new-run" leftSection={<Icon name="plus" size={16} />} onClick={close} mb="xs">New run</LinkButton>
        <LinkButton to="/new-dataset" variant="light" leftSection={<Icon name="pictures" size={16} />} onClick={close} mb="md">New dataset</LinkButton>
        {places.map((place) => (
          <LinkPlace key={place.to} to={place.to} label={place.label} leftSection={<Icon name={place.icon} />} onClick={close}
            active={place.to === '/' ? path === '/' : path.startsWith(place.to)} variant="light" style={{ borderRadius: 8 }} />
        ))}
        <Box mt="auto">
          {workspace.data?.visitor && <SignedIn name={workspace.data.visitor} />}
          <Group justify="space-between" wrap="nowrap">
            <Tooltip label={workspace.data?.folder ?? ''} disabled={!workspace.data}>
              <Text size="xs" c="dimmed" className="cut">{workspace.data?.folder.split(/[\\/]/).slice(-2).join('/')}</Text>
            </Tooltip>
            <Scheme />
          </Group>
        </Box>
      </AppShell.Navbar>
      <AppShell.Main>
        <div className="main"><Outlet /></div>
      </AppShell.Main>
    </AppShell>
  )
}

function Name() {
  return (
    <Group gap={9}>
      <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden>
        <circle cx="16" cy="16" r="13" fill="none" stroke="var(--train)" strokeWidth="3" />
        <circle cx="16" cy="16" r="5.5" fill="var(--train)" />
      </svg>
      <Text fw={680} size="lg" style={{ letterSpacing: '-0.02em' }}>Fovea</Text>
    </Group>
  )
}

/** Who one is to a server that several people share. */
function SignedIn({ name }: { name: string }) {
  return (
    <Group justify="space-between" wrap="nowrap" mb="xs">
      <Text size="sm" fw={600} className="cut">{name}</Text>
      <Button variant="subtle" color="gray" size="compact-xs" onClick={() => void api.signOut()}>Sign out</Button>
    </Group>
  )
}

function Scheme() {
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  const other = scheme === 'light' ? 'dark' : 'light'
  return (
    <ActionIcon variant="subtle" color="gray" onClick={() => setColorScheme(other)} aria-label={`Make it ${other}`}>
      <Icon name={scheme === 'light' ? 'moon' : 'sun'} />
    </ActionIcon>
  )
}
