import { Box, Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { address, api } from '../api/client'
import { look } from '../api/look'
import { LinkButton } from '../part/links'
import { ProblemCard, parts } from '../part/ProblemCard'
import { predictTwin } from '../part/twins'
import { Twins } from '../part/Twins'

/** A test picture that the network has never seen, and what it says of it. */
export function OnePicture({ data, model, version }: { data: string; model: string; version: number }) {
  const [turn, setTurn] = useState(0)
  const twos = useQuery({ queryKey: ['pictures', data, 'test', '2'], queryFn: () => api.pictures(data, 'test', '2', ''), staleTime: Infinity })
  const position = twos.data ? twos.data.positions[(turn * 37) % Math.max(1, twos.data.positions.length)] : undefined
  const said = useQuery({
    queryKey: ['one-picture', model, version, data, position],
    queryFn: async () => look.predict(model, (await look.keep(await (await fetch(address.picture(data, 'test', position!))).blob())).picture),
    enabled: position !== undefined,
    staleTime: Infinity,
  })
  const error = twos.error ?? said.error
  if (error) return <ProblemCard problem={parts(error)} />
  if (position === undefined) return null
  const top = said.data?.answer?.top ?? []
  return (
    <Box className="surface" p="lg" data-testid="one-picture">
      <Group gap="xl" align="flex-start">
        <img src={address.picture(data, 'test', position)} alt={`Test picture ${position}, a 2`} width={140} height={140} className="pixels" style={{ borderRadius: 10 }} />
        <Box component="ol" m={0} p={0} className="softmax" style={{ flex: '1 1 220px', listStyle: 'none' }}>
          {top.slice(0, 4).map((each, i) => (
            <li key={each.name} style={{ display: 'grid', gridTemplateColumns: '20px minmax(0, 1fr) 62px', gap: 12, alignItems: 'center' }}>
              <Text fw={i === 0 ? 650 : 400}>{each.name}</Text>
              <div className="bar" data-first={i === 0} style={{ width: `${100 * each.probability}%`, height: 15 }} />
              <Text size="sm" ta="right">{(100 * each.probability).toFixed(1)} %</Text>
            </li>
          ))}
        </Box>
      </Group>
      <Group mt="md" gap={4}>
        <Button variant="default" onClick={() => setTurn(turn + 1)}>Another 2</Button>
        <LinkButton to="/models/$name" params={{ name: model }} variant="subtle">Try pictures of your own</LinkButton>
        <Twins what="Ask the model about a picture" twin={predictTwin(model)} />
      </Group>
    </Box>
  )
}
