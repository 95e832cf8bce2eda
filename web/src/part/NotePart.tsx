import { Button, Group, Stack, TagsInput, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, type Shelf } from '../api/client'
import { ProblemCard, parts } from './ProblemCard'

/** Tags and a note that people add to a thing. */
export function NotePart({ shelf, name }: { shelf: Shelf; name: string }) {
  const queries = useQueryClient()
  const notes = useQuery({ queryKey: ['notes', shelf], queryFn: () => api.notes(shelf) })
  const kept = notes.data?.notes[name] ?? { tags: [], text: '' }
  const [tags, setTags] = useState<string[]>([])
  const [text, setText] = useState('')
  const known = JSON.stringify(kept)
  useEffect(() => {
    const note = JSON.parse(known) as typeof kept
    setTags(note.tags)
    setText(note.text)
  }, [known])
  const keep = useMutation({
    mutationFn: () => api.keepNote(shelf, name, { tags, text }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['notes', shelf] }),
  })
  if (notes.error && !notes.data) return <ProblemCard problem={parts(notes.error)} />
  const isChanged = JSON.stringify({ tags, text }) !== known
  return (
    <Stack gap="sm" maw={640}>
      <TagsInput label="Tags" value={tags} onChange={setTags} placeholder={tags.length ? '' : 'words to find it by'} maxTags={20} />
      <Textarea label="Note" value={text} onChange={(event) => setText(event.currentTarget.value)} autosize minRows={2} placeholder="what you tried, what you saw" />
      {keep.error && <ProblemCard problem={parts(keep.error)} />}
      <Group>
        <Button variant="default" disabled={!isChanged} loading={keep.isPending} onClick={() => keep.mutate()}>Keep</Button>
      </Group>
    </Stack>
  )
}
