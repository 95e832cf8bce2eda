import { Box, Group, SegmentedControl, Table, Text } from '@mantine/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { address, api } from '../api/client'
import type { OddAnswers } from '../api/types'
import { measured } from '../part/format'
import { LinkAnchor } from '../part/links'
import { ProblemCard, parts } from '../part/ProblemCard'
import { Twins } from '../part/Twins'
import { oddTwin } from './twins'

/** The list of odd digits against the course's models: one table, and every picture with what each of them says. */
export function OddPart({ models }: { models: { name: string; title: string; version: number }[] }) {
  const list = useQuery({ queryKey: ['odd-digits'], queryFn: api.oddDigits, staleTime: Infinity })
  const asked = useQueries({
    queries: models.map((model) => ({ queryKey: ['odd-answers', model.name, model.version], queryFn: () => api.oddAnswers(model.name), staleTime: Infinity })),
  })
  const [judge, setJudge] = useState<string | null>(null)
  const [chosen, setChosen] = useState<number | null>(null)
  const failed = asked.find((each) => each.error)
  if (list.error) return <ProblemCard problem={parts(list.error)} />
  if (failed) return <ProblemCard problem={parts(failed.error)} />
  if (!list.data) return null
  const answers = asked.map((each) => each.data).filter((each): each is OddAnswers => each !== undefined)
  const shown = answers.find((each) => each.model === judge) ?? answers.at(-1)
  const digits = list.data.digits
  const { columns } = list.data
  const rows = digits.length / columns
  const title = (name: string) => models.find((model) => model.name === name)?.title ?? name
  return (
    <Box className="surface" p={{ base: 'md', sm: 'lg' }}>
      {answers.length > 0 && (
        <Box style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label="Odd digits that each model has right">
          <Table horizontalSpacing="md" verticalSpacing={8}>
            <Table.Thead>
              <Table.Tr><Table.Th>model</Table.Th><Table.Th ta="right">right</Table.Th><Table.Th ta="right">accuracy</Table.Th><Table.Th>95 % interval</Table.Th><Table.Th aria-label="The same elsewhere" /></Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {answers.map((each) => (
                <Table.Tr key={each.model} data-testid={`odd-${each.model}`}>
                  <Table.Td><LinkAnchor to="/models/$name" params={{ name: each.model }}>{title(each.model)}</LinkAnchor></Table.Td>
                  <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>{each.right} of {each.count}</Table.Td>
                  <Table.Td ta="right"><b>{measured(each.accuracy, 'share')}</b></Table.Td>
                  <Table.Td style={{ whiteSpace: 'nowrap' }}>{measured(each.low, 'share')} to {measured(each.high, 'share')}</Table.Td>
                  <Table.Td ta="right"><Twins what={`Judge ${each.model} by the odd digits`} twin={oddTwin(each.model)} /></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Box>
      )}
      {answers.length > 1 && shown && (
        <Group mt="md" gap="sm">
          <Text size="sm" c="dimmed">mistakes of</Text>
          <SegmentedControl size="xs" className="wraps" value={shown.model} onChange={setJudge} data={answers.map((each) => ({ value: each.model, label: title(each.model) }))} aria-label="Whose mistakes are marked" />
        </Group>
      )}
      <div className="odd-grid" role="group" aria-label="The odd digits">
        {digits.map((odd, i) => (
          <button key={odd.name} type="button" className="odd" aria-pressed={chosen === i} data-right={shown?.answers[i]?.right}
            aria-label={`${odd.name}, ${odd.style}${shown ? `, taken for ${shown.answers[i]?.said}` : ''}`}
            onClick={() => setChosen(chosen === i ? null : i)}
            style={{
              backgroundImage: `url(${address.oddSheet})`, backgroundSize: `${columns * 100}% ${rows * 100}%`,
              backgroundPosition: `${((i % columns) / (columns - 1)) * 100}% ${(Math.floor(i / columns) / (rows - 1)) * 100}%`,
            }} />
        ))}
      </div>
      <Text size="sm" c="dimmed" mt="xs">{shown ? `What ${title(shown.model)} has wrong is framed. ` : ''}Choose a picture to see what is said of it.</Text>
      {chosen !== null && (
        <Group mt="md" gap="lg" align="flex-start" data-testid="odd-chosen">
          <img src={address.oddDigit(digits[chosen]!.name)} alt={`The odd digit ${digits[chosen]!.name}`} width={112} height={112} style={{ borderRadius: 8 }} />
          <div>
            <Text fw={600}>{digits[chosen]!.name} <Text span c="dimmed" size="sm">{digits[chosen]!.style}</Text></Text>
            <div className="odd-answers">
              {answers.map((each) => {
                const said = each.answers[chosen]!
                return [
                  <Text key="m" size="sm" c="dimmed">{title(each.model)}</Text>,
                  <Text key="s" fw={650} c={said.right ? 'teal' : 'red'}>{said.said} <span aria-hidden>{said.right ? '✓' : '✗'}</span></Text>,
                  <Text key="p" size="sm">{measured(said.probability, 'share')}</Text>,
                ]
              })}
            </div>
          </div>
        </Group>
      )}
    </Box>
  )
}
