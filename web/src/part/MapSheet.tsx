import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import type { TileSheet } from '../api/types'
import { plain } from './format'
import { sheetSize, stepped, tileAt, tileBox } from './tiles'

const GLASS = 160

/** Maps side by side; the one under the pointer, or that the arrow keys lead to, is shown large, and opens with a click or Enter. */
export function MapSheet({ sheet, src, layer, what, onOpen }: {
  sheet: TileSheet; src: string; layer: string; what: 'map' | 'feature' | 'filter'; onOpen?: (channel: number) => void
}) {
  const [tile, setTile] = useState<number | null>(null)
  const [focused, setFocused] = useState(false)
  const { width, height } = sheetSize(sheet)
  const shownWidth = Math.min(width, 720)
  const find = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect()
    setTile(tileAt(sheet, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height))
  }
  const key = (event: KeyboardEvent) => {
    const to = stepped(event.key, tile ?? 0, sheet.columns, sheet.shown)
    if (event.key.startsWith('Arrow') || event.key === 'Home' || event.key === 'End') {
      event.preventDefault()
      setTile(to)
    }
  }
  const open = () => { if (tile !== null) onOpen?.(sheet.first + tile) }
  const name = tile === null ? `${what}s of ${layer}: ${sheet.shown} of ${sheet.of}` : `${what} ${sheet.first + tile} of ${layer}`
  return (
    <button type="button" className="sheet" aria-label={`${name}. Arrow keys choose one${onOpen ? ', Enter opens it' : ''}.`}
      style={{ cursor: onOpen ? 'zoom-in' : 'default' }}
      onPointerMove={find} onPointerLeave={() => setTile(null)} onKeyDown={key}
      onFocus={(event) => { if (event.currentTarget.matches(':focus-visible')) { setFocused(true); setTile((at) => at ?? 0) } }}
      onBlur={() => { setFocused(false); setTile(null) }} onClick={open}>
      <img src={src} alt="" width={shownWidth} style={{ aspectRatio: `${width} / ${height}` }} loading="lazy" className="pixels" />
      {tile !== null && <Marked sheet={sheet} tile={tile} />}
      {tile !== null && <Glass sheet={sheet} tile={tile} src={src} what={what} below={focused} />}
    </button>
  )
}

const percent = (share: number) => `${(100 * share).toFixed(3)}%`

function Marked({ sheet, tile }: { sheet: TileSheet; tile: number }) {
  const box = tileBox(sheet, tile)
  const { width, height } = sheetSize(sheet)
  return <span style={{ left: percent(box.left / width), top: percent(box.top / height), width: percent(box.width / width), height: percent(box.height / height) }} />
}

function Glass({ sheet, tile, src, what, below }: { sheet: TileSheet; tile: number; src: string; what: string; below: boolean }) {
  const box = tileBox(sheet, tile)
  const { width, height } = sheetSize(sheet)
  const scale = GLASS / Math.max(box.width, box.height)
  const atRight = box.left > width / 2
  const low = sheet.minima[tile]
  const high = sheet.maxima[tile]
  return (
    <div className="glass" data-below={below} style={{
      top: percent((box.top + box.height) / height), marginTop: 8,
      ...(atRight ? { right: percent(Math.max(0, 1 - (box.left + box.width) / width)) } : { left: percent(box.left / width) }),
    }}>
      <div style={{
        width: box.width * scale, height: box.height * scale, backgroundImage: `url("${src}")`,
        backgroundSize: `${width * scale}px ${height * scale}px`, backgroundPosition: `${-box.left * scale}px ${-box.top * scale}px`,
      }} />
      <b>{what} {sheet.first + tile}</b>
      {low !== undefined && high !== undefined && <><br />{plain(low)} … {plain(high)}</>}
    </div>
  )
}
