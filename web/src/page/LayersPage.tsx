import { Box, Group, Loader, Modal, Switch, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { look, shown, type ValuePlace } from '../api/look'
import type { Way } from '../api/types'
import { Bars } from '../part/Bars'
import { ColorScale } from '../part/ColorScale'
import { count, shape } from '../part/format'
import { Heading, Section } from '../part/Heading'
import { LayerCard } from '../part/LayerCard'
import { LinkAnchor } from '../part/links'
import { layersTwin } from '../part/lookTwins'
import { MapView } from '../part/MapView'
import { PlacesPart } from '../part/PlacesPart'
import { ProblemCard, parts } from '../part/ProblemCard'
import { Twins } from '../part/Twins'
import '../look.css'

/** A picture's way through a model, layer by layer. */
export function LayersPage() {
  const { name, picture } = useParams({ from: '/models/$name/layers/$picture' })
  const way = useQuery({ queryKey: ['way', name, picture], queryFn: () => look.layers(name, picture), staleTime: Infinity, retry: false })
  return (
    <>
      <Heading title="Through the layers" line={<>A picture, and what <LinkAnchor to="/models/$name" params={{ name }}>{name}</LinkAnchor> makes of it, layer by layer</>}>
        <Twins what="Through the layers" twin={layersTwin(name, picture)} />
      </Heading>
      {way.error && <ProblemCard problem={parts(way.error)} />}
      {way.isLoading && <Loader m="xl" aria-label="Loading" />}
      {way.data && <Passed model={name} picture={picture} way={way.data} />}
    </>
  )
}

function Passed({ model, picture, way }: { model: string; picture: string; way: Way }) {
  const [words, setWords] = useState('')
  const [oneRange, setOneRange] = useState(false)
  const [place, setPlace] = useState<ValuePlace | null>(null)
  const filters = new Map(way.filters.map((each) => [each.layer, each]))
  const found = way.layers.filter((each) => `${each.layer} ${each.kind}`.includes(words.trim().toLowerCase()))
  const open = way.layers.find((each) => each.layer === place?.layer)
  const parameters = way.layers.reduce((sum, each) => sum + each.parameters, 0)
  return (
    <>
      <Box className="surface wayhead" p="lg">
        <Box>
          <img className="seen pixels" src={shown.prepared(model, picture)} alt="The picture as the network sees it" />
          <Text size="xs" c="dimmed" mt={6}>as the network sees it, {shape(way.input)}</Text>
        </Box>
        <Box style={{ minWidth: 0 }}>
          <Text fw={620} mb="sm" style={{ overflowWrap: 'anywhere' }}>{way.words}</Text>
          {way.answer.top && <Bars top={way.answer.top} />}
          <Text size="sm" c="dimmed" mt="md">{way.layers.length} layers, {count(parameters)} parameters. What is shown was computed layer by layer and compared with the model's own answer.</Text>
        </Box>
        {way.task === 'reconstruction' ? <Text size="sm" c="dimmed">A model that answers with a picture has no class or target that places could speak for.</Text> : <PlacesPart model={model} picture={picture} way={way} />}
      </Box>
      <Section title="Layers" aside={
        <Group gap="md">
          <ColorScale scale={way.scale} />
          <Switch size="xs" label="one range for a layer" checked={oneRange} onChange={(event) => setOneRange(event.currentTarget.checked)} />
          {way.layers.length > 8 && <TextInput size="xs" aria-label="Find a layer" placeholder="Find a layer" value={words} onChange={(event) => setWords(event.currentTarget.value)} />}
        </Group>
      }>
        <Box style={{ display: 'grid', gap: 16 }}>
          {found.map((each) => (
            <LayerCard key={each.layer} model={model} picture={picture} layer={each} filters={filters.get(each.layer)} oneRange={oneRange}
              onOpen={(layer, channel) => setPlace(middle(way, layer, channel))} />
          ))}
          {found.length === 0 && <Text c="dimmed">No layer is called so.</Text>}
        </Box>
      </Section>
      <Modal opened={place !== null && open !== undefined} onClose={() => setPlace(null)} size={1040} title="A value, and how it comes about" closeButtonProps={{ 'aria-label': 'Close' }}>
        {place && open && <MapView model={model} picture={picture} way={way} layer={open} place={place} onGo={setPlace} />}
      </Modal>
    </>
  )
}

/** A map is opened at its middle. */
function middle(way: Way, layer: string, channel: number): ValuePlace {
  const shape = way.layers.find((each) => each.layer === layer)?.shape ?? []
  return { layer, channel, x: Math.floor((shape[2] ?? 1) / 2), y: Math.floor((shape[1] ?? 1) / 2) }
}
