import { Box, Loader, SegmentedControl, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api/client'
import type { Network } from '../api/types'
import { Graph } from '../chart/Graph'
import { count, shape, short } from '../part/format'
import { Fact, Heading, Section } from '../part/Heading'
import { Icon } from '../part/Icon'
import { LinkButton } from '../part/links'
import { ProblemCard, parts } from '../part/ProblemCard'
import { networkTwin } from '../part/twins'
import { Twins } from '../part/Twins'

type View = 'drawing' | 'table' | 'file'

/** A network's layers, as a drawing, a table and a file. */
export function NetworkPage() {
  const { name } = useParams({ from: '/networks/$name' })
  const network = useQuery({ queryKey: ['networks', name], queryFn: () => api.network(name), staleTime: Infinity })
  const [view, setView] = useState<View>('drawing')
  if (network.error) return <ProblemCard problem={parts(network.error)} />
  if (!network.data) return <Loader m="xl" aria-label="Loading" />
  const data = network.data
  return (
    <>
      <Heading title={name} line={`${data.description} ${data.source}.`}>
        <LinkButton to="/new-run" search={{ network: name }} leftSection={<Icon name="plus" size={16} />}>Train it</LinkButton>
        <Twins what="This network" twin={networkTwin(name)} />
      </Heading>
      <Box className="surface facts" p="lg">
        <Fact label="parameters">{count(data.parameters)}</Fact>
        <Fact label="MACs for a picture">{short(data.macs)}</Fact>
        <Fact label="input">{shape(data.input)}</Fact>
        <Fact label="output">{shape(data.output)}</Fact>
        <Fact label="layers">{data.layers.length}</Fact>
        {data.publishedTop1 !== undefined && <Fact label="published top-1">{data.publishedTop1.toFixed(2)} %</Fact>}
      </Box>
      <Section title="Layers" aside={<SegmentedControl size="xs" data={['drawing', 'table', 'file']} value={view} onChange={(value) => setView(value as View)} aria-label="How layers are shown" />}>
        {view === 'drawing' && <Graph network={data} />}
        {view === 'table' && <Layers network={data} />}
        {view === 'file' && <pre className="code">{data.yaml}</pre>}
      </Section>
    </>
  )
}

function Layers({ network }: { network: Network }) {
  return (
    <Box className="surface" style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label="Layers">
      <Table horizontalSpacing="md" verticalSpacing={6} striped={false}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>layer</Table.Th><Table.Th>kind and settings</Table.Th><Table.Th>output</Table.Th>
            <Table.Th ta="right">parameters</Table.Th><Table.Th ta="right">MACs</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {network.layers.map((layer) => (
            <Table.Tr key={layer.layer}>
              <Table.Td className="mono">{layer.layer}</Table.Td>
              <Table.Td>{layer.kind} <Text span size="sm" c="dimmed">{layer.settings}</Text></Table.Td>
              <Table.Td>{shape(layer.output)}</Table.Td>
              <Table.Td ta="right">{layer.parameters ? count(layer.parameters) : ''}</Table.Td>
              <Table.Td ta="right">{layer.macs ? count(layer.macs) : ''}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  )
}
