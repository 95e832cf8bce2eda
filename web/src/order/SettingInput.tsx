import { Group, MultiSelect, NumberInput, Select, Stack, Switch, Text, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import type { SettingField } from '../api/types'
import { plain } from '../part/format'

type Props = {
  field: SettingField
  value: unknown
  /** What the server says is wrong with it. */
  wrong: string | undefined
  onChange: (value: unknown) => void
  /** Of a field of layers. */
  layers?: string[]
}

export const label = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

/** A setting as its record says it is; an empty one is as usual. */
export function SettingInput({ field, value, wrong, onChange, layers = [] }: Props): ReactNode {
  const common = { label: label(field.words), description: field.help, error: wrong }
  switch (field.type) {
    case 'choice':
      return <Select {...common} data={(field.choices ?? []).map((each) => ({ value: each, label: each.replaceAll('_', ' ') }))} clearable={field.usual === undefined}
        value={String(value ?? field.usual ?? '') || null} onChange={(chosen) => onChange(chosen === field.usual ? undefined : (chosen ?? undefined))} placeholder="as usual" />
    case 'kind': return <Kind field={field} value={value} wrong={wrong} onChange={onChange} />
    case 'layers': return (
      <MultiSelect {...common} label="Freeze layers" description="They stay as they are; weights that others trained are often left so." data={layers} searchable value={frozen(value)}
        onChange={(names) => onChange(names.length === 0 ? undefined : { rates: names.map((prefix) => ({ prefix, factor: 0 })) })} placeholder={frozen(value).length === 0 ? 'none' : ''} />
    )
    case 'numbers':
      return <TextInput {...common} placeholder="1, 2.5, 1" value={Array.isArray(value) ? value.join(', ') : String(value ?? '')}
        onChange={(event) => onChange(numbers(event.currentTarget.value))} />
    case 'word':
      return <TextInput {...common} placeholder="as usual" value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} />
    default:
      if (field.tried) return <Listed {...common} field={field} value={value} onChange={onChange} />
      return <NumberInput {...common} placeholder={usual(field)} allowDecimal={field.type === 'number'} step={field.type === 'number' ? 0.1 : 1} clampBehavior="none" decimalScale={8}
        value={(value as number | string | undefined) ?? (field.type === 'wholeOrNever' || field.usual === undefined ? '' : Math.round((field.usual as number) * 1e6) / 1e6)}
        onChange={(typed) => onChange(typed === '' ? undefined : typed)} />
  }
}

function usual(field: SettingField): string {
  if (field.usual === undefined) return field.path === 'seed' ? 'drawn' : 'as usual'
  return typeof field.usual === 'number' ? plain(field.usual) : String(field.usual)
}

/** One value, or several with commas between, each of which is tried. */
function Listed({ field, value, onChange, ...common }: { field: SettingField; value: unknown; onChange: (value: unknown) => void; label: string; description: string | undefined; error: string | undefined }) {
  const text = value === undefined ? (field.usual === undefined ? '' : String(field.usual)) : String(value)
  return (
    <TextInput {...common} value={text} inputMode="decimal" placeholder={usual(field)}
      onChange={(event) => {
        const typed = event.currentTarget.value
        const number = Number(typed)
        onChange(typed.trim() === '' ? undefined : Number.isFinite(number) && !/[.,]$/.test(typed) && String(number) === typed.trim() ? number : typed)
      }} />
  )
}

/** What was chosen among several kinds, and below it what belongs to that kind. */
function Kind({ field, value, wrong, onChange }: Props) {
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
            <SettingInput key={each.path} field={{ ...each, tried: undefined } as unknown as SettingField} value={now[each.name]} wrong={undefined}
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
