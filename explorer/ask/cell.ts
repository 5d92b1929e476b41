import { DuckDBDecimalValue, DuckDBTimestampTZValue, DuckDBTimestampValue, type DuckDBValue } from '@duckdb/node-api'

export type Cell = string | number | boolean | null

/** Longer text is cut: nobody reads it in a table. */
const MAX_TEXT = 10_000
/** Decimal digits that every double keeps. */
const EXACT_DIGITS = 15

/** A value for JSON: a number where JSON holds it exactly, a time as ISO text, everything else as text. */
export const cellOf = (value: DuckDBValue): Cell => {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'bigint') return numberOr(value, String(value))
  if (value instanceof DuckDBDecimalValue) {
    return value.width <= EXACT_DIGITS ? Number(value.toString()) : value.toString()
  }
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) return isoOf(value)
  return cut(String(value))
}

const numberOr = (value: bigint, text: string): Cell => {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : text
}

/** Of a time that JavaScript's dates do not reach, the database's own text. */
const isoOf = (value: DuckDBTimestampValue | DuckDBTimestampTZValue): string => {
  const date = new Date(Number(value.micros) / 1000)
  return Number.isNaN(date.getTime()) ? String(value) : date.toISOString()
}

const cut = (text: string): string => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text)
