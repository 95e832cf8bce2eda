import { Box, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import type { SourceLook, OriginalSizes } from '../api/types'
import { SplitHistogram } from '../chart/SplitHistogram'
import { type ImportForm, type Source, source, type Task } from '../intake/form'
import { count } from '../part/format'
import { Section } from '../part/Heading'
import { lookTwin } from '../part/intakeTwins'
import { Twins } from '../part/Twins'

type Props = { look: SourceLook; form: ImportForm; onTask: (task: Task) => void; onSources: (sources: Source[]) => void }

/** What the pictures were recognised as, said before anything is imported. */
export function LookPart({ look, form, onTask, onSources }: Props) {
  return (
    <Section title="What it is" aside={<Twins what="Look at the pictures" twin={lookTwin(form)} />}>
      <Box style={{ display: 'grid', gap: 16, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 360px), 1fr))', alignItems: 'start' }}>
        <Stack className="surface" p="lg" gap="md">
          <Text className="figure" data-testid="recognised">{sentence(look)}</Text>
          <TaskSwitch value={look.task} onTask={onTask} />
          <Text size="sm" c="dimmed">{sizeWords(look.sizes)}{look.shape ? ', as its format has it' : `; ${count(look.lookedAt)} of them were looked at`}</Text>
          {look.usedLists.length > 0 && <Text size="sm" style={{ overflowWrap: 'anywhere' }}>{lists(look.usedLists)} in this folder lists them; the import takes it as the source.</Text>}
          {look.lists.length > 0 && (
            <Group gap="sm">
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>{lists(look.lists)} lists these pictures too.</Text>
              <Button size="compact-sm" variant="light" onClick={() => onSources(look.lists.map(source))}>Use it instead</Button>
            </Group>
          )}
          {look.remarks.map((remark) => <Text key={remark} size="sm" style={{ overflowWrap: 'anywhere' }}>{remark}</Text>)}
          {look.broken.length > 0 && (
            <Box>
              <Text size="sm" fw={600}>{count(look.broken.length)} of those looked at cannot be read and will be left out</Text>
              {look.broken.slice(0, 5).map((each) => <Text key={each.source} size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>{each.source}: {each.reason}</Text>)}
            </Box>
          )}
        </Stack>
        {look.classNames.length > 0 && look.task === 'classification' && (
          <Box className="surface" p="md">
            <Group justify="space-between" px={6} mb={6}><Text size="sm" fw={600}>Pictures of each class</Text></Group>
            <SplitHistogram names={look.classNames} counts={look.picturesPerClass} />
          </Box>
        )}
        {look.targets.length > 0 && <Box className="surface" p="lg"><Text size="sm" fw={600} mb={6}>Numbers of each picture</Text><Text size="sm" style={{ overflowWrap: 'anywhere' }}>{look.targets.join(', ')}</Text></Box>}
      </Box>
    </Section>
  )
}

/** Classes, numbers or masks; none is chosen where the pictures could not be read as any. */
export function TaskSwitch({ value, onTask }: { value: Task | null; onTask: (task: Task) => void }) {
  return (
    <SegmentedControl value={value ?? ''} onChange={(chosen) => onTask(chosen as Task)} aria-label="What is learned" style={{ alignSelf: 'flex-start' }}
      data={[{ value: 'classification', label: 'Classes' }, { value: 'regression', label: 'Numbers' }, { value: 'segmentation', label: 'Masks' }]} />
  )
}

/** labels.csv, or several by their names; folders of pictures are no lists. */
const lists = (sources: string[]) => sources.filter((each) => !each.startsWith('pictures=')).map((each) => each.split(/[/\\]/).at(-1)).join(', ')

function sentence(look: SourceLook): string {
  const pictures = look.pictures.training + look.pictures.validation + look.pictures.test
  switch (look.task) {
    case 'classification': return `${count(pictures)} pictures of ${count(look.classNames.length)} classes`
    case 'regression': return `${count(pictures)} pictures with ${look.targets.length === 1 ? 'a number' : `${look.targets.length} numbers`} each`
    case 'segmentation': return `${count(pictures)} pictures with a mask each`
  }
}

/** 375 × 500, or from the smallest to the largest. */
export function sizeWords(sizes: OriginalSizes): string {
  if (sizes.different === 0) return 'sizes are not known'
  if (sizes.different === 1) return `${sizes.smallestHeight} × ${sizes.smallestWidth} pixels`
  const range = (least: number, most: number) => (least === most ? `${least}` : `${least} to ${most}`)
  return `${range(sizes.smallestHeight, sizes.largestHeight)} high, ${range(sizes.smallestWidth, sizes.largestWidth)} wide`
}
