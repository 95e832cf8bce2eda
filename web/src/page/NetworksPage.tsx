import { Box, Loader, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { LinkBlock } from '../part/links'
import { api } from '../api/client'
import { shape, short } from '../part/format'
import { Heading } from '../part/Heading'
import { ProblemCard, parts } from '../part/ProblemCard'



/** The catalogue. */
export function NetworksPage() {
  const networks = useQuery({ queryKey: ['networks'], queryFn: api.networks, staleTime: Infinity })
  if (networks.error) return <ProblemCard problem={parts(networks.error)} />
  if (!networks.data) return <Loader m="xl" aria-label="Loading" />
  return (
    <>
      <Heading title="Networks" line="Each for the pictures and classes that it was made for; a run fits it to its dataset." />
      <Box className="surface" style={{ overflow: 'hidden' }}>
        {networks.data.networks.map((each) => (
          <LinkBlock key={each.name} to="/networks/$name" params={{ name: each.name }} className="rowlink networkrow" style={{ gridTemplateColumns: 'minmax(0, 1fr) 84px 84px 96px', gap: 16, padding: '12px 18px' }}>
            <Box style={{ minWidth: 0 }}>
              <Text fw={580}>{each.name}</Text>
              <Text size="sm" c="dimmed" className="cut">{each.description}</Text>
            </Box>
            <Number label="parameters" value={short(each.parameters)} />
            <Number label="MACs" value={short(each.macs)} />
            <Number label="input" value={shape(each.input)} />
          </LinkBlock>
        ))}
      </Box>
    </>
  )
}

function Number({ label, value }: { label: string; value: string }) {
  return (
    <Box ta="right">
      <Text size="sm">{value}</Text>
      <Text size="xs" c="dimmed">{label}</Text>
    </Box>
  )
}
