import { Box, Loader, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { api } from '../api/client'
import type { Layer, LayerPair, NetworkSide } from '../api/types'
import { count, shape, short } from '../part/format'
import { Heading, Section } from '../part/Heading'
import { LinkAnchor } from '../part/links'
import { ProblemCard, parts } from '../part/ProblemCard'
import { besideTwin } from '../part/twins'
import { Twins } from '../part/Twins'

const marks: Record<LayerPair['change'], { sign: string; words: string; color: string | undefined }> = {
  same: { sign: '', words: 'the same', color: undefined },
  follows: { sign: '', words: 'set alike; its size follows from the layers before', color: undefined },
  changed: { sign: '≠', words: 'changed', color: 'color-mix(in srgb, var(--train) 10%, transparent)' },
  added: { sign: '+', words: 'only in the second', color: 'color-mix(in srgb, var(--validation) 12%, transparent)' },
  removed: { sign: '−', words: 'only in the first', color: 'color-mix(in srgb, var(--quiet) 14%, transparent)' },
}

/** Two networks layer by layer. */
export function NetworksBesidePage() {
  const { name, other } = useParams({ from: '/networks/$name/beside/$other' })
  const compared = useQuery({ queryKey: ['beside', name, other], queryFn: () => api.beside(name, other) })
  const all = useQuery({ queryKey: ['networks'], queryFn: () => api.networks() })
  if (compared.error) return <ProblemCard problem={parts(compared.error)} />
  if (!compared.data) return <Loader m="xl" aria-label="Loading" />
  const { first, second, rows } = compared.data
  const follow = rows.filter((row) => row.change === 'follows').length
  const changed = rows.filter((row) => row.change !== 'same').length - follow
  const file = (of: string) => { const found = all.data?.networks.find((each) => each.name === of)?.file; return found ? { name: of, file: found } : { name: of } }
  return (
    <>
      <Heading title={`${first.name} and ${second.name}`} line={changed === 0 ? 'Every layer is the same.' : `${count(changed)} of ${count(rows.length)} layers differ${follow > 0 ? `; of ${count(follow)} more only the size, which follows from those before` : ''}.`}>
        <Twins what="Two networks layer by layer" twin={besideTwin(file(name), file(other))} />
      </Heading>
      <Box className="grid-cards"><Side side={first} /><Side side={second} /></Box>
      <Section title="Layers">
        <Box className="surface" style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label="Layers of both networks">
          <Table horizontalSpacing="md" verticalSpacing={6}>
            <Table.Thead><Table.Tr><Table.Th w={30} aria-label="difference" /><Table.Th>{first.name}</Table.Th><Table.Th>{second.name}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {rows.map((row, i) => (
                <Table.Tr key={i} style={{ background: marks[row.change].color }}>
                  <Table.Td title={marks[row.change].words}>{marks[row.change].sign}</Table.Td>
                  <Cell layer={row.first} /><Cell layer={row.second} />
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Box>
      </Section>
    </>
  )
}

function Side({ side }: { side: NetworkSide }) {
  return (
    <Box className="surface" p="md">
      <LinkAnchor to="/networks/$name" params={{ name: side.name }} fw={600}>{side.name}</LinkAnchor>
      <Text size="sm">{count(side.parameters)} parameters, {short(side.macs)} MACs</Text>
      <Text size="sm" c="dimmed">{shape(side.input)} → {shape(side.output)}</Text>
    </Box>
  )
}

function Cell({ layer }: { layer: Layer | undefined }) {
  if (!layer) return <Table.Td><Text size="sm" c="dimmed">–</Text></Table.Td>
  return (
    <Table.Td>
      <span className="mono">{layer.layer}</span> <Text span size="sm">{layer.kind} {layer.settings}</Text>
      <Text size="xs" c="dimmed">{shape(layer.output)}{layer.parameters > 0 && `, ${count(layer.parameters)} parameters`}</Text>
    </Table.Td>
  )
}
