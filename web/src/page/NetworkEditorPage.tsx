import { Box, Button, Group, Loader, Modal, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useBlocker, useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useRef, useState } from 'react'
import { api } from '../api/client'
import type { LayerKind, Network, NetworkCheck } from '../api/types'
import { Graph } from '../chart/Graph'
import { YamlEditor } from '../network/YamlEditor'
import { count, shape, short } from '../part/format'
import { Fact, Heading } from '../part/Heading'
import { ProblemCard, parts } from '../part/ProblemCard'
import { keepNetworkTwin } from '../part/twins'
import { Twins } from '../part/Twins'

/** A network file is written, with its drawing beside it; what is wrong stands at its line. */
export function NetworkEditorPage() {
  const search = useSearch({ from: '/network-editor' })
  const base = search.name ?? search.like
  const network = useQuery({ queryKey: ['networks', base ?? ''], queryFn: () => api.network(base!), enabled: base !== undefined })
  const all = useQuery({ queryKey: ['networks'], queryFn: () => api.networks() })
  const kinds = useQuery({ queryKey: ['layers'], queryFn: api.layerKinds, staleTime: Infinity })
  const error = network.error ?? all.error ?? kinds.error
  if (error) return <ProblemCard problem={parts(error)} />
  if (!kinds.data || !all.data || (base !== undefined && !network.data)) return <Loader m="xl" aria-label="Loading" />
  const taken = all.data.networks.map((each) => each.name)
  const text = network.data ? (search.name ? network.data.yaml : renamed(network.data.yaml, free(network.data.name, taken))) : renamed(blank, free('my', taken))
  return <Editor key={base ?? ''} text={text} kinds={kinds.data.kinds} edited={search.name} own={all.data.networks.filter((each) => each.file).map((each) => each.name)} />
}

type EditorProps = {
  text: string; kinds: LayerKind[]
  /** The network of one's own that is edited; undefined if it is a new one. */
  edited: string | undefined
  /** Names of one's own networks, which are not replaced without a question. */
  own: string[]
}

function Editor({ text, kinds, edited, own }: EditorProps) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const workspace = useQuery({ queryKey: ['workspace'], queryFn: api.workspace, staleTime: Infinity })
  const [now, setNow] = useState(text)
  const [checked, setChecked] = useState<{ text: string; check: NetworkCheck } | null>(null)
  const [good, setGood] = useState<Network | null>(null)
  const check = useMemo(() => async (written: string) => {
    const found = await api.checkNetwork(written)
    setChecked({ text: written, check: found })
    if (found.network) setGood(found.network)
    return found.problem ?? null
  }, [])
  const name = good?.name ?? ''
  const isWhole = checked !== null && checked.text === now && checked.check.network !== undefined
  const [asking, setAsking] = useState(false)
  const isTaken = name !== edited && own.includes(name)
  const unsaved = useRef(false)
  unsaved.current = now !== text
  const isUnsaved = useCallback(() => unsaved.current, [])
  const leaving = useBlocker({ shouldBlockFn: isUnsaved, enableBeforeUnload: isUnsaved, withResolver: true })
  const keep = useMutation({
    mutationFn: () => api.keepNetwork(name, now, isTaken || name === edited),
    onError: () => queries.invalidateQueries({ queryKey: ['networks'] }), // another page may have kept one of this name
    onSettled: () => setAsking(false),
    onSuccess: () => {
      unsaved.current = false
      void queries.invalidateQueries({ queryKey: ['networks'] })
      void navigate({ to: '/networks/$name', params: { name } })
    },
  })
  const file = `${workspace.data?.folder ?? ''}/networks/${name}.yaml`
  return (
    <>
      <Heading title={edited === undefined ? 'New network' : name} line="One line for each layer, in the order in which a picture goes through them. Ctrl-Space shows what may stand here.">
        <Button onClick={() => (isTaken ? setAsking(true) : keep.mutate())} disabled={!isWhole} loading={keep.isPending}>{name ? `Keep ${name}` : 'Keep'}</Button>
        <Twins what="Keep this network" twin={keepNetworkTwin(name, file, isTaken || name === edited)} />
      </Heading>
      <Modal opened={asking} onClose={() => setAsking(false)} title={`Replace ${name}?`} centered>
        <Text>A network of your own is called {name} already. Runs that used it keep theirs; the file is replaced, and that cannot be undone.</Text>
        <Group mt="lg" gap="xs">
          <Button color="red.9" loading={keep.isPending} onClick={() => keep.mutate()}>Replace it</Button>
          <Button variant="default" onClick={() => setAsking(false)}>Choose another name</Button>
        </Group>
      </Modal>
      <Modal opened={leaving.status === 'blocked'} onClose={() => leaving.reset?.()} title="Leave without keeping it?" centered>
        <Text>What was written here since it was opened would be lost.</Text>
        <Group mt="lg" gap="xs">
          <Button color="red.9" onClick={() => leaving.proceed?.()}>Leave</Button>
          <Button variant="default" onClick={() => leaving.reset?.()}>Stay here</Button>
        </Group>
      </Modal>
      {keep.error && <Box mb="md"><ProblemCard problem={parts(keep.error)} /></Box>}
      <Box style={{ display: 'grid', gap: 20, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 400px), 1fr))', alignItems: 'start' }}>
        <Box style={{ minWidth: 0 }}>
          <YamlEditor text={text} kinds={kinds} onChange={setNow} check={check} />
          <Box mt="sm" aria-live="polite">
            {checked?.check.problem ? <ProblemCard problem={checked.check.problem} /> : checked && <Text size="sm" c="dimmed">Every layer fits the one before it.</Text>}
          </Box>
        </Box>
        <Box style={{ minWidth: 0 }}>
          {good && (
            <>
              <Group className="surface" p="md" mb="sm" gap="xl">
                <Fact label="parameters">{count(good.parameters)}</Fact>
                <Fact label="MACs for a picture">{short(good.macs)}</Fact>
                <Fact label="input">{shape(good.input)}</Fact>
                <Fact label="output">{shape(good.output)}</Fact>
              </Group>
              <Box style={{ opacity: checked?.check.problem ? 0.5 : 1 }}><Graph network={good} /></Box>
            </>
          )}
        </Box>
      </Box>
    </>
  )
}

const blank = `name: my
input: [1, 28, 28]            # channels, height, width
layers:
  - convolution: {outputs: 20, kernel: 5}
  - relu
  - max-pooling: {kernel: 2}
  - flatten
  - dense: {outputs: 10}      # as many outputs as there are classes
`

const renamed = (text: string, name: string) => text.replace(/^name:.*$/m, `name: ${name}`)

function free(name: string, taken: string[]): string {
  for (let i = 1; ; i++) {
    const wanted = i === 1 ? `${name}-mine` : `${name}-mine-${i}`
    if (!taken.includes(wanted)) return wanted
  }
}
