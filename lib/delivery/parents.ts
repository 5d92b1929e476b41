import type { ActivityKey } from './activity.ts'
import { episodeAt, type Facts, type Relation, type Summary } from './context.ts'
import { spanIdOf, traceIdOf } from './identity.ts'
import { LINK_REASONS, type LinkReason, NAMED_BY_PEOPLE, type Name, nameOf, type Reference } from './reference.ts'

/** Who is known to be called by the names that a decision has to do with. */
export type Known = ReadonlyMap<Name, readonly Summary[]>

export interface Relations {
  readonly parent?: Relation
  readonly links: readonly Relation[]
  /** The names that nobody has claimed yet, or that the next claimant may have a better right to. */
  readonly watching: readonly Name[]
}

/**
 * The parent of an activity and its further links, by the precedence of {@link LINK_REASONS}. Of the inferred ways only
 * the best finds anything; what people have named on purpose is kept whole. A parent that was found before stays where
 * the way to it still stands and the table has forgotten it.
 */
export const relate = (key: ActivityKey, facts: Facts, known: Known, before: Relation | undefined): Relations => {
  const startMillis = facts.opened.atMillis
  const found: Relation[] = []
  const watching = new Set<Name>()
  for (const reason of LINK_REASONS) {
    const byPeople = NAMED_BY_PEOPLE.has(reason)
    if (found.length > 0 && !byPeople) break
    const here = (facts.references[reason]?.value ?? []).flatMap((reference): readonly Relation[] => {
      const via = nameOf(reference)
      if (reference.kind === 'activity' && reference.key === key) return []
      const seen = find(
        reference,
        startMillis,
        (known.get(via) ?? []).filter((claimant) => claimant.key !== key),
      )
      if (seen === undefined || reason === 'branch') watching.add(via)
      const activity = seen ?? unseen(reference)
      if (activity !== undefined) return [relationTo(activity, startMillis, reason, via)]
      return before?.via === via ? [before] : []
    })
    found.push(...(byPeople ? here : here.slice(0, 1)))
  }
  const [parent, ...links] = distinct(found)
  return { ...(parent === undefined ? {} : { parent }), links, watching: [...watching].sort() }
}

const find = (reference: Reference, startMillis: number, claimants: readonly Summary[]): Summary | undefined =>
  reference.kind === 'name'
    ? nearest(claimants, startMillis)
    : claimants.find((claimant) => claimant.key === reference.key)

/** An activity that nothing was heard of yet, and that is certain all the same: its ids are derived, as those of a root. */
const unseen = (reference: Reference): Summary | undefined =>
  reference.kind === 'activity' && reference.unseen === 'join'
    ? { key: reference.key, traceId: traceIdOf(reference.key), openings: [] }
    : undefined

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
  via: Name,
): Relation => ({ via, key, traceId, spanId: spanIdOf(key, episodeAt(openings, startMillis)), reason })

/** Each activity once, by the best of the ways that found it. */
const distinct = (relations: readonly Relation[]): readonly Relation[] =>
  relations.filter(({ key }, index) => relations.findIndex((other) => other.key === key) === index)
