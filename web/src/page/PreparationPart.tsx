import { Box, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { sampleAddress } from '../api/intake'
import type { SourceLook, Preparation } from '../api/types'
import { type faults, type Made, usualPreparation } from '../intake/form'
import { Section } from '../part/Heading'
import { NumberField } from '../part/NumberField'

const modes = [
  { mode: 'squash', name: 'squash', help: 'both sides are stretched to fit' },
  { mode: 'crop', name: 'crop', help: 'the middle is cut out' },
  { mode: 'fill', name: 'fill', help: 'the rest is black' },
  { mode: 'half_crop', name: 'half crop', help: 'half cut, half filled' },
] as const

const SHOWN = 4

/** Size, colour, and the ways to resize, each shown on the pictures themselves. */
export function PreparationPart({ look, made, wrong, onChange }: { look: SourceLook; made: Made; wrong: ReturnType<typeof faults>; onChange: (made: Made) => void }) {
  const usual = usualPreparation(look)
  const isRight = !wrong.height && !wrong.width && !wrong.cropMargin
  const [right, setRight] = useState(usual) // of sizes that cannot be there is nothing to show
  const [shown] = useDebouncedValue(right, 250)
  useEffect(() => { if (isRight) setRight(made as Preparation) }, [isRight, made])
  const [first, setFirst] = useState(0)
  const samples = look.samples.length
  const ownShape = look.shape ?? look.proposed
  const isOwn = ownShape && ownShape.height === made.height && ownShape.width === made.width
  return (
    <Section title="How they are made alike" aside={samples > SHOWN && (
      <SegmentedControl size="xs" aria-label="Pictures shown" value={String(first)} onChange={(value) => setFirst(Number(value))}
        data={Array.from({ length: Math.ceil(samples / SHOWN) }, (_, i) => ({ value: String(i * SHOWN), label: `${i + 1}` }))} />
    )}>
      <Stack className="surface" p="lg" gap="lg">
        <Group gap="md" align="flex-start">
          <NumberField label="Height" w={130} error={wrong.height} value={made.height} usual={usual.height} onChange={(height = usual.height) => onChange({ ...made, height })} />
          <NumberField label="Width" w={130} error={wrong.width} value={made.width} usual={usual.width} onChange={(width = usual.width) => onChange({ ...made, width })} />
          <Box>
            <Text size="sm" fw={500} mb={2}>Colour</Text>
            <SegmentedControl value={made.colorMode} onChange={(value) => onChange({ ...made, colorMode: value as Preparation['colorMode'] })} data={['grey', 'color']} aria-label="Colour" />
          </Box>
          {made.resizeMode === 'crop' && (
            <NumberField label="Crop margin" w={130} error={wrong.cropMargin} value={made.cropMargin} usual={0} onChange={(cropMargin = 0) => onChange({ ...made, cropMargin })} />
          )}
          {isOwn && <Text size="sm" c="dimmed" pt={32}>{look.shape ? 'as its format has them' : 'as the pictures are'}</Text>}
        </Group>
        <Box role="radiogroup" aria-label="Resize" style={{ display: 'grid', gap: 12, gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 250px), 1fr))' }}>
          {modes.map(({ mode, name, help }) => (
            <button key={mode} type="button" role="radio" aria-checked={made.resizeMode === mode} className="mode" onClick={() => onChange({ ...made, resizeMode: mode, cropMargin: mode === 'crop' ? made.cropMargin : 0 })}>
              <span className="samples">
                {look.samples.slice(first, first + SHOWN).map((sample, i) => (
                  <img key={sample.source} alt="" title={`${sample.source}, ${sample.height} × ${sample.width}`} className={shown.width < 64 ? 'pixels' : ''} loading="lazy"
                    src={sampleAddress(look.look, first + i, { ...shown, resizeMode: mode, cropMargin: mode === 'crop' ? shown.cropMargin : 0 })}
                    style={{ aspectRatio: `${shown.width} / ${shown.height}` }} />
                ))}
              </span>
              <Text span fw={600} size="sm">{name}</Text> <Text span size="sm" c="dimmed">{help}</Text>
            </button>
          ))}
        </Box>
      </Stack>
    </Section>
  )
}
