import { Accordion, Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'

/** Things to try, folded up until somebody wants them. */
export function Trials({ trials }: { trials: { title: string; trial: ReactNode }[] }) {
  const [open, setOpen] = useState<string[]>([])
  return (
    <Accordion multiple variant="separated" mt="md" value={open} onChange={setOpen}>
      {trials.map(({ title, trial }) => ({ title, trial, name: title.replaceAll(/\W+/g, '-') })).map(({ title, trial, name }) => (
        <Accordion.Item key={name} value={name}>
          <Accordion.Control><Text size="sm" fw={560}>{title}</Text></Accordion.Control>
          <Accordion.Panel>{open.includes(name) && trial}</Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  )
}
