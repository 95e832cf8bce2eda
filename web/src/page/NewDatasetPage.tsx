import { Box, Button, Group, Loader, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { api } from '../api/client'
import { intake } from '../api/intake'
import type { SourceLook, RecordedImport } from '../api/types'
import { formOf, importJob, type ImportForm, proposedName, unused, usualImport } from '../intake/form'
import { bytes, count } from '../part/format'
import { Heading, Section } from '../part/Heading'
import { importTwin } from '../part/intakeTwins'
import { ProblemCard, parts } from '../part/ProblemCard'
import { Twins } from '../part/Twins'
import { LookPart } from './LookPart'
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
  const look = useLook(asked)
  // what was found by trying must be said to the import, which tries nothing
  const named: ImportForm = { ...asked, task: form.task ?? (look.data && look.data.task !== 'classification' ? look.data.task : null) }
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
          {form.task && <Button variant="light" mt="sm" onClick={() => change({ task: null })}>Take what the pictures say</Button>}
        </Box>
      )}
      {look.data && !look.error && form.sources.length > 0 && (
        <>
          <LookPart look={look.data} form={named} onTask={(task) => change({ task })} />
          <PreparationPart look={look.data} made={form.preparation ?? look.data.preparation} onChange={(preparation) => change({ preparation })} />
          <Section title="Parts and limits"><Limits form={form} look={look.data} onChange={change} /></Section>
          <Group mt={36} align="flex-end" gap="sm">
            <TextInput label="Name" w={{ base: '100%', xs: 280 }} value={form.name} placeholder={proposed} onChange={(event) => change({ name: event.currentTarget.value })} />
            <Button loading={begin.isPending} onClick={() => begin.mutate()}>Import {count(total(look.data))} pictures</Button>
            <Twins what="Import" twin={importTwin(named)} />
            <Text size="sm" c="dimmed" pb={8}>about {bytes(estimate(look.data, form))} on disk</Text>
          </Group>
        </>
      )}
      {begin.error && <Box mt="md"><ProblemCard problem={parts(begin.error)} /></Box>}
    </>
  )
}

const total = (look: SourceLook) => look.pictures.training + look.pictures.validation + look.pictures.test

function estimate(look: SourceLook, form: ImportForm): number {
  const made = form.preparation ?? look.preparation
  return total(look) * (made.height * made.width * (made.colorMode === 'grey' ? 1 : 3) + 200)
}

/** Looks anew whenever what counts pictures has changed; how they are prepared does not. */
function useLook(form: ImportForm) {
  const [asked] = useDebouncedValue(useMemo(() => ({ ...form, name: 'new', preparation: null }), [form.sources, form.task, form.validation, form.test, form.block, form.atLeast, form.atMost, form.seed, form.further]), 300)
  const words = JSON.stringify(importJob(asked))
  return useQuery({
    queryKey: ['look', words], queryFn: () => intake.look(JSON.parse(words) as ReturnType<typeof importJob>), enabled: asked.sources.length > 0,
    staleTime: 60_000, gcTime: 60_000, placeholderData: keepPreviousData,
  })
}

function Limits({ form, look, onChange }: { form: ImportForm; look: SourceLook; onChange: (some: Partial<ImportForm>) => void }) {
  const [validation, setValidation] = useState<number | string>(form.validation)
  const [test, setTest] = useState<number | string>(form.test)
  useEffect(() => {
    const shares = { validation: Number(validation) || 0, test: Number(test) || 0 }
    if (shares.validation + shares.test < 100) onChange(shares)
  }, [validation, test])
  const isTooMuch = (Number(validation) || 0) + (Number(test) || 0) >= 100
  return (
    <Stack className="surface" p="lg" gap="lg">
      <Box style={{ display: 'grid', gap: 20, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 200px), 1fr))' }}>
        <NumberInput label="Validation, %" description="Of each class, where the pictures bring no such part." min={0} max={99} value={validation} onChange={setValidation} error={isTooMuch && 'Something must be left to train on.'} />
        <NumberInput label="Test, %" description="Nothing is chosen on these pictures." min={0} max={99} value={test} onChange={setTest} />
        <NumberInput label="Least per class" description="Smaller classes are left out." min={1} allowDecimal={false} value={form.atLeast} onChange={(value) => onChange({ atLeast: Number(value) || 1 })} />
        <NumberInput label="Most per class" description="A random sample; empty for all." min={1} allowDecimal={false} value={form.atMost ?? ''} onChange={(value) => onChange({ atMost: value === '' ? null : Number(value) || null })} />
        <NumberInput label="Seed" description="Of every random choice." allowDecimal={false} min={0} value={form.seed} onChange={(value) => onChange({ seed: Number(value) || 0 })} />
        <Select label="Split" description="Which pictures are split off." allowDeselect={false} value={form.block ? 'block' : 'random'} onChange={(value) => onChange({ block: value === 'block' })}
          data={[{ value: 'random', label: 'at random' }, { value: 'block', label: 'the last by name, for films' }]} />
      </Box>
      <Text size="sm">{count(look.pictures.training)} for training, {count(look.pictures.validation)} for validation, {count(look.pictures.test)} for the test{look.leftOut > 0 ? `; ${count(look.leftOut)} left out` : ''}.</Text>
    </Stack>
  )
}

