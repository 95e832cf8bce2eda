import type { TileSheet } from '../api/types'

/** Where tiles lie in a sheet; pure, so that it can be tested. */

export type Box = { left: number; top: number; width: number; height: number }

export const sheetSize = (sheet: TileSheet) => ({
  width: sheet.columns * (sheet.tileWidth + sheet.gap) - sheet.gap,
  height: sheet.rows * (sheet.tileHeight + sheet.gap) - sheet.gap,
})

/** Returns the tile under a point, as shares of the sheet's sides; null between tiles and behind the last. */
export function tileAt(sheet: TileSheet, x: number, y: number): number | null {
  const { width, height } = sheetSize(sheet)
  const left = x * width
  const top = y * height
  const column = Math.floor(left / (sheet.tileWidth + sheet.gap))
  const row = Math.floor(top / (sheet.tileHeight + sheet.gap))
  if (column < 0 || row < 0 || column >= sheet.columns || row >= sheet.rows) return null
  if (left - column * (sheet.tileWidth + sheet.gap) >= sheet.tileWidth || top - row * (sheet.tileHeight + sheet.gap) >= sheet.tileHeight) return null
  const tile = row * sheet.columns + column
  return tile < sheet.shown ? tile : null
}

/** Returns a tile's box in pixels of the sheet. */
export function tileBox(sheet: TileSheet, tile: number): Box {
  return {
    left: (tile % sheet.columns) * (sheet.tileWidth + sheet.gap),
    top: Math.floor(tile / sheet.columns) * (sheet.tileHeight + sheet.gap),
    width: sheet.tileWidth,
    height: sheet.tileHeight,
  }
}

/** Returns where an arrow key leads among things in rows; the same where it leads nowhere. */
export function stepped(key: string, at: number, columns: number, count: number): number {
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, ArrowUp: at - columns, ArrowDown: at + columns, Home: 0, End: count - 1 }[key]
  return to === undefined || to < 0 || to >= count ? at : to
}
