/**
 * What one looks at: which spans, and which of them are compared with the others. The page keeps it in its address, the
 * API and the command line take it under the same names, so that each of them can be handed on as it is.
 */
export interface Query {
  /** The name of the spans in question: `issue`, `pull_request`, `build`, `deploy` or a custom event's type. */
  readonly operation: string
  /** Only spans that ended (open ones: began) from here on, epoch milliseconds. */
  readonly fromMillis?: number
  /** … and before here. */
  readonly toMillis?: number
  readonly filters: readonly Filter[]
  readonly selection: Selection
}

/** A condition on a span or on another span of its trace. */
export interface Filter {
  /** `self`: on the span itself; else the operation of another span of its trace. */
  readonly scope: string
  /** An attribute; `*`: that there is such a span at all. */
  readonly name: string
  /** Undefined: whatever its value. */
  readonly value?: string
  /** That it is not so. */
  readonly isNot: boolean
}

/** The spans that are compared with the rest of the population. Durations in milliseconds, both bounds inclusive. */
export type Selection =
  | { readonly kind: 'slow' | 'fast' | 'failed' }
  | { readonly kind: 'duration'; readonly minMillis: number; readonly maxMillis: number }

/** What is wrong with a query, in one sentence that names the parameter and says what it takes. */
export class QueryError extends Error {
  constructor(parameter: string, takes: string) {
    super(`${parameter} takes ${takes}.`)
    this.name = 'QueryError'
  }
}

const SELECTIONS = ['slow', 'fast', 'failed', 'duration'] as const
/** Attributes, operations and values are bounded, so that no address is too long for a server. */
const MAX_TEXT = 500
const MAX_FILTERS = 20

/**
 * A query from the parameters of an address: `operation=issue&select=slow&from=2026-09-01&to=2026-10-01` and any number of
 * `filter=deploy:build.parameter.deploy_type=ami`, `filter=!self:pull_request.draft`, `filter=deploy:*`.
 *
 * @throws QueryError
 */
export const queryOf = (parameters: URLSearchParams): Query => {
  const [fromMillis, toMillis] = [momentOf(parameters, 'from'), momentOf(parameters, 'to')]
  const filters = parameters.getAll('filter').map(filterOf)
  if (filters.length > MAX_FILTERS) throw new QueryError('filter', `at most ${MAX_FILTERS} conditions`)
  return {
    operation: bounded('operation', parameters.get('operation') || 'issue'),
    ...(fromMillis === undefined ? {} : { fromMillis }),
    ...(toMillis === undefined ? {} : { toMillis }),
    filters,
    selection: selectionOf(parameters),
  }
}

/** The parameters that {@link queryOf} makes the same query of. */
export const parametersOf = ({ operation, fromMillis, toMillis, filters, selection }: Query): URLSearchParams => {
  const parameters = new URLSearchParams({ operation, select: selection.kind })
  if (selection.kind === 'duration') {
    parameters.set('min', String(selection.minMillis))
    parameters.set('max', String(selection.maxMillis))
  }
  if (fromMillis !== undefined) parameters.set('from', new Date(fromMillis).toISOString())
  if (toMillis !== undefined) parameters.set('to', new Date(toMillis).toISOString())
  for (const filter of filters) parameters.append('filter', textOf(filter))
  return parameters
}

/** `[!]<scope>:<name>[=<value>]`; the value may hold anything. */
export const textOf = ({ scope, name, value, isNot }: Filter): string =>
  `${isNot ? '!' : ''}${scope}:${name}${value === undefined ? '' : `=${value}`}`

/** @throws QueryError */
export const filterOf = (text: string): Filter => {
  const [, not, scope, name, value] = /^(!?)([^:=]+):([^=]+)(?:=(.*))?$/s.exec(bounded('filter', text)) ?? []
  if (scope === undefined || name === undefined) {
    throw new QueryError(
      'filter',
      '[!]<self or operation>:<attribute>=<value>, such as deploy:build.parameter.deploy_type=ami',
    )
  }
  return { scope, name, ...(value === undefined ? {} : { value }), isNot: not === '!' }
}

const selectionOf = (parameters: URLSearchParams): Selection => {
  const text = parameters.get('select') || 'slow'
  const kind = SELECTIONS.find((known) => known === text)
  if (kind === undefined) throw new QueryError('select', `one of ${SELECTIONS.join(', ')}`)
  if (kind !== 'duration') return { kind }
  const [minMillis, maxMillis] = [millisOf(parameters, 'min', 0), millisOf(parameters, 'max', Number.MAX_SAFE_INTEGER)]
  if (minMillis > maxMillis) throw new QueryError('min', 'no more than max')
  return { kind, minMillis, maxMillis }
}

const millisOf = (parameters: URLSearchParams, name: 'min' | 'max', otherwise: number): number => {
  const text = parameters.get(name) || String(otherwise)
  const millis = Number(text)
  if (!Number.isFinite(millis) || millis < 0) throw new QueryError(name, 'a number of milliseconds')
  return millis
}

const momentOf = (parameters: URLSearchParams, name: 'from' | 'to'): number | undefined => {
  const text = parameters.get(name)
  if (!text) return undefined
  const millis = Date.parse(text)
  if (Number.isNaN(millis)) throw new QueryError(name, 'a date or a time, such as 2026-09-01 or 2026-09-01T12:00:00Z')
  return millis
}

const bounded = (parameter: string, text: string): string => {
  if (text.length > MAX_TEXT) throw new QueryError(parameter, `at most ${MAX_TEXT} characters`)
  return text
}
