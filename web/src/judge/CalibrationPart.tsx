import { Box, Text } from '@mantine/core'
import type { Calibration } from '../api/types'
import { Reliability } from '../chart/Reliability'
import { Fact, Section } from '../part/Heading'

/** Whether the model is as often right as it says. */
export function CalibrationPart({ calibration }: { calibration: Calibration }) {
  return (
    <Section title="Is it as sure as it is right?">
      <Box className="surface" p="lg" style={{ display: 'flex', flexWrap: 'wrap', gap: '24px 40px', alignItems: 'center' }}>
        <Box style={{ flex: '0 1 420px', minWidth: 0 }}><Reliability bins={calibration.bins} /></Box>
        <Box style={{ flex: '1 1 220px' }}>
          <Fact label="expected calibration error">{(100 * calibration.expectedError).toFixed(2)} %</Fact>
          <Text size="sm" mt="sm">{calibration.words}</Text>
          <Text size="xs" c="dimmed" mt="sm">A bar holds the predictions of about the same probability: the darker, the more of them. On the broken line the model would be as often right as it says; a line through a dot is the 95 % interval.</Text>
        </Box>
      </Box>
    </Section>
  )
}
