import { Box, Group, Text } from '@mantine/core'
import type { GivenPicture, Prediction } from '../api/types'
import { Bars } from './Bars'
import { keptTwin } from './lookTwins'
import { LinkAnchor } from './links'
import { plain } from './format'
import { TriedPicture } from './TriedPicture'
import { Twins } from './Twins'

/** What a model says about a picture: bars, points, a mask, a picture, or the neighbours that decided. */
export function TriedAnswer({ model, name, kept, said }: { model: string; name: string; kept: GivenPicture; said: Prediction }) {
  return (
    <Box className="surface" p="lg" data-testid="answer">
      <Group align="flex-start" gap="lg" wrap="nowrap" className="triedrow">
        <Box className="triedside">
          <TriedPicture kept={kept} said={said} name={name} />
          <Text size="xs" c="dimmed" mt={6} className="cut" title={name}>{name}</Text>
          <Text size="xs" c="dimmed">{kept.width} × {kept.height} · {said.milliseconds} ms</Text>
        </Box>
        <Box style={{ flex: 1, minWidth: 0 }}>
          {said.answer.familiar === false && <Text size="sm" fw={600} mb="xs" className="unlike">unlike anything it learned from</Text>}
          {said.answer.top ? <Bars top={said.answer.top} /> : <Told said={said} />}
          {said.neighbours && <Neighbours said={said} />}
          <Group justify="space-between" mt="sm" gap="xs" wrap="nowrap">
            <LinkAnchor to="/models/$name/layers/$picture" params={{ name: model, picture: kept.picture }} size="sm">Through the layers</LinkAnchor>
            <Twins what={`What ${model} says of it`} twin={keptTwin(model, kept.picture)} />
          </Group>
        </Box>
      </Group>
    </Box>
  )
}

function Told({ said }: { said: Prediction }) {
  const { answer } = said
  if (said.picture && !said.overlay) return <div className="tried"><img src={said.picture} alt="What the model makes of it" className="pixels" /></div>
  if (answer.classes) {
    const seen = answer.classes.filter((each) => each.share > 0).sort((a, b) => b.share - a.share)
    return (
      <Box component="ul" m={0} p={0} className="bars">
        {seen.map((each) => (
          <li key={each.label}>
            <Text size="sm" className="cut" title={each.name}><i className="swatch" style={{ background: said.colors?.[each.label] }} />{each.name}</Text>
            <div className="bar" style={{ width: `${100 * each.share}%`, height: 15 }} />
            <Text size="sm" ta="right">{(100 * each.share).toFixed(1)} %</Text>
          </li>
        ))}
      </Box>
    )
  }
  if (answer.values) {
    return (
      <Box component="dl" m={0} className="values">
        {Object.entries(answer.values).slice(0, 24).map(([name, value]) => (
          <div key={name}>
            <Text component="dt" size="sm" c="dimmed" className="cut">{name}</Text>
            <Text component="dd" size="sm" m={0} ta="right">{plain(value)}</Text>
          </div>
        ))}
      </Box>
    )
  }
  return <Text>{said.words}</Text>
}

function Neighbours({ said }: { said: Prediction }) {
  return (
    <Box mt="md">
      <Text size="xs" c="dimmed" mb={6}>The nearest references, which decided</Text>
      <Box component="ul" m={0} p={0} className="neighbours">
        {said.neighbours!.map((each) => (
          <li key={each.rank} title={each.source}>
            {each.picture && <img src={each.picture} alt={`Reference of ${each.className}`} className="pixels" />}
            <Text size="xs" fw={each.className === said.answer.className ? 650 : 400} className="cut">{each.className}</Text>
            <Text size="xs" c="dimmed">{each.distance.toFixed(3)}</Text>
          </li>
        ))}
      </Box>
    </Box>
  )
}
