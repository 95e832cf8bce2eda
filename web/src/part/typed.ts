/** A number as it is typed: as a number where it is one, as its text where it is none, and undefined where nothing is typed. */
export type Typed = number | string | undefined

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** Reads what is typed. What is no number keeps its text, so that whoever judges it can say what was found. */
export function typed(text: string): Typed {
  const word = text.trim()
  if (word === '') return undefined
  const number = Number(word)
  const isExact = !Number.isInteger(number) || Number.isSafeInteger(number) || /e/i.test(word)
  return NUMBER.test(word) && Number.isFinite(number) && isExact ? number : text
}

/** Writes a number as a person would type it: a sum of binary fractions without the digits that nobody meant. */
export function written(value: Typed): string {
  if (typeof value !== 'number') return value ?? ''
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(12)))
}

type Bounds = { least: number; most?: number; whole?: boolean }

/** Returns what is wrong with a number that is typed, or undefined where nothing is. */
export function fault(value: Typed, { least, most = Infinity, whole = true }: Bounds): string | undefined {
  if (value === undefined) return undefined
  const isRight = typeof value === 'number' && value >= least && value <= most && (!whole || Number.isSafeInteger(value))
  if (isRight) return undefined
  const kind = whole ? 'A whole number' : 'A number'
  return `${kind} ${most === Infinity ? `from ${least}` : `from ${least} to ${most}`}, not ${written(value)}.`
}

/**
 * Returns the text of a field.
 *
 * @param text  what was typed since the field was entered; null where nothing was
 * @param value what is ordered
 * @param usual what is ordered where the field is left empty
 */
export const shown = (text: string | null, value: Typed, usual: Typed): string =>
  (text !== null && (typed(text) ?? usual) === (value ?? usual) ? text : written(value ?? usual))
