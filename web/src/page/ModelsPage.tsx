import { Box, Loader, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../api/client'
import { ago, bytes, measured, short } from '../part/format'
import { Heading } from '../part/Heading'
import { LinkAnchor, LinkBlock } from '../part/links'
import { ProblemCard, parts } from '../part/ProblemCard'



/** Every model with what was measured of it. */
export function ModelsPage() {
  const models = useQuery({ queryKey: ['models'], queryFn: api.models })
  if (models.error) return <ProblemCard problem={parts(models.error)} />
  if (!models.data) return <Loader m="xl" aria-label="Loading" />
  return (
    <>
      <Heading title="Models" line="What was trained, with everything that it needs, in one file each." />
      {models.data.models.length === 0 && <Text>There is no model yet. <LinkAnchor to="/new-run">Train one.</LinkAnchor></Text>}
      <Box className="surface" style={{ overflow: 'hidden' }}>
        {models.data.models.map((model) => (model.problem ? <ProblemCard key={model.name} problem={model.problem} /> : (
          <LinkBlock key={model.name} to="/models/$name" params={{ name: model.name }} className="rowlink modelrow" style={{ gridTemplateColumns: 'minmax(0,1fr) minmax(90px, 170px) 90px 76px', gap: 16, padding: '14px 18px' }}>
            <Box style={{ minWidth: 0 }}>
              <Text fw={580} className="cut">{model.name}</Text>
              <Text size="xs" c="dimmed" className="cut">{[model.task, model.network, model.data].filter(Boolean).join(' · ')}</Text>
            </Box>
            <Box>
              {model.measurements?.[0] && <>
                <Text size="sm">{measured(model.measurements[0].value, model.measurements[0].unit)}</Text>
                <Text size="xs" c="dimmed" className="cut">{model.measurements[0].name} on {model.measurements[0].on}</Text>
              </>}
            </Box>
            <Box ta="right">
              <Text size="sm">{short(model.parameters ?? 0)}</Text>
              <Text size="xs" c="dimmed">{bytes(model.sizeInBytes ?? 0)}</Text>
            </Box>
            <Text size="xs" c="dimmed" ta="right">{model.created ? ago(model.created) : ''}</Text>
          </LinkBlock>
        )))}
      </Box>
    </>
  )
}
