import { hrefOf, navigate } from '../state/location.ts'
import { rowsIn, setRows } from '../ui/more-rows.tsx'

const SHOWN_AS = ['table', 'bar', 'line'] as const
export type ShownAs = (typeof SHOWN_AS)[number]

/** What is asked, and how its answer is shown. */
export interface AskState {
  readonly sql: string
  readonly shownAs: ShownAs
  /** As many rows of a table as are drawn at most. */
  readonly rows: number
}

export const shownAsOf = (text: string | null): ShownAs => SHOWN_AS.find((known) => known === text) ?? 'table'

export const askStateOf = (parameters: URLSearchParams): AskState => ({
  sql: parameters.get('sql') ?? '',
  shownAs: shownAsOf(parameters.get('as')),
  rows: rowsIn(parameters),
})

export const goAsk = ({ sql, shownAs, rows }: AskState, options: { readonly replace?: boolean } = {}): void => {
  const parameters = new URLSearchParams({ sql })
  if (shownAs !== 'table') parameters.set('as', shownAs)
  setRows(parameters, rows)
  navigate(hrefOf('/ask', parameters), options)
}
