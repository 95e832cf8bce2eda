import { Box, Button, Group, Loader, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { address, api } from '../api/client'
import type { Measurement, Model } from '../api/types'
import { DeleteButton } from '../part/DeleteButton'
import { bytes, count, measured, short } from '../part/format'
import { Fact, Heading, Section } from '../part/Heading'
import { Icon } from '../part/Icon'
import { LinkAnchor, LinkButton } from '../part/links'
import { NotePart } from '../part/NotePart'
import { ProblemCard, parts } from '../part/ProblemCard'
import { HandOnPart } from './HandOnPart'
import { TryPart } from './TryPart'

/** A model: what was measured of it, and what it says about pictures. */
export function ModelPage() {
  const { name } = useParams({ from: '/models/$name' })
  const model = useQuery({ queryKey: ['models', name], queryFn: () => api.model(name) })
  if (model.error) return <ProblemCard problem={parts(model.error)} />
  if (!model.data) return <Loader m="xl" aria-label="Loading" />
  const data = model.data
  return (
    <>
      <Heading title={name} line={<Group gap={6}>
        <span>{data.task}, version {data.version}</span>
        <span>· <LinkAnchor to="/networks/$name" params={{ name: data.network }}>{data.network}</LinkAnchor></span>
        {data.data && <span>learned <LinkAnchor to="/datasets/$name" params={{ name: data.data }}>{data.data}</LinkAnchor></span>}
      </Group>}>
        <LinkButton to="/evaluations" search={{ model: name }} variant="default">Evaluate</LinkButton>
        <Button component="a" href={address.model(name)} download variant="default" leftSection={<Icon name="download" size={16} />}>Download</Button>
        <DeleteButton shelf="models" name={name} />
      </Heading>
      <Box className="surface facts" p="lg">
        {data.measurements.map((each) => <Measured key={each.name + each.on} measurement={each} />)}
        <Fact label="parameters">{count(data.parameters)}</Fact>
        <Fact label="MACs for a picture">{short(data.macs)}</Fact>
        <Fact label="file">{bytes(data.sizeInBytes)}</Fact>
      </Box>
      <TryPart model={data} />
      <HandOnPart model={data} />
      <Section title="How it was made"><Provenance model={data} /></Section>
      <Section title="Tags and note"><NotePart shelf="models" name={name} /></Section>
    </>
  )
}

function Measured({ measurement }: { measurement: Measurement }) {
  return (
    <Box>
      <Fact label={`${measurement.name} on ${count(measurement.count)} ${measurement.on}`}>{measured(measurement.value, measurement.unit)}</Fact>
      {measurement.low !== undefined && measurement.high !== undefined && (
        <Text size="xs" c="dimmed">95 %: {measured(measurement.low, measurement.unit)} … {measured(measurement.high, measurement.unit)}</Text>
      )}
    </Box>
  )
}

function Provenance({ model }: { model: Model }) {
  const facts = { seed: String(model.seed), fovea: model.fovea, ...Object.fromEntries(Object.entries(model.settings).filter(([, value]) => !value.includes('\n'))) }
  const files = Object.entries(model.settings).filter(([, value]) => value.includes('\n'))
  return (
    <>
    <Facts facts={facts} />
    {files.map(([name, text]) => <pre key={name} className="code log" style={{ marginTop: 12 }} tabIndex={0} aria-label={name}>{text}</pre>)}
    </>
  )
}

function Facts({ facts }: { facts: Record<string, string> }) {
  return (
    <Box className="surface" p="lg" style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 260px), 1fr))', gap: '10px 32px' }}>
      {Object.entries(facts).map(([name, value]) => (
        <Group key={name} justify="space-between" gap="md" wrap="nowrap">
          <Text size="sm" c="dimmed">{name}</Text>
          <Text size="sm" ta="right" className="cut" title={value}>{value}</Text>
        </Group>
      ))}
    </Box>
  )
}
