import { hrefOf, navigate } from '../state/location.ts'

const SHOWN_AS = ['table', 'bar', 'line'] as const
export type ShownAs = (typeof SHOWN_AS)[number]

/** What is asked, and how its answer is shown. */
export interface AskState {
  readonly sql: string
  readonly shownAs: ShownAs
}

export const shownAsOf = (text: string | null): ShownAs => SHOWN_AS.find((known) => known === text) ?? 'table'

export const askStateOf = (parameters: URLSearchParams): AskState => ({
  sql: parameters.get('sql') ?? '',
  shownAs: shownAsOf(parameters.get('as')),
})

export const goAsk = ({ sql, shownAs }: AskState, options: { readonly replace?: boolean } = {}): void => {
  const parameters = new URLSearchParams({ sql })
  if (shownAs !== 'table') parameters.set('as', shownAs)
  navigate(hrefOf('/ask', parameters), options)
}
