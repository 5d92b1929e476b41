import type { Change } from './change.ts'

/** A close or a reopening. */
export interface Turn {
  readonly kind: 'closed' | 'reopened'
  readonly at: string
  readonly value?: string
}

interface Closable {
  readonly state: string
  readonly state_reason?: string | null | undefined
  readonly closed_at?: string | null | undefined
}

/**
 * Every close and reopening in the order of time. The last close is also told by the thing itself, which serves where
 * the list of events does not reach back to it, and says best how it was closed.
 */
export const turnsOf = ({ state, state_reason, closed_at }: Closable, changes: readonly Change[]): readonly Turn[] => {
  const listed = changes.flatMap(({ kind, at, value }): Turn[] =>
    kind === 'closed' || kind === 'reopened' ? [{ kind, at, ...(value === undefined ? {} : { value }) }] : [],
  )
  if (state !== 'closed' || closed_at == null) return listed
  const last: Turn = { kind: 'closed', at: closed_at, ...(state_reason == null ? {} : { value: state_reason }) }
  return [...(listed.at(-1)?.kind === 'closed' ? listed.slice(0, -1) : listed), last]
}

/**
 * When an import says that it saw a close: a second after it, since it tells of then by what is known now. So where the
 * webhook of the close is known too, that one is the closer report, and what it says of the moment stands.
 */
export const seenAt = ({ kind, at }: Turn): string =>
  kind === 'closed' ? `${new Date(Date.parse(at) + 1000).toISOString().slice(0, 19)}Z` : at
