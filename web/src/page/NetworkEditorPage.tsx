import { Box, Button, Group, Loader, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
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
  return <Editor key={base ?? ''} text={text} kinds={kinds.data.kinds} isNew={search.name === undefined} />
}

function Editor({ text, kinds, isNew }: { text: string; kinds: LayerKind[]; isNew: boolean }) {
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
  const keep = useMutation({
    mutationFn: () => api.keepNetwork(name, now),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['networks'] })
      void navigate({ to: '/networks/$name', params: { name } })
    },
  })
  const file = `${workspace.data?.folder ?? ''}/networks/${name}.yaml`
  return (
    <>
      <Heading title={isNew ? 'New network' : name} line="One line for each layer, in the order in which a picture goes through them. Ctrl-Space shows what may stand here.">
        <Button onClick={() => keep.mutate()} disabled={!isWhole} loading={keep.isPending}>{name ? `Keep ${name}` : 'Keep'}</Button>
        <Twins what="Keep this network" twin={keepNetworkTwin(name, file)} />
      </Heading>
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
