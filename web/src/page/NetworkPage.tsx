import { Box, Button, Group, Loader, SegmentedControl, Select, Table, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api/client'
import type { Network } from '../api/types'
import { Graph } from '../chart/Graph'
import { count, shape, short } from '../part/format'
import { Fact, Heading, Section } from '../part/Heading'
import { Icon } from '../part/Icon'
import { LinkButton } from '../part/links'
import { ProblemCard, parts } from '../part/ProblemCard'
import { deleteNetworkTwin, networkTwin } from '../part/twins'
import { Twins } from '../part/Twins'

type View = 'drawing' | 'table' | 'file'

/** A network's layers, as a drawing, a table and a file. */
export function NetworkPage() {
  const { name } = useParams({ from: '/networks/$name' })
  const network = useQuery({ queryKey: ['networks', name], queryFn: () => api.network(name) })
  const [view, setView] = useState<View>('drawing')
  if (network.error) return <ProblemCard problem={parts(network.error)} />
  if (!network.data) return <Loader m="xl" aria-label="Loading" />
  const data = network.data
  return (
    <>
      <Heading title={name} line={data.file ? data.description : `${data.description} ${data.source}.`}>
        <LinkButton to="/new-run" search={{ network: name }} leftSection={<Icon name="plus" size={16} />}>Train it</LinkButton>
        {data.file ? <LinkButton to="/network-editor" search={{ name }} variant="default">Edit</LinkButton> : <LinkButton to="/network-editor" search={{ like: name }} variant="default">Copy and change</LinkButton>}
        <Twins what="This network" twin={networkTwin(name, data.file)} />
      </Heading>
      <Box className="surface facts" p="lg">
        <Fact label="parameters">{count(data.parameters)}</Fact>
        <Fact label="MACs for a picture">{short(data.macs)}</Fact>
        <Fact label="input">{shape(data.input)}</Fact>
        <Fact label="output">{shape(data.output)}</Fact>
        <Fact label="layers">{data.layers.length}</Fact>
        {data.publishedTop1 !== undefined && <Fact label="published top-1">{data.publishedTop1.toFixed(2)} %</Fact>}
      </Box>
      <Speeds network={data} />
      <Group mt="lg" gap="xs" align="flex-end">
        <Beside name={name} />
        {data.file && <Delete name={name} file={data.file} />}
      </Group>
      <Section title="Layers" aside={<SegmentedControl size="xs" data={['drawing', 'table', 'file']} value={view} onChange={(value) => setView(value as View)} aria-label="How layers are shown" />}>
        {view === 'drawing' && <Graph network={data} />}
        {view === 'table' && <Layers network={data} />}
        {view === 'file' && <pre className="code">{data.yaml}</pre>}
      </Section>
    </>
  )
}

/** What was measured of it on this machine. */
function Speeds({ network }: { network: Network }) {
  if (!network.speeds) return <Text size="sm" c="dimmed" mt="sm">Its speed on this machine was not measured yet: a run of it tells.</Text>
  return (
    <Box mt="sm">
      {network.speeds.map((each) => <Text key={each.work + each.way} size="sm" c="dimmed">{count(each.imagesPerSecond)} images a second by {each.way}, {each.work}.</Text>)}
    </Box>
  )
}

/** Another one to stand beside it. */
function Beside({ name }: { name: string }) {
  const navigate = useNavigate()
  const all = useQuery({ queryKey: ['networks'], queryFn: () => api.networks() })
  return (
    <Select placeholder="Compare with …" aria-label="Compare with" searchable value={null} data={(all.data?.networks ?? []).filter((each) => each.name !== name && !each.problem).map((each) => each.name)}
      onChange={(other) => other && navigate({ to: '/networks/$name/beside/$other', params: { name, other } })} />
  )
}

function Delete({ name, file }: { name: string; file: string }) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [asked, setAsked] = useState(false)
  const remove = useMutation({
    mutationFn: () => api.deleteNetwork(name),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['networks'] })
      void navigate({ to: '/networks' })
    },
  })
  return (
    <>
      <Button variant="subtle" color={asked ? 'red' : 'gray'} loading={remove.isPending} onClick={() => (asked ? remove.mutate() : setAsked(true))}>{asked ? 'Really delete; runs keep theirs' : 'Delete'}</Button>
      <Twins what="Delete this network" twin={deleteNetworkTwin(name, file)} />
      {remove.error && <ProblemCard problem={parts(remove.error)} />}
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
