import type { GroupBy } from '../analysis/groups.ts'
import type { SpansPage } from '../analysis/spans.ts'
import { QueryError } from '../query.ts'

const MAX_SPANS = 200
const MAX_BY = 500

/** `by=<self or operation>:<attribute>`. @throws QueryError */
export const groupByOf = (parameters: URLSearchParams): GroupBy => {
  const text = parameters.get('by') ?? ''
  const [, scope, name] = /^([^:=]+):([^=]+)$/s.exec(text) ?? []
  if (scope === undefined || name === undefined || text.length > MAX_BY) {
    throw new QueryError('by', '<self or operation>:<attribute>, such as deploy:build.parameter.deploy_type')
  }
  return { scope, name }
}

/** `sort=duration|start`, `order=asc|desc`, `limit`, `offset`, `only=selected`. @throws QueryError */
export const spansPageOf = (parameters: URLSearchParams): SpansPage => ({
  sort: oneOf(parameters, 'sort', ['duration', 'start']),
  order: oneOf(parameters, 'order', ['desc', 'asc']),
  limit: wholeOf(parameters, 'limit', { least: 1, most: MAX_SPANS, otherwise: 50 }),
  offset: wholeOf(parameters, 'offset', { least: 0, most: 1_000_000_000, otherwise: 0 }),
  isSelectedOnly: oneOf(parameters, 'only', ['all', 'selected']) === 'selected',
})

/** The first of the words is the default. */
const oneOf = <W extends string>(parameters: URLSearchParams, name: string, words: readonly [W, ...W[]]): W => {
  const text = parameters.get(name) || words[0]
  const word = words.find((known) => known === text)
  if (word === undefined) throw new QueryError(name, `one of ${words.join(', ')}`)
  return word
}

const wholeOf = (
  parameters: URLSearchParams,
  name: string,
  { least, most, otherwise }: { readonly least: number; readonly most: number; readonly otherwise: number },
): number => {
  const text = parameters.get(name) || String(otherwise)
  const number = Number(text)
  if (!/^\d+$/.test(text) || number < least || number > most) {
    throw new QueryError(name, `a whole number from ${least} to ${most}`)
  }
  return number
}
