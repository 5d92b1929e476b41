import { parametersOf, type Query } from '../../query.ts'
import { navigate } from '../state/location.ts'
import { askedOf, exploreHref } from '../state/query-place.ts'

/** All that *Explore* shows follows from this, and this from the address. */
export interface ExploreState {
  readonly query: Query
  /** `<scope>:<attribute>` that the table groups by; undefined: what the first finding is about. */
  readonly by?: string
  /** A column of that table, the largest first; with `-` before it the smallest first. */
  readonly sort?: string
  /** The parts that are unfolded, by name; of a finding's details its number. */
  readonly open: readonly string[]
}

/** Throws nothing: what is wrong with the address is one of the answers. */
export const exploreStateOf = (
  parameters: URLSearchParams,
): { readonly state: ExploreState } | { readonly problem: string } => {
  const asked = askedOf(parameters)
  if ('problem' in asked) return asked
  const [by, sort] = [parameters.get('by'), parameters.get('sort')]
  const open = (parameters.get('open') ?? '').split(',').filter((part) => part !== '')
  return { state: { query: asked.query, open, ...(by ? { by } : {}), ...(sort ? { sort } : {}) } }
}

export const hrefOfState = ({ query, by, sort, open }: ExploreState): string =>
  exploreHref(query, { by, sort, open: open.join(',') })

export const withOpen = (state: ExploreState, part: string, isOpen: boolean): ExploreState => ({
  ...state,
  open: [...state.open.filter((other) => other !== part), ...(isOpen ? [part] : [])],
})

export const go = (state: ExploreState, options: { readonly replace?: boolean } = {}): void =>
  navigate(hrefOfState(state), options)

/** A route of the API with a query's parameters, and others beside them. */
export const apiPath = (route: string, query: Query, extra: Readonly<Record<string, string>> = {}): string => {
  const parameters = parametersOf(query)
  for (const [name, value] of Object.entries(extra)) parameters.set(name, value)
  return `/api/${route}?${parameters}`
}

/** The same query for what takes no notice of the selection, so that a new selection asks nothing anew. */
export const populationPath = (route: string, query: Query, extra: Readonly<Record<string, string>> = {}): string =>
  apiPath(route, { ...query, selection: { kind: 'slow' } }, extra)
