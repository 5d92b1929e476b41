import { type ActivityKey, isWaypoint, kindOf } from './activity.ts'
import { LIMITS } from './bounds.ts'
import { episodeAt, type Facts, type Relation, type Summary } from './context.ts'
import { spanIdOf, traceIdOf } from './identity.ts'
import { LINK_RULES, type LinkReason, type Name, nameOf, precedenceFor, type Reference } from './reference.ts'

/** Who is known to be called by the names that a decision has to do with. */
export type KnownNames = ReadonlyMap<Name, readonly Summary[]>

/**
 * What came of one way to find a relation.
 * - `parent`, `link`: it was found, and taken as such
 * - `waited`: it tells since when the run has waited
 * - `outranked`: a better way has found the parent
 * - `not_known`: nothing is known by that name yet
 * - `younger`: of two of a kind that name each other, only the older can be the parent
 * - `itself`: it names the activity itself
 */
export type Outcome = 'parent' | 'link' | 'waited' | 'outranked' | 'not_known' | 'younger' | 'itself'

/** One way that was tried, in the order of precedence. */
export interface Attempt {
  readonly reason: LinkReason
  readonly via: Name
  readonly outcome: Outcome
  /** What was found. */
  readonly key?: ActivityKey
}

export interface Relations {
  readonly parent?: Relation
  readonly links: readonly Relation[]
  readonly queuedMillis?: number
  /** The names whose claimants can change what is found. */
  readonly watching: readonly Name[]
  readonly attempts: readonly Attempt[]
}

interface Candidate {
  readonly reason: LinkReason
  readonly via: Name
  readonly found?: { readonly relation: Relation; readonly openings?: readonly number[] }
}

/**
 * The parent of an activity and its further links, by the precedence of the reasons. Of the inferred ways only the best
 * finds anything; what was said on purpose is kept whole. A parent that was found before stays where the way to it still
 * stands and the table has forgotten it.
 */
export const relate = (key: ActivityKey, facts: Facts, known: KnownNames, before: Relation | undefined): Relations => {
  const attempts: Attempt[] = []
  const links: Relation[] = []
  const watching = new Set<Name>()
  let parent: Relation | undefined
  let queuedMillis: number | undefined
  for (const candidate of candidatesOf(key, facts, known, before)) {
    const { reason, via, found } = candidate
    const outcome = outcomeOf(candidate, key, facts.opened.atMillis, parent)
    if (outcome === 'parent') parent = found?.relation
    if ((outcome === 'link' || outcome === 'younger') && found !== undefined) links.push(found.relation)
    if (outcome === 'waited') queuedMillis = lastBefore(found?.openings ?? [], facts.opened.atMillis)
    if (outcome !== 'itself' && outcome !== 'outranked' && !isForeign(via)) watching.add(via)
    attempts.push({ reason, via, outcome, ...(found === undefined ? {} : { key: found.relation.key }) })
  }
  return {
    ...(parent === undefined ? {} : { parent }),
    links: distinct(links.filter((link) => link.key !== parent?.key)).slice(0, LIMITS.links),
    ...(queuedMillis === undefined ? {} : { queuedMillis }),
    watching: [...watching].sort(),
    attempts,
  }
}

const outcomeOf = (
  { reason, via, found }: Candidate,
  key: ActivityKey,
  startMillis: number,
  parent: Relation | undefined,
): Outcome => {
  const rule = LINK_RULES[reason]
  if (via === `key:${key}`) return 'itself'
  if (rule.kept === 'best' && parent !== undefined) return 'outranked'
  if (found === undefined) return 'not_known'
  if (rule.kept === 'since') return 'waited'
  if (!rule.parent || parent !== undefined) return found.relation.spanId === undefined ? 'outranked' : 'link'
  return reason === 'marker' && !isSenior(found, key, startMillis) ? 'younger' : 'parent'
}

/** Two activities of one kind may name each other; then the one that was opened first is above. */
const isSenior = (found: NonNullable<Candidate['found']>, key: ActivityKey, startMillis: number): boolean => {
  if (kindOf(found.relation.key) !== kindOf(key)) return true
  const opened = found.openings?.[0]
  return opened !== undefined && (opened < startMillis || (opened === startMillis && found.relation.key < key))
}

const candidatesOf = (
  key: ActivityKey,
  facts: Facts,
  known: KnownNames,
  before: Relation | undefined,
): readonly Candidate[] => {
  const startMillis = facts.opened.atMillis
  return precedenceFor(facts.operation).flatMap((reason) =>
    (facts.references[reason]?.value ?? []).map((reference): Candidate => {
      const via = nameOf(reference)
      const claimants = (known.get(via) ?? []).filter((claimant) => claimant.key !== key)
      const seen = find(reference, startMillis, claimants)
      if (seen !== undefined) {
        const relation = relationTo(seen, startMillis, reason, via)
        return { reason, via, found: { relation, openings: seen.openings } }
      }
      const certain = unseen(reference, startMillis, reason, via) ?? (before?.via === via ? before : undefined)
      return { reason, via, ...(certain === undefined ? {} : { found: { relation: certain } }) }
    }),
  )
}

const find = (reference: Reference, startMillis: number, claimants: readonly Summary[]): Summary | undefined => {
  if (reference.kind === 'activity') return claimants.find((claimant) => claimant.key === reference.key)
  const spans = claimants.filter((claimant) => !isWaypoint(claimant.key))
  return nearest(spans.length > 0 ? spans : claimants, startMillis)
}

/** What nothing was heard of yet and is certain all the same: its ids are derived, as those of a root, or were told. */
const unseen = (reference: Reference, startMillis: number, reason: LinkReason, via: Name): Relation | undefined => {
  if (reference.kind === 'span') {
    const { traceId, spanId } = reference
    return { via, key: `span:${traceId}-${spanId}`, traceId, spanId, reason }
  }
  if (reference.kind === 'name' || reference.unseen === 'wait') return undefined
  const { key } = reference
  return relationTo({ key, traceId: traceIdOf(key), openings: [] }, startMillis, reason, via)
}

/**
 * Names are used again: of the activities that a branch or commit has had, the one opened last before the start, or
 * else the first opened after it, since a branch is often built before its pull request is opened.
 */
const nearest = (candidates: readonly Summary[], startMillis: number): Summary | undefined => {
  const opened = ({ openings }: Summary): number => openings[0] ?? 0
  const ordered = [...candidates].sort((a, b) => opened(a) - opened(b) || (a.key < b.key ? -1 : 1))
  return ordered.findLast((candidate) => opened(candidate) <= startMillis) ?? ordered[0]
}

/** The way to an activity, or to what stands for one that becomes no span. */
const relationTo = (
  { key, traceId, openings, above }: Summary,
  startMillis: number,
  reason: LinkReason,
  via: Name,
): Relation => {
  if (above !== undefined) return { via, key: above.key, traceId, spanId: above.spanId, reason }
  if (isWaypoint(key)) return { via, key, traceId, reason }
  return { via, key, traceId, spanId: spanIdOf(key, episodeAt(openings, startMillis)), reason }
}

const lastBefore = (openings: readonly number[], atMillis: number): number | undefined =>
  openings.findLast((opening) => opening <= atMillis)

/** Nobody here claims the name of somebody else's span. */
const isForeign = (via: Name): boolean => via.startsWith('key:span:')

/** Each activity once, by the best of the ways that found it. */
export const distinct = (relations: readonly Relation[]): readonly Relation[] =>
  relations.filter(({ key }, index) => relations.findIndex((other) => other.key === key) === index)
