import { Box, Text } from '@mantine/core'

/** How probable each class is, the most probable first. */
export function Bars({ top }: { top: { name: string; probability: number }[] }) {
  return (
    <Box component="ol" m={0} p={0} className="bars">
      {top.map((each, i) => (
        <li key={each.name}>
          <Text size="sm" fw={i === 0 ? 650 : 400} className="cut" title={each.name}>{each.name}</Text>
          <div className="bar" data-first={i === 0} style={{ width: `${100 * each.probability}%`, height: 15 }} />
          <Text size="sm" ta="right" c={i === 0 ? undefined : 'dimmed'}>{(100 * each.probability).toFixed(1)} %</Text>
        </li>
      ))}
    </Box>
  )
}
