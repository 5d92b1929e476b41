import type { JSX } from 'preact'
import { formatCount, formatNumber } from './format.ts'

/** Rows that are drawn at first; thousands of them take seconds to draw, and again with each key. */
export const FIRST_ROWS = 500

/** How many rows an address asks for. */
export const rowsIn = (parameters: URLSearchParams): number => {
  const rows = Number(parameters.get('rows'))
  return Number.isInteger(rows) && rows > FIRST_ROWS ? rows : FIRST_ROWS
}

/** Puts that into an address, unless it is what is shown anyway. */
export const setRows = (parameters: URLSearchParams, rows: number): void => {
  if (rows > FIRST_ROWS) parameters.set('rows', String(rows))
}

interface MoreRowsProps {
  readonly shown: number
  readonly of: number
  readonly onShow: (rows: number) => void
}

/** Below rows of which not all are shown: how many are not, and the way to them. */
export const MoreRows = ({ shown, of, onShow }: MoreRowsProps): JSX.Element | null =>
  shown >= of ? null : (
    <p class="note more-rows">
      {formatCount(of - shown, 'more row')} not shown.{' '}
      <button type="button" class="button" onClick={() => onShow(shown + FIRST_ROWS)}>
        Show {formatNumber(Math.min(FIRST_ROWS, of - shown))} more
      </button>
    </p>
  )
