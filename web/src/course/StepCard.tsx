import { Box, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { Icon } from '../part/Icon'

export type StepState = 'done' | 'working' | 'next' | 'open'

const words: Record<StepState, string> = { done: 'done', working: 'being done', next: 'next', open: 'to come' }

/** A step of the course: what is done and why, and the thing itself. */
export function StepCard({ number, title, state, children, text }: { number: number; title: string; state: StepState; text: ReactNode; children: ReactNode }) {
  return (
    <section className="step" aria-label={`Step ${number}: ${title}, ${words[state]}`} data-testid={`step-${number}`} data-state={state}>
      <div className="step-mark" data-state={state} aria-hidden>{state === 'done' ? <Icon name="check" /> : number}</div>
      <Box style={{ minWidth: 0 }}>
        <Title order={2} mt={4}>{title}</Title>
        <Text mt={6} mb="md" maw={720} component="div">{text}</Text>
        {children}
      </Box>
    </section>
  )
}
