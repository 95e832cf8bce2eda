import { Box, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api/client'
import { arrivingAddress } from '../api/intake'
import type { JobDetail } from '../api/types'
import { count } from '../part/format'
import { Fact, Section } from '../part/Heading'
import { LinkButton } from '../part/links'

type Result = {
  pictures?: { training: number; validation: number; test: number }
  broken?: { source: string; reason: string }[]
  remarks?: string[]
  classNames?: string[]
}

const BROKEN_SHOWN = 200

/** An import as it goes: the pictures that arrive, and in the end what was made and what was left out. */
export function ImportPart({ job, progress }: { job: JobDetail; progress: number | null }) {
  const result = job.result as Result | undefined
  const datasets = useQuery({ queryKey: ['datasets', job.state], queryFn: api.datasets })
  const isThere = datasets.data?.datasets.some((each) => each.name === job.data)
  return (
    <>
      {result?.pictures && (
        <Box className="surface facts" p="lg" data-testid="imported">
          <Fact label="training">{count(result.pictures.training)}</Fact>
          <Fact label="validation">{count(result.pictures.validation)}</Fact>
          <Fact label="test">{count(result.pictures.test)}</Fact>
          {(result.classNames?.length ?? 0) > 0 && <Fact label="classes">{count(result.classNames!.length)}</Fact>}
          <Fact label="left out as broken">{count(result.broken?.length ?? 0)}</Fact>
        </Box>
      )}
      <Group mt="lg" gap="sm">
        {result && isThere && job.data && <LinkButton to="/datasets/$name" params={{ name: job.data }}>See the dataset</LinkButton>}
        {job.data && (result ? isThere : job.state === 'running' || job.position !== undefined) && (
          <LinkButton variant="light" to="/new-run" search={{ data: job.data }}>{result ? 'Train on it' : 'Train on it when it is there'}</LinkButton>
        )}
      </Group>
      <Arriving job={job} progress={progress} />
      {result?.remarks && result.remarks.length > 0 && (
        <Section title="Remarks"><Box className="surface" p="lg">{result.remarks.map((remark) => <Text key={remark} size="sm" style={{ overflowWrap: 'anywhere' }}>{remark}</Text>)}</Box></Section>
      )}
      {result?.broken && result.broken.length > 0 && <Broken files={result.broken} all={result.broken.length} />}
    </>
  )
}

/** Files that could not be read, each with its reason. */
export function Broken({ files, all }: { files: { source: string; reason: string }[]; all: number }) {
  return (
    <Section title="Broken files">
      <Box className="surface log" p="lg" tabIndex={0} role="group" aria-label="Broken files">
        {files.slice(0, BROKEN_SHOWN).map((each, i) => (
          <Text key={i} size="sm" style={{ overflowWrap: 'anywhere' }}><span className="mono">{each.source}</span> <Text span c="dimmed">{each.reason}</Text></Text>
        ))}
        {all > Math.min(BROKEN_SHOWN, files.length) && <Text size="sm" c="dimmed">and {count(all - Math.min(BROKEN_SHOWN, files.length))} more, in result.json</Text>}
      </Box>
    </Section>
  )
}

/** The sheet changes about once a second: whenever the import has told how far it is. */
function Arriving({ job, progress }: { job: JobDetail; progress: number | null }) {
  const version = Math.round((progress ?? 0) * 1000) + job.events
  const sheet = useQuery({
    queryKey: ['arriving', job.job, version], staleTime: Infinity, gcTime: 0, placeholderData: (before: string | undefined) => before,
    queryFn: async () => {
      const answer = await fetch(arrivingAddress(job.job, version))
      if (answer.status !== 200) return '' // none has come yet
      const bytes = new Uint8Array(await answer.arrayBuffer())
      return `data:image/png;base64,${btoa(bytes.reduce((text, each) => text + String.fromCharCode(each), ''))}`
    },
  })
  if (!sheet.data) return null
  return (
    <Section title={job.state === 'running' ? 'Arriving' : 'The last ones that came'}>
      <Box className="surface" p="md"><img src={sheet.data} alt="The pictures that were prepared last" className="pixels" style={{ width: '100%', display: 'block', borderRadius: 6 }} /></Box>
    </Section>
  )
}
