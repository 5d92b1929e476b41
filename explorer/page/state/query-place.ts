import { type Filter, parametersOf, type Query, QueryError, queryOf } from '../../query.ts'
import { hrefOf } from './location.ts'

/** What a view's address asks for; or what is wrong with the address, which a person may have typed. */
export type Asked = { readonly query: Query } | { readonly problem: string }

export const askedOf = (parameters: URLSearchParams): Asked => {
  try {
    return { query: queryOf(parameters) }
  } catch (cause) {
    if (cause instanceof QueryError) return { problem: cause.message }
    throw cause
  }
}

/** The address of *Explore* for a query, with what only the page knows, such as `by`, beside it. */
export const exploreHref = (query: Query, extra: Readonly<Record<string, string | undefined>> = {}): string => {
  const parameters = parametersOf(query)
  for (const [name, value] of Object.entries(extra)) if (value) parameters.set(name, value)
  return hrefOf('/explore', parameters)
}

/** With one condition more, at the end; the same condition twice is one, and its opposite gives way. */
export const withFilter = (query: Query, added: Filter): Query => ({
  ...query,
  filters: [...query.filters.filter((filter) => !isAbout(filter, added)), added],
})

export const withoutFilter = (query: Query, gone: Filter): Query => ({
  ...query,
  filters: query.filters.filter((filter) => filter !== gone),
})

const isAbout = (one: Filter, other: Filter): boolean =>
  one.scope === other.scope && one.name === other.name && one.value === other.value
