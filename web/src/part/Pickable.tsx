import { Checkbox } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Shelf } from '../api/client'
import type { Picking } from './pick'

/** A card or a row; while things are picked, a click picks it instead of opening it. */
export function Pickable({ picking, shelf, name, children }: { picking: Picking; shelf: Shelf; name: string; children: ReactNode }) {
  if (!picking.on) return children
  const isPicked = picking.has(shelf, name)
  return (
    <div className="pickable" data-picked={isPicked} onClickCapture={(event) => { event.preventDefault(); event.stopPropagation(); picking.toggle(shelf, name) }}>
      {children}
      <Checkbox className="pick" checked={isPicked} readOnly aria-label={`Pick ${name}`} />
    </div>
  )
}
