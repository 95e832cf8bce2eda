import { Box, Group, NumberInput, SegmentedControl, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { sampleAddress } from '../api/intake'
import type { SourceLook, Preparation } from '../api/types'
import { Section } from '../part/Heading'

const modes = [
  { mode: 'squash', name: 'squash', help: 'both sides are stretched to fit' },
  { mode: 'crop', name: 'crop', help: 'the middle is cut out' },
  { mode: 'fill', name: 'fill', help: 'the rest is black' },
  { mode: 'half_crop', name: 'half crop', help: 'half cut, half filled' },
] as const

const SHOWN = 4

/** Size, colour, and the ways to resize, each shown on the pictures themselves. */
export function PreparationPart({ look, made, onChange }: { look: SourceLook; made: Preparation; onChange: (made: Preparation) => void }) {
  const [shown] = useDebouncedValue(made, 250)
  const [first, setFirst] = useState(0)
  const samples = look.samples.length
  const ownShape = look.shape
  const isOwn = ownShape && ownShape.height === made.height && ownShape.width === made.width
  return (
    <Section title="How they are made alike" aside={samples > SHOWN && (
      <SegmentedControl size="xs" aria-label="Pictures shown" value={String(first)} onChange={(value) => setFirst(Number(value))}
        data={Array.from({ length: Math.ceil(samples / SHOWN) }, (_, i) => ({ value: String(i * SHOWN), label: `${i + 1}` }))} />
    )}>
      <Stack className="surface" p="lg" gap="lg">
        <Group gap="md" align="flex-end">
          <Side label="Height" value={made.height} onChange={(height) => onChange({ ...made, height })} />
          <Side label="Width" value={made.width} onChange={(width) => onChange({ ...made, width })} />
          <Box>
            <Text size="sm" fw={500} mb={2}>Colour</Text>
            <SegmentedControl value={made.colorMode} onChange={(value) => onChange({ ...made, colorMode: value as Preparation['colorMode'] })} data={['grey', 'color']} aria-label="Colour" />
          </Box>
          {made.resizeMode === 'crop' && (
            <NumberInput label="Crop margin" w={130} min={0} max={512} allowDecimal={false} value={made.cropMargin} onChange={(value) => onChange({ ...made, cropMargin: Number(value) || 0 })} />
          )}
          {isOwn && <Text size="sm" c="dimmed" pb={8}>as its format has them</Text>}
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

function Side({ label, value, onChange }: { label: string; value: number; onChange: (value: number) => void }) {
  return <NumberInput label={label} w={110} min={1} max={8192} allowDecimal={false} value={value} onChange={(typed) => { const side = Number(typed); if (side >= 1 && side <= 8192) onChange(side) }} />
}
