import type { ActivityKey } from './activity.ts'
import { LIMITS } from './bounds.ts'
import { cargoOf } from './cargo.ts'
import { type Claim, type Context, type Emission, type Facts, type Relation, summaryOf } from './context.ts'
import type { DeliveryEvent } from './event.ts'
import { fitting } from './fitting.ts'
import { fingerprintOf, isEqual, traceIdOf } from './identity.ts'
import { factsOf, joinFacts } from './join.ts'
import type { DeploymentEntry, MainlineEntry, Placed } from './mainline.ts'
import { type Attempt, distinct, type KnownNames, relate } from './parents.ts'
import { placeOf } from './place.ts'
import { keyName, type Name } from './reference.ts'
import { pendingEmissions } from './settle.ts'
import { type CompletedSpan, episodeOf, spansOf } from './span.ts'

/** What is known of others at a decision. */
export interface Known {
  readonly names: KnownNames
  /** Of the repository that a deploy is of, what stands in its mainline before the deploy. */
  readonly mainline: readonly MainlineEntry[]
}

export interface Decision {
  /** The context as it is to be written, with the version that was read. */
  readonly context: Context
  /** Those of its finished episodes, in order. */
  readonly spans: readonly CompletedSpan[]
  /** Whether there is anything to write. */
  readonly changed: boolean
  /** The emissions that this decision has made due, corrections among them, but for what is held. */
  readonly due: readonly Emission[]
  /** The names under which others are now to find the activity, or to find it changed. */
  readonly claims: readonly Claim[]
  /** The names to watch before this is written; what is there then has to be decided with. */
  readonly watch: readonly Name[]
  /** Where the activity now stands in a mainline, and where it stood before. */
  readonly place: Placed | undefined
  readonly formerPlace: Placed | undefined
  /** The ways to a parent that were tried, best first, and what came of each. */
  readonly attempts: readonly Attempt[]
}

/**
 * What an event makes of an activity's context; without an event, what others who have come to be known make of it.
 * Pure and convergent: the facts are joined, everything else is a function of the joined facts and of what is known of
 * others; so the same events in any order, any number of times, end in the same context. A span falls due once an episode;
 * again only where what went out turns out to have been wrong.
 */
export const decide = (before: Context | undefined, known: Known, event: DeliveryEvent): Decision =>
  decideFacts(event.key, before, factsAfter(before, [factsOf(event)]), known)

/**
 * What is known of an activity once more was told of it; where nothing was, the very facts that the context has.
 *
 * @throws when there is neither a context nor anything told
 */
export const factsAfter = (before: Context | undefined, told: readonly Facts[]): Facts => {
  const [first, ...rest] = before === undefined ? told : [before.facts, ...told]
  if (first === undefined) throw new Error('there is nothing to decide')
  return told.length === 0 ? first : fitting(rest.reduce(joinFacts, first))
}

/** The names that an activity of which nothing is known yet would watch by an event. */
export const watchedFirst = (event: DeliveryEvent): readonly Name[] =>
  relate(event.key, fitting(factsOf(event)), new Map(), undefined).watching

/** Where its facts will have an activity stand in a mainline, which has to be known before what stands there is read. */
export const placeAfter = (key: ActivityKey, before: Context | undefined, facts: Facts): Placed | undefined => {
  const { parent, traceId = traceIdOf(key) } = before ?? {}
  return placeOf({ key, facts, traceId, ...(parent === undefined ? {} : { parent }) })
}

/**
 * What its facts make of an activity's context: {@link factsAfter} something was told, or as they are when others are known
 * than when it was last decided.
 *
 * @param emissions where what has gone out is known better than by the context
 */
export const decideFacts = (
  key: ActivityKey,
  before: Context | undefined,
  facts: Facts,
  known: Known,
  emissions: readonly Emission[] = before?.emissions ?? [],
): Decision => {
  const { attempts, ...relations } = relate(key, facts, known.names, before?.parent)
  const related: Context = {
    key,
    version: before?.version ?? 0,
    facts,
    traceId: relations.parent?.traceId ?? traceIdOf(key),
    ...relations,
    emissions: [],
  }
  const place = placeOf(related)
  const delivered = place?.entry.kind === 'deployment' ? withCargo(related, place.entry, known.mainline) : related
  const spans = spansOf(delivered)
  const context: Context = { ...delivered, emissions: emissionsOf(spans, emissions) }
  return {
    context,
    spans,
    changed: before === undefined || !isEqual(context, before),
    due: pendingEmissions(context).filter((emission) => !emissions.includes(emission)),
    claims: claimsOf(context, before),
    watch: relations.watching.filter((name) => !before?.watching.includes(name)),
    place,
    formerPlace: before === undefined ? undefined : placeOf(before),
    attempts,
  }
}

/** A deploy with links to what it carries, except to what it hangs from already. */
const withCargo = (context: Context, entry: DeploymentEntry, mainline: readonly MainlineEntry[]): Context => {
  const { carried, rollback } = cargoOf(entry, mainline)
  const links = carried.map(
    ({ key: told, pull: key = told, traceId, spanId }): Relation => ({
      via: keyName(key),
      key,
      traceId,
      ...(spanId === undefined ? {} : { spanId }),
      reason: 'carried',
    }),
  )
  return {
    ...context,
    links: distinct([...context.links, ...links].filter(({ key }) => key !== context.parent?.key)).slice(
      0,
      LIMITS.links,
    ),
    ...(rollback ? { rollback } : {}),
  }
}

/** An emission stays the very object that it was, unless its span is new or differs from what went out. */
const emissionsOf = (finished: readonly CompletedSpan[], before: readonly Emission[]): readonly Emission[] => {
  const spans = new Map(finished.map((span) => [episodeOf(span), span]))
  const episodes = new Set([...before.map(({ episode }) => episode), ...spans.keys()])
  return [...episodes]
    .sort((a, b) => a - b)
    .flatMap((episode) => {
      const previous = before.find((emission) => emission.episode === episode)
      const span = spans.get(episode)
      if (span === undefined) return previous === undefined ? [] : [previous]
      const fingerprint = fingerprintOf(span)
      if (previous?.fingerprint === fingerprint) return [previous]
      const isHeld = isEstimated(span) && (previous === undefined || previous.state === 'held')
      return [nextEmission(previous, { episode, fingerprint, traceId: span.traceId }, isHeld ? 'held' : 'pending')]
    })
}

/** An end that was only estimated is likely to be reported in a moment; one that was guessed has been waited for. */
const isEstimated = ({ attributes }: CompletedSpan): boolean =>
  attributes['valuestream.end.estimated'] === true && attributes['error.type'] !== 'abandoned'

/** What was held has not gone out, so that it leaves no trace in what replaces it. */
const nextEmission = (
  previous: Emission | undefined,
  content: Pick<Emission, 'episode' | 'fingerprint' | 'traceId'>,
  state: 'held' | 'pending',
): Emission => {
  if (previous === undefined) return { ...content, revision: 0, formerTraceIds: [], state }
  const { revision, formerTraceIds } = previous
  if (previous.state === 'held') return { ...content, revision, formerTraceIds, state }
  const former = new Set([...formerTraceIds, previous.traceId])
  former.delete(content.traceId)
  return { ...content, revision: revision + 1, formerTraceIds: [...former], state }
}

/** The names that are new, or all of them when others would now hang from the activity differently. */
export const claimsOf = (context: Context, before: Context | undefined): readonly Claim[] => {
  const by = summaryOf(context)
  const namesOfContext = ({ key, facts }: Context): readonly Name[] => [keyName(key), ...facts.names]
  const stands = before !== undefined && isEqual(summaryOf(before), by)
  const standing = new Set(stands ? namesOfContext(before) : [])
  return namesOfContext(context)
    .filter((name) => !standing.has(name))
    .map((name) => ({ name, by, version: context.version + 1 }))
}
