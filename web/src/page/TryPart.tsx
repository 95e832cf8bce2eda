import { Box, Button, FileButton, Group, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { api } from '../api/client'
import { look } from '../api/look'
import type { GivenPicture, Model, Prediction } from '../api/types'
import { Section } from '../part/Heading'
import { ProblemCard, parts } from '../part/ProblemCard'
import { TestPictures } from '../part/TestPictures'
import { TriedAnswer } from '../part/TriedAnswer'
import { predictTwin } from '../part/twins'
import { Twins } from '../part/Twins'
import '../look.css'

type Tried = { key: number; name: string } & ({ kept: GivenPicture; said: Prediction } | { error: unknown })

const MOST = 24
let tries = 0

/** Pictures are dropped, pasted, chosen or fetched, and the model says at once what it sees. */
export function TryPart({ model }: { model: Model }) {
  const [over, setOver] = useState(false)
  const [busy, setBusy] = useState(0)
  const [tried, setTried] = useState<Tried[]>([])
  const workspace = useQuery({ queryKey: ['workspace'], queryFn: api.workspace, staleTime: Infinity })

  const ask = useCallback(async (name: string, keep: () => Promise<GivenPicture>) => {
    setBusy((count) => count + 1)
    const key = (tries += 1)
    let entry: Tried
    try {
      const kept = await keep()
      entry = { key, name, kept, said: await look.predict(model.name, kept.picture) }
    } catch (error) {
      entry = { key, name, error }
    }
    setTried((before) => [entry, ...before].slice(0, MOST))
    setBusy((count) => count - 1)
  }, [model.name])
  const askAll = useCallback(async (files: File[]) => {
    for (const file of files) await ask(file.name || 'pasted picture', () => look.keep(file)) // oxlint-disable-line no-await-in-loop
  }, [ask])

  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length > 0) void askAll(files)
    }
    window.addEventListener('paste', paste)
    return () => window.removeEventListener('paste', paste)
  }, [askAll])

  return (
    <Section title="Try it" aside={<Twins what="Ask the model about a picture" twin={predictTwin(model.name)} />}>
      <Box className="drop surface" data-over={over}
        onDragOver={(event) => { event.preventDefault(); setOver(true) }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => { event.preventDefault(); setOver(false); void askAll([...event.dataTransfer.files]) }}>
        <Text>Drop pictures here, or paste one.</Text>
        <Text size="sm" c="dimmed" mt={4}>They are made {model.input.height} × {model.input.width} {model.input.colorMode}, just as in training, and stay on this machine.</Text>
        <FileButton onChange={(files) => void askAll(files)} accept="image/*" multiple>
          {(props) => <Button {...props} variant="light" mt="md" loading={busy > 0}>Choose pictures</Button>}
        </FileButton>
        {workspace.data && workspace.data.urls !== 'off' && <FromTheWeb onAsk={(url) => void ask(url, () => look.keepUrl(url))} />}
        {model.data && <TestPictures data={model.data} onChoose={(name, picture) => void ask(name, () => look.keep(picture))} />}
      </Box>
      <Box mt="md" className="answers" aria-live="polite">
        {tried.map((each) => 'error' in each
          ? <Box key={each.key}><Text size="xs" c="dimmed" mb={4} className="cut">{each.name}</Text><ProblemCard problem={parts(each.error)} /></Box>
          : <TriedAnswer key={each.key} model={model.name} name={each.name} kept={each.kept} said={each.said} />)}
      </Box>
    </Section>
  )
}

function FromTheWeb({ onAsk }: { onAsk: (url: string) => void }) {
  const [url, setUrl] = useState('')
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (url) onAsk(url) }}>
      <Group mt="md" gap="xs" justify="center">
        <TextInput aria-label="Address of a picture" placeholder="https://…" value={url} onChange={(event) => setUrl(event.currentTarget.value)} w={320} maw="100%" />
        <Button type="submit" variant="light" disabled={!url}>Fetch</Button>
      </Group>
    </form>
  )
}
