import { Box, Button, Group, Loader, Select, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { api } from '../api/client'
import { intake } from '../api/intake'
import type { SourceLook, RecordedImport } from '../api/types'
import { asFound, faults, formOf, importJob, type ImportForm, proposedName, unused, usualImport, usualPreparation } from '../intake/form'
import { bytes, count } from '../part/format'
import { Heading, Section } from '../part/Heading'
import { importTwin } from '../part/intakeTwins'
import { NumberField } from '../part/NumberField'
import { ProblemCard, parts } from '../part/ProblemCard'
import { Twins } from '../part/Twins'
import { LookPart, TaskSwitch } from './LookPart'
import { PreparationPart } from './PreparationPart'
import { SourcesPart } from './SourcesPart'

/** Pictures become a dataset: what they are is said before anything is imported. */
export function NewDatasetPage() {
  const { like } = useSearch({ from: '/new-dataset' })
  const datasets = useQuery({ queryKey: ['datasets'], queryFn: api.datasets })
  const recorded = useQuery({ queryKey: ['recorded', like], queryFn: () => intake.recorded(like!), enabled: like !== undefined, staleTime: Infinity })
  const error = datasets.error ?? recorded.error
  if (error) return <ProblemCard problem={parts(error)} />
  if (!datasets.data || (like !== undefined && !recorded.data)) return <Loader m="xl" aria-label="Loading" />
  return <Form key={like ?? ''} taken={datasets.data.datasets.map((each) => each.name)} like={recorded.data} />
}

function Form({ taken, like }: { taken: string[]; like: RecordedImport | undefined }) {
  const search = useSearch({ from: '/new-dataset' })
  const navigate = useNavigate()
  const [form, setForm] = useState<ImportForm>(() => (like ? formOf(like, unused(like.name, taken)) : {
    ...usualImport, sources: search.source ? [{ role: '', path: search.source }] : [],
  }))
  const change = (some: Partial<ImportForm>) => setForm((before) => ({ ...before, ...some }))
  const proposed = proposedName(form.sources, taken)
  const asked: ImportForm = { ...form, name: form.name || proposed }
  const wrong = faults(form)
  const isWrong = Object.keys(wrong).length > 0
  const look = useLook(asked)
  // what was found by trying must be said to the import, which tries nothing
  const named = look.data ? asFound(asked, look.data) : asked
  const begin = useMutation({
    mutationFn: () => api.begin(importJob(named)),
    onSuccess: (begun) => navigate({ to: '/runs/$id', params: { id: begun.job } }),
  })
  return (
    <>
      <Heading title="New dataset" line={like
        ? `Like ${like.name}${like.whole ? '' : ', as far as the dataset itself remembers its import'}: change what should be different.`
        : 'Pictures with what is known of them: a folder for each class, masks beside pictures, a list, or numbers in a table.'} />
      <SourcesPart sources={form.sources} onChange={(sources) => change({ sources, ...(like ? {} : { task: null, preparation: null }) })} />
      {look.isFetching && form.sources.length > 0 && <Group mt="lg" gap="sm"><Loader size="sm" /><Text c="dimmed">Looking at the pictures</Text></Group>}
      {look.error && form.sources.length > 0 && (
        <Box mt="lg">
          <ProblemCard problem={parts(look.error)} />
          <Group mt="md" gap="sm">
            <Text size="sm">What is learned?</Text>
            <TaskSwitch value={form.task} onTask={(task) => change({ task })} />
            {form.task && <Button variant="light" onClick={() => change({ task: null })}>Take what the pictures say</Button>}
          </Group>
        </Box>
      )}
      {look.data && !look.error && form.sources.length > 0 && (
        <>
          <LookPart look={look.data} form={named} onTask={(task) => change({ task })} onSources={(sources) => change({ sources, task: null })} />
          <PreparationPart look={look.data} made={form.preparation ?? usualPreparation(look.data)} wrong={wrong} onChange={(preparation) => change({ preparation })} />
          <Section title="Parts and limits"><Limits form={form} wrong={wrong} look={look.data} onChange={change} /></Section>
          <Group mt={36} align="flex-end" gap="sm">
            <TextInput label="Name" w={{ base: '100%', xs: 280 }} value={form.name} placeholder={proposed} onChange={(event) => change({ name: event.currentTarget.value })} />
            <Button loading={begin.isPending} disabled={isWrong || look.isPlaceholderData} onClick={() => begin.mutate()}>Import {count(total(look.data))} pictures</Button>
            {!isWrong && <Twins what="Import" twin={importTwin(named)} />}
            {!isWrong && <Text size="sm" c="dimmed" pb={8}>about {bytes(estimate(look.data, form))} on disk</Text>}
          </Group>
        </>
      )}
      {begin.error && <Box mt="md"><ProblemCard problem={parts(begin.error)} /></Box>}
    </>
  )
}

const total = (look: SourceLook) => look.pictures.training + look.pictures.validation + look.pictures.test

function estimate(look: SourceLook, form: ImportForm): number {
  const made = form.preparation ?? usualPreparation(look)
  return total(look) * (Number(made.height) * Number(made.width) * (made.colorMode === 'grey' ? 1 : 3) + 200)
}

/** Looks anew whenever what counts pictures has changed and is right; how they are prepared does not count. */
function useLook(form: ImportForm) {
  const [asked] = useDebouncedValue(useMemo(() => ({ ...form, name: 'new', preparation: null }), [form.sources, form.task, form.validation, form.test, form.block, form.atLeast, form.atMost, form.seed, form.further]), 300)
  const words = JSON.stringify(importJob(asked))
  return useQuery({
    queryKey: ['look', words], queryFn: () => intake.look(JSON.parse(words) as ReturnType<typeof importJob>), enabled: asked.sources.length > 0 && Object.keys(faults(asked)).length === 0,
    staleTime: 60_000, gcTime: 60_000, placeholderData: keepPreviousData,
  })
}

function Limits({ form, wrong, look, onChange }: { form: ImportForm; wrong: ReturnType<typeof faults>; look: SourceLook; onChange: (some: Partial<ImportForm>) => void }) {
  const usual = usualImport
  return (
    <Stack className="surface" p="lg" gap="lg">
      <Box style={{ display: 'grid', gap: 20, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 200px), 1fr))' }}>
        <NumberField label="Validation, %" description="Of each class, where the pictures bring no such part." error={wrong.validation} value={form.validation} usual={usual.validation} onChange={(validation = usual.validation) => onChange({ validation })} />
        <NumberField label="Test, %" description="Nothing is chosen on these pictures." error={wrong.test} value={form.test} usual={usual.test} onChange={(test = usual.test) => onChange({ test })} />
        <NumberField label="Least per class" description="Smaller classes are left out." error={wrong.atLeast} value={form.atLeast} usual={usual.atLeast} onChange={(atLeast = usual.atLeast) => onChange({ atLeast })} />
        <NumberField label="Most per class" description="A random sample; empty for all." error={wrong.atMost} placeholder="all" value={form.atMost ?? undefined} onChange={(atMost) => onChange({ atMost: atMost ?? null })} />
        <NumberField label="Seed" description="Of every random choice." error={wrong.seed} value={form.seed} usual={usual.seed} onChange={(seed = usual.seed) => onChange({ seed })} />
        <Select label="Split" description="Which pictures are split off." allowDeselect={false} value={form.block ? 'block' : 'random'} onChange={(value) => onChange({ block: value === 'block' })}
          data={[{ value: 'random', label: 'at random' }, { value: 'block', label: 'the last by name, for films' }]} />
      </Box>
      <Text size="sm">{count(look.pictures.training)} for training, {count(look.pictures.validation)} for validation, {count(look.pictures.test)} for the test{look.leftOut > 0 ? `; ${count(look.leftOut)} left out` : ''}.</Text>
    </Stack>
  )
}
