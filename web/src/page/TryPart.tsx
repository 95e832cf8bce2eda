import { Box, Button, FileButton, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '../api/client'
import type { Model, Prediction } from '../api/types'
import { Section } from '../part/Heading'
import { ProblemCard, parts } from '../part/ProblemCard'
import { predictTwin } from '../part/twins'
import { Twins } from '../part/Twins'

type Tried = { name: string; url: string; said: Prediction }

/** A picture is dropped, pasted or chosen, and the model says what it sees. */
export function TryPart({ model }: { model: Model }) {
  const [over, setOver] = useState(false)
  const [tried, setTried] = useState<Tried[]>([])
  const ask = useMutation({
    mutationFn: async (files: File[]) => {
      for (const file of files) {
        const said = await api.predict(model.name, file)
        setTried((before) => [{ name: file.name || 'pasted picture', url: URL.createObjectURL(file), said }, ...before].slice(0, 24))
      }
    },
  })
  const { mutate } = ask
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length > 0) mutate(files)
    }
    window.addEventListener('paste', paste)
    return () => window.removeEventListener('paste', paste)
  }, [mutate])
  return (
    <Section title="Try it" aside={<Twins what="Ask the model about a picture" twin={predictTwin(model.name)} />}>
      <Box className="drop surface" data-over={over}
        onDragOver={(event) => { event.preventDefault(); setOver(true) }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => { event.preventDefault(); setOver(false); mutate([...event.dataTransfer.files]) }}>
        <Text>Drop pictures here, or paste one.</Text>
        <Text size="sm" c="dimmed" mt={4}>They are made {model.input.height} × {model.input.width} {model.input.colorMode}, just as in training, and stay on this machine.</Text>
        <FileButton onChange={(files) => files.length > 0 && mutate(files)} accept="image/*" multiple>
          {(props) => <Button {...props} variant="light" mt="md" loading={ask.isPending}>Choose pictures</Button>}
        </FileButton>
      </Box>
      {ask.error && <Box mt="md"><ProblemCard problem={parts(ask.error)} /></Box>}
      <Box mt="md" style={{ display: 'grid', gap: 16, gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 420px), 1fr))' }}>
        {tried.map((each) => <Answer key={each.url} tried={each} />)}
      </Box>
    </Section>
  )
}

function Answer({ tried }: { tried: Tried }) {
  const { said } = tried
  return (
    <Box className="surface" p="lg" data-testid="answer">
      <Group align="flex-start" gap="lg" wrap="nowrap">
        <Box w={120} style={{ flex: 'none' }}>
          <img src={said.overlay ?? said.picture ?? tried.url} alt={tried.name} style={{ width: 120, height: 120, objectFit: 'contain', borderRadius: 8, background: 'color-mix(in srgb, var(--quiet) 12%, transparent)' }} className="pixels" />
          <Text size="xs" c="dimmed" mt={6} className="cut">{tried.name}</Text>
          <Text size="xs" c="dimmed">{said.milliseconds} ms</Text>
        </Box>
        <Box style={{ flex: 1, minWidth: 0 }}>
          {said.answer?.top ? <Bars top={said.answer.top} /> : <Text>{said.words}</Text>}
        </Box>
      </Group>
    </Box>
  )
}

function Bars({ top }: { top: { name: string; probability: number }[] }) {
  return (
    <Box component="ol" m={0} p={0} style={{ listStyle: 'none', display: 'grid', gap: 4 }}>
      {top.map((each, i) => (
        <Box component="li" key={each.name} style={{ display: 'grid', gridTemplateColumns: 'minmax(28px, 34%) 1fr 58px', gap: 10, alignItems: 'center' }}>
          <Text size="sm" fw={i === 0 ? 650 : 400} className="cut">{each.name}</Text>
          <div className="bar" data-first={i === 0} style={{ width: `${100 * each.probability}%`, height: 15 }} />
          <Text size="sm" ta="right" c={i === 0 ? undefined : 'dimmed'}>{(100 * each.probability).toFixed(1)} %</Text>
        </Box>
      ))}
    </Box>
  )
}
