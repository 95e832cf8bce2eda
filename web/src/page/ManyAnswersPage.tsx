import { Box, Button, Group, Loader, Progress, SegmentedControl, Select, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { address, api } from '../api/client'
import type { ManyAnswers, Share } from '../api/types'
import { ConfusionTable } from '../chart/ConfusionTable'
import { AnswersGallery } from '../many/AnswersGallery'
import { AnswersTable } from '../many/AnswersTable'
import { everything, many, type Wanted } from '../many/api'
import { answersTwin } from '../many/twins'
import { count } from '../part/format'
import { Fact, Heading, Section } from '../part/Heading'
import { Icon } from '../part/Icon'
import { LinkAnchor, LinkButton } from '../part/links'
import { ProblemCard, parts } from '../part/ProblemCard'
import { Twins } from '../part/Twins'

/** What models said about many pictures; while they are still asked, how far they are. */
export function ManyAnswersPage() {
  const { id } = useParams({ from: '/runs/$id/answers' })
  const job = useQuery({ queryKey: ['jobs', id], queryFn: () => api.job(id), refetchInterval: (query) => (query.state.data?.state === 'done' ? false : 500) })
  const done = job.data?.state === 'done'
  const answers = useQuery({ queryKey: ['answers', id], queryFn: () => many.answers(id), enabled: done, staleTime: Infinity })
  const error = job.error ?? answers.error
  return (
    <>
      <Heading title="What the models say" line={<span>found by <LinkAnchor to="/runs/$id" params={{ id }}>{id}</LinkAnchor></span>}>
        <LinkButton to="/classify" variant="default">Classify others</LinkButton>
        {done && <Button component="a" variant="default" href={address.file(id, 'answers.csv')} download leftSection={<Icon name="download" size={16} />}>CSV</Button>}
        {done && <Twins what="Read the answers" twin={answersTwin(id)} />}
      </Heading>
      {error && <ProblemCard problem={parts(error)} />}
      {job.data?.problem && <ProblemCard problem={job.data.problem} />}
      {job.data && !done && !job.data.problem && (
        <Box className="surface" p="md">
          <Text size="sm">{job.data.state === 'stopped' ? 'stopped' : (job.data.stage ?? 'waits for its turn')}</Text>
          <Progress mt={8} radius="xl" value={100 * (job.data.progress ?? 0)} aria-label="Progress" />
        </Box>
      )}
      {!job.data && !error && <Loader aria-label="Loading" />}
      {answers.data && <Found answers={answers.data} />}
    </>
  )
}

function Found({ answers }: { answers: ManyAnswers }) {
  const [wanted, setWanted] = useState<Wanted>(everything)
  const [words, setWords] = useState('')
  const [asked] = useDebouncedValue(words, 250)
  const [view, setView] = useState('table')
  const now = { ...wanted, words: asked }
  const total = useQuery({ queryKey: ['answer count', answers.job, now], queryFn: () => many.rows(answers.job, now, 0, 1), staleTime: Infinity, placeholderData: (before) => before })
  const change = (part: Partial<Wanted>) => setWanted({ ...wanted, ...part })
  const model = answers.models[wanted.model]!
  const knowsTruth = answers.models.some((each) => each.accuracy)
  return (
    <>
      <Box className="surface facts" p="lg">
        <Fact label="pictures">{count(answers.pictures)}</Fact>
        <Fact label="without an answer">{count(answers.problems)}</Fact>
        {answers.agreement && <Box><Fact label="all models say the same">{percent(answers.agreement)}</Fact><Interval share={answers.agreement} /></Box>}
        {answers.models.map((each) => each.accuracy && (
          <Box key={each.name}><Fact label={`${each.name}, right`}>{percent(each.accuracy)}</Fact><Interval share={each.accuracy} />
            {each.topAccuracy && <Text size="xs" c="dimmed">among its first {each.top}: {percent(each.topAccuracy)}</Text>}
          </Box>
        ))}
      </Box>
      <Section title="Pictures" aside={
        <SegmentedControl size="xs" value={view} onChange={setView} aria-label="View" data={[
          { value: 'table', label: 'Table' }, { value: 'gallery', label: 'Gallery' }, ...(knowsTruth ? [{ value: 'matrix', label: 'Matrix' }] : []),
        ]} />
      }>
        <Group gap="sm" mb="md" align="flex-end">
          {answers.models.length > 1 && (
            <Select size="xs" w={170} label="Model" allowDeselect={false} value={String(wanted.model)} onChange={(value) => change({ model: Number(value ?? 0) })} data={answers.models.map((each, at) => ({ value: String(at), label: each.name }))} />
          )}
          <Select size="xs" w={150} label="Show" allowDeselect={false} value={wanted.show} onChange={(value) => change({ show: value as Wanted['show'] })} data={[
            { value: 'all', label: 'all' }, ...(answers.models.length > 1 ? [{ value: 'different', label: 'models differ' }] : []),
            ...(knowsTruth ? [{ value: 'right', label: 'right' }, { value: 'wrong', label: 'wrong' }] : []), { value: 'problems', label: 'without an answer' },
          ]} />
          <Select size="xs" w={190} label="Order" allowDeselect={false} value={`${wanted.order} ${wanted.up}`} onChange={(value) => {
            const [order, up] = (value ?? 'position true').split(' ')
            change({ order: order as Wanted['order'], up: up === 'true' })
          }} data={[
            { value: 'position true', label: 'as they came' }, { value: 'probability true', label: 'least sure first' }, { value: 'probability false', label: 'surest first' },
            ...(answers.models.length > 1 ? [{ value: 'agreement true', label: 'least agreement first' }] : []),
          ]} />
          <TextInput size="xs" w={180} label="Name" placeholder="Search names" leftSection={<Icon name="search" size={14} />} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
          {wanted.truth && <Button size="xs" variant="light" onClick={() => change({ truth: '', answer: '' })}>{wanted.truth} taken for {wanted.answer} ×</Button>}
        </Group>
        {total.error && <ProblemCard problem={parts(total.error)} />}
        {view !== 'matrix' && total.data && <Text size="sm" c="dimmed" mb="xs" aria-live="polite">{count(total.data.count)} of {count(answers.pictures)} pictures</Text>}
        {view === 'table' && total.data && <AnswersTable key={JSON.stringify(now)} answers={answers} wanted={now} total={total.data.count} />}
        {view === 'gallery' && <AnswersGallery key={JSON.stringify(now)} answers={answers} wanted={now} />}
        {view === 'matrix' && (model.confusion
          ? <Box className="surface" p="lg"><ConfusionTable table={model.confusion} names={model.classNames ?? []} chosen={null}
            onChoose={(cell) => { change({ show: 'all', truth: model.classNames![cell.label]!, answer: model.classNames![cell.predicted]! }); setView('table') }} />
            <Text size="xs" c="dimmed" mt="xs">Choose a number to see its pictures.</Text></Box>
          : <Text>The truth of no picture that {model.name} answered is known.</Text>)}
      </Section>
    </>
  )
}

const percent = (share: Share) => `${(100 * share.value).toFixed(2)} %`

function Interval({ share }: { share: Share }) {
  return <Text size="xs" c="dimmed">{count(share.hits)} of {count(share.count)}; 95 %: {(100 * share.low).toFixed(1)} … {(100 * share.high).toFixed(1)} %</Text>
}
