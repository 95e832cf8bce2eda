import { Group, MultiSelect, Select, Stack, Switch, Text, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import type { SettingField } from '../api/types'
import { NumberField } from '../part/NumberField'
import type { Typed } from '../part/typed'
import { isSeveral } from './order'

type Props = {
  field: SettingField
  value: unknown
  /** What the server says is wrong with it. */
  wrong: string | undefined
  onChange: (value: unknown) => void
  /** Of a field of layers. */
  layers?: string[]
  /** Whether several values may be tried where a field can. */
  tries?: boolean
}

export const label = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

/** A setting as its record says it is; an empty one is as usual. */
export function SettingInput({ field, value, wrong, onChange, layers = [], tries = false }: Props): ReactNode {
  const common = { label: label(field.words), description: field.help, error: wrong }
  switch (field.type) {
    case 'choice':
      return <Select {...common} data={(field.choices ?? []).map((each) => ({ value: each, label: each.replaceAll('_', ' ') }))} clearable={field.usual === undefined}
        value={String(value ?? field.usual ?? '') || null} onChange={(chosen) => onChange(chosen === field.usual ? undefined : (chosen ?? undefined))} placeholder="as usual" />
    case 'kind': return <Kind field={field} value={value} wrong={wrong} tries={tries} onChange={onChange} />
    case 'layers': return (
      <MultiSelect {...common} label="Freeze layers" description="They stay as they are; weights that others trained are often left so." data={layers} searchable value={frozen(value)}
        onChange={(names) => onChange(names.length === 0 ? undefined : { rates: names.map((prefix) => ({ prefix, factor: 0 })) })} placeholder={frozen(value).length === 0 ? 'none' : ''} />
    )
    case 'numbers':
      return <TextInput {...common} placeholder="1, 2.5, 1" value={Array.isArray(value) ? value.join(', ') : String(value ?? '')}
        onChange={(event) => onChange(numbers(event.currentTarget.value))} />
    case 'word':
      return <TextInput {...common} placeholder="as usual" value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} />
    default: {
      const isOne = wrong && isSeveral(value) && !(field.tried && tries)
      const several = field.tried && tries ? ' Several values with commas between are each tried in a run of their own.' : ''
      return <NumberField {...common} error={isOne ? `${wrong} Only one value is taken here.` : wrong} description={several ? `${field.help ?? ''}${several}` : field.help} placeholder={empty(field)} value={value as Typed} usual={usual(field)} onChange={onChange} />
    }
  }
}

/** What holds where a field is left empty, in words. */
const empty = (field: SettingField) => (field.path === 'seed' ? 'drawn' : field.usual === undefined ? 'as usual' : String(field.usual))

/** What stands in a field that nobody fills: nothing where it is drawn or never. */
const usual = (field: SettingField): Typed => (typeof field.usual === 'number' && field.type !== 'wholeOrNever' ? field.usual : undefined)

/** What was chosen among several kinds, and below it what belongs to that kind. */
function Kind({ field, value, wrong, tries = false, onChange }: Props) {
  const now = (value ?? field.usual ?? {}) as Record<string, unknown>
  const kinds = field.kinds ?? []
  const kind = kinds.find((each) => each.kind === now['kind'])
  const choose = (name: string | null) => {
    const chosen = kinds.find((each) => each.kind === name)
    if (!chosen) return
    onChange(chosen.kind === (field.usual as { kind?: string } | undefined)?.kind ? undefined : { kind: chosen.kind, ...samples(chosen.fields) })
  }
  return (
    <Stack gap="sm">
      <Select label={label(field.words)} description={field.help} error={wrong} data={kinds.map((each) => ({ value: each.kind, label: each.words }))} value={kind?.kind ?? null} onChange={choose} allowDeselect={false} />
      {kind && kind.fields.length > 0 && (
        <Stack gap="sm" pl="md" style={{ borderLeft: '2px solid var(--line)' }}>
          {kind.fields.map((each) => (
            <SettingInput key={each.path} field={each} value={now[each.name]} wrong={undefined} tries={tries}
              onChange={(changed) => onChange({ ...now, [each.name]: changed ?? each.usual })} />
          ))}
        </Stack>
      )}
    </Stack>
  )
}

const samples = (fields: SettingField[]) => Object.fromEntries(fields.filter((each) => each.usual !== undefined).map((each) => [each.name, each.usual]))

const frozen = (value: unknown): string[] => ((value as { rates?: { prefix: string; factor: number }[] } | undefined)?.rates ?? []).filter((rate) => rate.factor === 0).map((rate) => rate.prefix)

function numbers(text: string): unknown {
  const parts = text.split(',').map((each) => each.trim()).filter(Boolean)
  return text.trim() === '' ? undefined : parts.every((each) => Number.isFinite(Number(each))) && !/,\s*$/.test(text) ? parts.map(Number) : text
}

/** Yes or no, with a sentence. */
export function Flag({ words, help, value, onChange }: { words: string; help: string | undefined; value: boolean; onChange: (value: boolean) => void }) {
  return (
    <Group wrap="nowrap" align="flex-start" gap="sm">
      <Switch checked={value} onChange={(event) => onChange(event.currentTarget.checked)} label={<Text size="sm" fw={500}>{words}</Text>} description={help} />
    </Group>
  )
}
