import { expect, test } from 'vitest'
import type { TileSheet } from '../api/types'
import { sheetSize, stepped, tileAt, tileBox } from './tiles'

const sheet: TileSheet = {
  of: 5, first: 0, shown: 5, columns: 3, rows: 2, tileHeight: 10, tileWidth: 20, pixelsPerValue: 1, valuesPerPixel: 1, gap: 2,
  minima: [], maxima: [],
}

test('a sheet has gaps between its tiles only', () => {
  expect(sheetSize(sheet)).toEqual({ width: 64, height: 22 })
  expect(tileBox(sheet, 4)).toEqual({ left: 22, top: 12, width: 20, height: 10 })
})

test('a point finds its tile, and none between and behind them', () => {
  expect(tileAt(sheet, 23 / 64, 13 / 22)).toBe(4)
  expect(tileAt(sheet, 21 / 64, 0)).toBe(null)
  expect(tileAt(sheet, 50 / 64, 13 / 22)).toBe(null)
  expect(tileAt(sheet, 1, 0)).toBe(null)
})

test('arrows move within the rows and stop at the ends', () => {
  expect(stepped('ArrowDown', 1, 3, 5)).toBe(4)
  expect(stepped('ArrowDown', 2, 3, 5)).toBe(2)
  expect(stepped('ArrowLeft', 0, 3, 5)).toBe(0)
  expect(stepped('End', 0, 3, 5)).toBe(4)
  expect(stepped('a', 2, 3, 5)).toBe(2)
})
