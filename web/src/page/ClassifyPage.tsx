import { Box, Button, Group, Loader, MultiSelect, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { api, type Split } from '../api/client'
import type { DatasetSummary, ModelSummary } from '../api/types'
import { judged } from '../judge/api'
import { classifyJob, type Pictures, USUAL_TOP } from '../many/api'
import { DropMany } from '../many/DropMany'
import { classifyTwin } from '../many/twins'
import { Heading } from '../part/Heading'
import { LinkAnchor } from '../part/links'
import { NumberField } from '../part/NumberField'
import { ProblemCard, parts } from '../part/ProblemCard'
import { fault, type Typed } from '../part/typed'
import { Twins } from '../part/Twins'

const SOURCES = [
  { value: 'dropped', label: 'Dropped pictures' },
  { value: 'place', label: 'Folder or list' },
  { value: 'dataset', label: 'Dataset' },
]

/** Models are asked about many pictures at once. */
export function ClassifyPage() {
  const models = useQuery({ queryKey: ['models'], queryFn: api.models })
  const datasets = useQuery({ queryKey: ['datasets'], queryFn: api.datasets })
  const error = models.error ?? datasets.error
  if (error) return <ProblemCard problem={parts(error)} />
  if (!models.data || !datasets.data) return <Loader m="xl" aria-label="Loading" />
  const able = models.data.models.filter((each) => !each.problem && each.task === 'classification')
  return (
    <>
      <Heading title="Classify many pictures" line="One model or several on the same pictures; the answers are kept as a table." />
      {able.length === 0
        ? <Text>There is no model that classifies yet. <LinkAnchor to="/new-run">Train one.</LinkAnchor></Text>
        : <Form models={able} datasets={datasets.data.datasets.filter((each) => !each.problem && each.task === 'classification')} />}
    </>
  )
}

function Form({ models, datasets }: { models: ModelSummary[]; datasets: DatasetSummary[] }) {
  const search = useSearch({ from: '/classify' })
  const navigate = useNavigate()
  const [chosen, setChosen] = useState<string[]>(models.some((each) => each.name === search.model) ? [search.model!] : [models[0]!.name])
  const [source, setSource] = useState('dropped')
  const [dropped, setDropped] = useState({ folder: '', pictures: 0 })
  const [place, setPlace] = useState('')
  const [dataName, setData] = useState('')
  const [split, setSplit] = useState<Split>('test')
  const [top, setTop] = useState<Typed>(undefined)
  const wrongTop = fault(top, { least: 1, most: 1000 })
  const classes = wrongTop ? USUAL_TOP : Number(top ?? USUAL_TOP)
  const learned = models.find((each) => each.name === chosen[0])?.data // its pictures have the classes that the model tells apart
  const data = [dataName, learned].map((name) => datasets.find((each) => each.name === name)).find((each) => each !== undefined) ?? datasets[0]
  const there = (['training', 'validation', 'test'] as const).filter((each) => (data?.pictures?.[each] ?? 0) > 0)
  const part = there.includes(split) ? split : there.at(-1)
  const pictures = wanted(source, dropped.folder, place.trim(), data?.name, part)
  const begin = useMutation({
    mutationFn: (what: Pictures) => judged.begin(classifyJob(chosen, what, classes)),
    onSuccess: (begun) => navigate({ to: '/runs/$id/answers', params: { id: begun.job } }),
  })
  return (
    <Stack gap="lg" className="surface" p="lg">
      <MultiSelect label="Models" description="Several are put side by side, with marks where they differ." data={models.map((each) => each.name)} value={chosen} onChange={setChosen} searchable clearable maw={620} />
      <Box>
        <Text size="sm" fw={500} mb={6}>Pictures</Text>
        <SegmentedControl value={source} onChange={setSource} data={SOURCES} aria-label="Where the pictures are" />
      </Box>
      {source === 'dropped' && <DropMany onKept={(folder, count) => setDropped({ folder, pictures: count })} />}
      {source === 'place' && (
        <TextInput label="Folder, picture or list" maw={620} placeholder="lists/odd-digits.txt" value={place} onChange={(event) => setPlace(event.currentTarget.value)}
          description="In the workspace, or in a folder that the workbench was started with (--folder). A list (.txt, .csv) has a line for each picture: its path and, after a comma, tab or space, its class." />
      )}
      {source === 'dataset' && (
        <Group gap="md">
          <Select label="Dataset" w={240} searchable allowDeselect={false} value={data?.name ?? null} placeholder="there is none" onChange={(value) => setData(value ?? '')} data={datasets.map((each) => each.name)} />
          <Select label="Part" w={160} allowDeselect={false} value={part ?? null} onChange={(value) => setSplit(value as Split)} data={there} />
        </Group>
      )}
      <NumberField label="Classes told of each picture" description="The most probable first; of a model with fewer classes all." maw={300} error={wrongTop} value={top} usual={USUAL_TOP} onChange={setTop} />
      <Group gap="xs">
        <Button disabled={!pictures || chosen.length === 0 || wrongTop !== undefined} loading={begin.isPending} onClick={() => pictures && begin.mutate(pictures)}>Classify</Button>
        {pictures && chosen.length > 0 && <Twins what="Classify many pictures" twin={classifyTwin(chosen, pictures, classes)} />}
      </Group>
      {begin.error && <ProblemCard problem={parts(begin.error)} />}
    </Stack>
  )
}

function wanted(source: string, folder: string, place: string, data: string | undefined, split: Split | undefined): Pictures | null {
  if (source === 'dropped') return folder ? { pictures: [folder] } : null
  if (source === 'place') return place ? { pictures: [place] } : null
  return data && split ? { data, split } : null
}
