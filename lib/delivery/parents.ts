import type { ActivityKey } from './activity.ts'
import { episodeAt, type Facts, type Relation, type Summary } from './context.ts'
import { spanIdOf, traceIdOf } from './identity.ts'
import { LINK_REASONS, type LinkReason, NAMED_BY_PEOPLE, type Name, type Reference } from './reference.ts'

/** What the table knew of the activities that a decision may have to do with. */
export interface Known {
  readonly byKey: ReadonlyMap<ActivityKey, Summary>
  readonly byName: ReadonlyMap<Name, readonly Summary[]>
}

export interface Relations {
  readonly parent?: Relation
  readonly links: readonly Relation[]
}

/**
 * The parent of an activity and its further links, by the precedence of {@link LINK_REASONS}. Of the inferred ways only
 * the best finds anything; what people have named on purpose is kept whole. A parent that was found before stays where
 * the way to it still stands and the table has forgotten it.
 */
export const relate = (key: ActivityKey, facts: Facts, known: Known, before: Relation | undefined): Relations => {
  const startMillis = facts.opened.atMillis
  const found: Relation[] = []
  for (const reason of LINK_REASONS) {
    const byPeople = NAMED_BY_PEOPLE.has(reason)
    if (found.length > 0 && !byPeople) break
    const here = (facts.references[reason]?.value ?? []).flatMap((reference): readonly Relation[] => {
      const via = reference.kind === 'name' ? reference.name : reference.key
      const activity = find(reference, startMillis, known)
      if (activity?.key === key) return []
      if (activity !== undefined) return [relationTo(activity, startMillis, reason, via)]
      return before?.via === via ? [before] : []
    })
    found.push(...(byPeople ? here : here.slice(0, 1)))
  }
  const [parent, ...links] = distinct(found)
  return { ...(parent === undefined ? {} : { parent }), links }
}

const find = (reference: Reference, startMillis: number, known: Known): Summary | undefined => {
  if (reference.kind === 'name') return nearest(known.byName.get(reference.name) ?? [], startMillis)
  const seen = known.byKey.get(reference.key)
  return seen ?? (reference.unseen === 'join' ? unseen(reference.key) : undefined)
}

/** An activity that nothing was heard of yet: its ids are derived, as those of a root. */
const unseen = (key: ActivityKey): Summary => ({ key, traceId: traceIdOf(key), openings: [] })

/**
 * Names are used again: of the activities that a branch or commit has had, the one opened last before the start, or
 * else the first opened after it, since a branch is often built before its pull request is opened.
 */
const nearest = (candidates: readonly Summary[], startMillis: number): Summary | undefined => {
  const opened = ({ openings }: Summary): number => openings[0] ?? 0
  const ordered = [...candidates].sort((a, b) => opened(a) - opened(b) || (a.key < b.key ? -1 : 1))
  return ordered.findLast((candidate) => opened(candidate) <= startMillis) ?? ordered[0]
}

const relationTo = (
  { key, traceId, openings }: Summary,
  startMillis: number,
  reason: LinkReason,
  via: Relation['via'],
): Relation => ({ via, key, traceId, spanId: spanIdOf(key, episodeAt(openings, startMillis)), reason })

/** Each activity once, by the best of the ways that found it. */
const distinct = (relations: readonly Relation[]): readonly Relation[] =>
  relations.filter(({ key }, index) => relations.findIndex((other) => other.key === key) === index)
