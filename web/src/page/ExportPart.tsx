import { Box, Table, Text } from '@mantine/core'
import { address } from '../api/client'
import type { JobDetail } from '../api/types'
import { bytes, count, plain } from '../part/format'
import { Fact, Section } from '../part/Heading'
import { Icon } from '../part/Icon'
import { within } from '../forms/paths'

type Result = {
  format: string; path: string; sizeInBytes: number; files: { path: string; sizeInBytes: number }[]
  checks: { what: string; difference: number; allowed: number }[]; notes: string[]
}

/** What an export wrote, and what was found when it was checked. */
export function ExportPart({ job }: { job: JobDetail }) {
  const result = job.result as unknown as Result
  const largest = Math.max(...result.checks.map((check) => check.difference))
  return (
    <>
      <Box className="surface facts" p="lg">
        <Fact label="form">{result.format}</Fact>
        <Fact label={result.files.length === 1 ? 'size' : `in ${count(result.files.length)} files`}>{bytes(result.sizeInBytes)}</Fact>
        {result.checks.length > 0 && <Fact label="largest difference">{largest === 0 ? 'none' : plain(largest)}</Fact>}
      </Box>
      <Section title="What was checked">
        {result.checks.length === 0
          ? <Text size="sm">Nothing: see the note.</Text>
          : <Box className="surface" style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label="What was checked">
              <Table horizontalSpacing="md" verticalSpacing={8} style={{ whiteSpace: 'nowrap' }}>
                <Table.Thead><Table.Tr><Table.Th>compared</Table.Th><Table.Th ta="right">largest difference</Table.Th><Table.Th ta="right">allowed</Table.Th></Table.Tr></Table.Thead>
                <Table.Tbody>
                  {result.checks.map((check) => (
                    <Table.Tr key={check.what}><Table.Td>{check.what}</Table.Td><Table.Td ta="right">{check.difference === 0 ? 'none' : plain(check.difference)}</Table.Td><Table.Td ta="right">{check.allowed === 0 ? 'none' : plain(check.allowed)}</Table.Td></Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Box>}
        {result.notes.map((note) => <Text key={note} size="sm" c="dimmed" mt="xs" style={{ overflowWrap: 'anywhere' }}>{note}</Text>)}
      </Section>
      <Section title="Files">
        <Box className="surface log" tabIndex={0} role="group" aria-label="Files of the export">
          {result.files.map((file) => <WrittenFile key={file.path} job={job} file={file} place={result.path} />)}
        </Box>
        <Text size="xs" c="dimmed" mt="xs" style={{ overflowWrap: 'anywhere' }}>On the machine of the workbench: <span className="mono">{result.path}</span></Text>
      </Section>
    </>
  )
}

/** What lies in the job's folder is downloaded; what was written elsewhere lies there. */
function WrittenFile({ job, file, place }: { job: JobDetail; file: Result['files'][number]; place: string }) {
  const inJob = within(job.folder, file.path)
  const name = within(place, file.path) || file.path.split(/[\\/]/).at(-1)!
  const style = { gridTemplateColumns: 'minmax(0,1fr) auto 20px', gap: 16, padding: '8px 16px' }
  const cells = <><span className="mono cut" title={name}>{name}</span><Text size="sm" c="dimmed">{bytes(file.sizeInBytes)}</Text></>
  if (inJob === null) return <div className="rowlink" style={style}>{cells}</div>
  return <a className="rowlink" href={address.file(job.job, inJob)} download aria-label={`Download ${name}`} style={style}>{cells}<Icon name="download" size={16} /></a>
}
