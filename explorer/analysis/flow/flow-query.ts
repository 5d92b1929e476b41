import { type Filter, QueryError, queryOf } from '../../query.ts'
import type { Interval } from './interval.ts'

/** What is asked of the flow. Undefined: from the first to the last span, at an interval that suits, undivided. */
export interface FlowQuery {
  readonly fromMillis?: number
  readonly toMillis?: number
  readonly interval?: Interval
  readonly by?: string
  /** On the trace; `self` means any of its spans. */
  readonly filters: readonly Filter[]
}

const MAX_BY = 200

/** @throws QueryError */
export const flowQueryOf = (parameters: URLSearchParams): FlowQuery => {
  const {
    operation: _operation,
    selection: _selection,
    ...range
  } = queryOf(new URLSearchParams([...parameters].filter(([name]) => ['from', 'to', 'filter'].includes(name))))
  const [interval, by] = [parameters.get('interval') || undefined, parameters.get('by') || undefined]
  if (interval !== undefined && interval !== 'day' && interval !== 'week' && interval !== 'month') {
    throw new QueryError('interval', 'one of day, week, month')
  }
  if (by !== undefined && by.length > MAX_BY) {
    throw new QueryError('by', 'the name of an attribute, such as vcs.repository.name')
  }
  return { ...range, ...(interval === undefined ? {} : { interval }), ...(by === undefined ? {} : { by }) }
}
