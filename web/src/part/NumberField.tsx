import { TextInput, type TextInputProps } from '@mantine/core'
import { useState } from 'react'
import { shown, type Typed, typed } from './typed'

type Props = Omit<TextInputProps, 'value' | 'onChange' | 'onBlur'> & {
  /** What is ordered; undefined is as usual. */
  value: Typed
  usual?: Typed
  onChange: (value: Typed) => void
}

/** A field for a number. It never changes what is typed: what is no number, or out of range, stays there to be spoken of; empty, it is as usual once it is left. */
export function NumberField({ value, usual, onChange, ...field }: Props) {
  const [text, setText] = useState<string | null>(null)
  return (
    <TextInput inputMode="decimal" autoComplete="off" {...field} value={shown(text, value, usual)}
      onChange={(event) => { setText(event.currentTarget.value); onChange(typed(event.currentTarget.value)) }}
      onBlur={() => setText(null)} />
  )
}
