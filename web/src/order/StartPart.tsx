import { SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import type { NetworkSummary, Weights } from '../api/types'
import { shape, short } from '../part/format'
import { NumberField } from '../part/NumberField'
import { typed } from '../part/typed'
import { Flag } from './SettingInput'
import type { Start } from './order'

type Props = { start: Start; networks: NetworkSummary[]; weights: Weights[]; help: Record<string, string>; usual: string; onChange: (start: Start) => void }

/** What the weights are before the first step: drawn, of others, or of a checkpoint. */
export function StartPart({ start, networks, weights, help, usual, onChange }: Props) {
  const from = (word: string) => {
    if (word === 'network') onChange({ from: 'network', network: usual })
    else if (word === 'pretrained') onChange({ from: 'pretrained', weights: weights[0]?.name ?? '', transfer: 'features', head: 'linear', copies: null, newHead: false })
  }
  return (
    <Stack gap="md">
      {start.from !== 'checkpoint' && (
        <SegmentedControl value={start.from} onChange={from} aria-label="What it begins with" fullWidth
          data={[{ value: 'network', label: 'A network from scratch' }, { value: 'pretrained', label: 'Weights of others' }]} />
      )}
      {start.from === 'network' && <NetworkChoice start={start} networks={networks} onChange={onChange} />}
      {start.from === 'checkpoint' && (
        <TextInput label="Goes on from" description="The network and its weights are those of this checkpoint." value={start.checkpoint} onChange={(event) => onChange({ ...start, checkpoint: event.currentTarget.value })} />
      )}
      {start.from === 'pretrained' && <PretrainedChoice start={start} weights={weights} help={help} onChange={onChange} />}
    </Stack>
  )
}

function NetworkChoice({ start, networks, onChange }: { start: Start & { from: 'network' }; networks: NetworkSummary[]; onChange: (start: Start) => void }) {
  const word = (each: NetworkSummary) => each.file ?? each.name
  const chosen = networks.find((each) => word(each) === start.network)
  const own = networks.filter((each) => each.file)
  const catalogue = networks.filter((each) => !each.file)
  const group = (name: string, items: NetworkSummary[]) => (items.length === 0 ? [] : [{ group: name, items: items.map((each) => ({ value: word(each), label: each.name })) }])
  return (
    <Select label="Network" searchable allowDeselect={false} value={start.network || null} onChange={(value) => value && onChange({ from: 'network', network: value })}
      description={chosen ? `${chosen.description} ${short(chosen.parameters)} parameters as made for ${shape(chosen.input)}.` : networks.length === 0 ? 'No network fits these pictures.' : 'Only those that fit the dataset are listed.'}
      data={[...group('Your own', own), ...group('Catalogue', catalogue)]} />
  )
}

function PretrainedChoice({ start, weights, help, onChange }: { start: Start & { from: 'pretrained' }; weights: Weights[]; help: Record<string, string>; onChange: (start: Start) => void }) {
  const chosen = weights.find((each) => each.name === start.weights)
  const transfer = start.transfer.startsWith('last:') ? 'last' : start.transfer
  const last = typed(start.transfer.split(':')[1] ?? '2')
  const head = start.head.split(':')[0]!
  const number = typed(start.head.split(':')[1] ?? '')
  const usualNumber = head === 'mlp' ? 64 : 5
  return (
    <>
      <Select label="Weights" searchable allowDeselect={false} value={start.weights || null} onChange={(value) => value && onChange({ ...start, weights: value })}
        description={chosen ? `${chosen.network ?? ''}${chosen.isHere ? '' : '; fetched first, from the network'}. ${chosen.licence ?? ''}` : 'There are none.'}
        data={[{ group: 'In the workspace', items: weights.filter((each) => each.isHere && !each.problem).map((each) => each.name) }, { group: 'Public', items: weights.filter((each) => !each.isHere).map((each) => each.name) }].filter((each) => each.items.length > 0)} />
      <Select label="What learns" description={help['transfer']} value={transfer} allowDeselect={false}
        data={[{ value: 'features', label: 'a new head, on features' }, { value: 'head', label: 'the head' }, { value: 'last', label: 'the head and the last layers' }, { value: 'all', label: 'all layers' }]}
        onChange={(value) => value && onChange({ ...start, transfer: value === 'last' ? `last:${last}` : value })} />
      {transfer === 'last' && <NumberField label="Last layers" description={help['last']} value={last} usual={2} onChange={(value = 2) => onChange({ ...start, transfer: `last:${value}` })} />}
      {transfer === 'features' && (
        <>
          <Select label="Head" description={help['head']} value={head} allowDeselect={false} data={['linear', 'mlp', 'knn']} onChange={(value) => value && onChange({ ...start, head: value === 'mlp' ? 'mlp:64' : value === 'knn' ? 'knn:5' : 'linear' })} />
          {head !== 'linear' && <NumberField label={head === 'mlp' ? 'Hidden units' : 'Neighbours'} value={number} usual={usualNumber} onChange={(value = usualNumber) => onChange({ ...start, head: `${head}:${value}` })} />}
          <NumberField label="Augmented copies" description={help['copies']} placeholder="as usual" value={start.copies ?? undefined} onChange={(copies) => onChange({ ...start, copies: copies ?? null })} />
        </>
      )}
      {transfer !== 'features' && <Flag words="A new head of random weights" help={help['newHead']} value={start.newHead} onChange={(newHead) => onChange({ ...start, newHead })} />}
      {weights.length === 0 && <Text size="sm">No weights are known.</Text>}
    </>
  )
}
