import dagre from '@dagrejs/dagre'
import { Box } from '@mantine/core'
import { useMemo } from 'react'
import type { Network } from '../api/types'
import { shape, short } from '../part/format'

const WIDTH = 216
const HEIGHT = 46

type Box = { name: string; kind: string; settings: string; parameters: number; x: number; y: number }
type Edge = { path: string; words: string; x: number; y: number }

/** Places layers and what they hand on; pure, so that it can be tested. */
export function placed(network: Network): { boxes: Box[]; edges: Edge[]; width: number; height: number } {
  const graph = new dagre.graphlib.Graph()
  graph.setGraph({ rankdir: 'TB', ranksep: 16, nodesep: 36, marginx: 20, marginy: 20 })
  graph.setDefaultEdgeLabel(() => ({}))
  const shapes = new Map<string, number[]>([['input', network.input]])
  graph.setNode('input', { width: WIDTH, height: HEIGHT })
  network.layers.forEach((layer) => {
    shapes.set(layer.layer, layer.output)
    graph.setNode(layer.layer, { width: WIDTH, height: HEIGHT })
  })
  network.layers.forEach((layer, i) => network.inputs[i]?.forEach((from) =>
    graph.setEdge(from, layer.layer, { width: 12 + 6 * words(from, shapes.get(from) ?? []).length, height: 16, labelpos: 'r', labeloffset: 8 })))
  dagre.layout(graph)
  const box = (name: string, kind: string, settings: string, parameters: number): Box => {
    const { x, y } = graph.node(name)
    return { name, kind, settings, parameters, x, y }
  }
  const edges = graph.edges().map((edge): Edge => {
    const { points, x, y, width } = graph.edge(edge) as { points: { x: number; y: number }[]; x: number; y: number; width: number }
    return {
      path: points.map((point, i) => `${i === 0 ? 'M' : 'L'}${point.x.toFixed(1)} ${point.y.toFixed(1)}`).join(''),
      words: words(edge.v, shapes.get(edge.v) ?? []), x: x - width / 2, y,
    }
  })
  const { width = 0, height = 0 } = graph.graph()
  return {
    boxes: [box('input', 'picture', '', 0), ...network.layers.map((layer) => box(layer.layer, layer.kind, layer.settings, layer.parameters))],
    edges, width, height,
  }
}

/** What goes over an edge: whose it is, and its shape. */
const words = (from: string, sizes: number[]) => `${cut(from, 20)}  ${shape(sizes)}`

/** The network as a drawing: a box for each layer, and on every edge the name and the shape of what is handed on. */
export function Graph({ network }: { network: Network }) {
  const { boxes, edges, width, height } = useMemo(() => placed(network), [network])
  return (
    <Box className="surface" style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label="Drawing of the layers">
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${network.layers.length} layers of ${network.name}`} style={{ display: 'block', margin: '0 auto' }}>
        <defs>
          <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0.8 7 4 0 7.2z" fill="var(--quiet)" /></marker>
        </defs>
        {edges.map((edge, i) => (
          <g key={i}>
            <path d={edge.path} fill="none" stroke="var(--quiet)" strokeWidth={1.2} markerEnd="url(#tip)" />
            <text x={edge.x} y={edge.y + 4} fontSize={11} fill="var(--quiet)">{edge.words}</text>
          </g>
        ))}
        {boxes.map((box) => (
          <g key={box.name} transform={`translate(${box.x - WIDTH / 2} ${box.y - HEIGHT / 2})`}>
            <title>{[box.name, box.kind, box.settings].filter(Boolean).join(', ')}</title>
            <rect width={WIDTH} height={HEIGHT} rx={9} fill="var(--page)" stroke={box.parameters > 0 ? 'var(--train)' : 'var(--line)'} strokeWidth={box.parameters > 0 ? 1.4 : 1.2} />
            <text x={12} y={19} fontSize={12.5} fontWeight={620} fill="currentColor">{cut(box.name, 20)}</text>
            {box.parameters > 0 && <text x={WIDTH - 12} y={19} fontSize={11} textAnchor="end" fill="var(--quiet)">{short(box.parameters)}</text>}
            <text x={12} y={36} fontSize={11} fill="var(--quiet)">{cut([box.kind, box.settings].filter(Boolean).join(' '), 34)}</text>
          </g>
        ))}
      </svg>
    </Box>
  )
}

const cut = (words: string, most: number) => (words.length > most ? `${words.slice(0, most - 1)}…` : words)
