import { Box, Loader, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api/client'
import type { NetworkSummary } from '../api/types'
import { count, shape, short } from '../part/format'
import { Heading, Section } from '../part/Heading'
import { Icon } from '../part/Icon'
import { LinkBlock, LinkButton } from '../part/links'
import { ProblemCard, parts } from '../part/ProblemCard'

/** The workspace's own networks, and the catalogue. */
export function NetworksPage() {
  const networks = useQuery({ queryKey: ['networks'], queryFn: () => api.networks() })
  if (networks.error) return <ProblemCard problem={parts(networks.error)} />
  if (!networks.data) return <Loader m="xl" aria-label="Loading" />
  const own = networks.data.networks.filter((each) => each.file)
  const catalogue = networks.data.networks.filter((each) => !each.file)
  return (
    <>
      <Heading title="Networks" line="Each for the pictures and classes that it was made for; a run fits those of the catalogue to its dataset.">
        <LinkButton to="/network-editor" leftSection={<Icon name="plus" size={16} />}>New network</LinkButton>
      </Heading>
      {own.length > 0 && <Section title="Your own"><List networks={own} /></Section>}
      <Section title="Catalogue"><List networks={catalogue} /></Section>
    </>
  )
}

function List({ networks }: { networks: NetworkSummary[] }) {
  return (
    <Box className="surface" style={{ overflow: 'hidden' }}>
      {networks.map((each) => (
        <LinkBlock key={each.name} to={each.problem ? '/network-editor' : '/networks/$name'} params={{ name: each.name }} search={each.problem ? { name: each.name } : {}} className="rowlink networkrow" style={{ gridTemplateColumns: 'minmax(0, 1fr) 84px 84px 96px 116px', gap: 16, padding: '12px 18px' }}>
          <Box style={{ minWidth: 0 }}>
            <Text fw={580}>{each.name}</Text>
            <Text size="sm" c={each.problem ? 'red' : 'dimmed'} className="cut">{each.problem?.what ?? each.description}</Text>
          </Box>
          <Number label="parameters" value={short(each.parameters)} />
          <Number label="MACs" value={short(each.macs)} />
          <Number label="input" value={shape(each.input)} />
          <Number label={speed(each) ? 'images a second' : 'on this machine'} value={speed(each) ?? 'not measured'} />
        </LinkBlock>
      ))}
    </Box>
  )
}

/** The fastest training of it that was measured on this machine. */
function speed(network: NetworkSummary): string | null {
  const all = (network.speeds ?? []).map((each) => each.imagesPerSecond)
  return all.length > 0 ? count(Math.max(...all)) : null
}

function Number({ label, value }: { label: string; value: string }) {
  return (
    <Box ta="right">
      <Text size="sm">{value}</Text>
      <Text size="xs" c="dimmed">{label}</Text>
    </Box>
  )
}
