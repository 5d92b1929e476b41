import { hash } from 'node:crypto'
import * as z from 'zod/mini'
import { dueAtMillis } from '../delivery/abandoned.ts'
import type { ActivityKey } from '../delivery/activity.ts'
import { type Context, type Facts, openingsOf, type Summary } from '../delivery/context.ts'
import { finishedEpisodes } from '../delivery/episodes.ts'
import type { MainlineEntry } from '../delivery/mainline.ts'
import { type Name, RELATION_REASONS } from '../delivery/reference.ts'
import { heldEmissions, pendingEmissions } from '../delivery/settle.ts'
import type { Due, Lease, Stored } from '../record/ports.ts'
import { packFacts, unpackFacts } from './facts-codec.ts'

/** The key of an item. Contexts and names stand alone in their partition; a mainline is a partition in order of time. */
export interface ItemKey {
  readonly pk: string
  readonly sk: string
}
const ALONE = '-'
const CONTEXT = 'context#'
export const contextItemKey = (key: string): ItemKey => ({ pk: `${CONTEXT}${key}`, sk: ALONE })
export const activityKeyOf = (pk: string): ActivityKey => pk.slice(CONTEXT.length)
export const nameItemKey = (name: Name): ItemKey => ({ pk: `name#${name}`, sk: ALONE })
export const mainlinePk = (repository: string): string => `mainline#${repository}`
/** Fifteen digits, so that the order of the texts is that of the times. */
export const mainlineSk = (atMillis: number): string => String(Math.max(0, atMillis)).padStart(15, '0')
export const mainlineItemKey = (repository: string, { atMillis, key }: MainlineEntry): ItemKey => ({
  pk: mainlinePk(repository),
  sk: `${mainlineSk(atMillis)}#${key}`,
})

/** Partitions of an index; one would be the table's narrowest place, since all that is written now stands together. */
const SHARDS = 16
type Index = 'due' | 'changed'
export const shardsOf = (index: Index): readonly string[] =>
  Array.from({ length: SHARDS }, (_, shard) => `${index}#${shard}`)

const relation = z.object({
  via: z.string(),
  key: z.string(),
  traceId: z.string(),
  spanId: z.exactOptional(z.string()),
  reason: z.enum(RELATION_REASONS),
})
const storedContext = z.object({
  key: z.string(),
  version: z.number(),
  traceId: z.string(),
  parent: z.exactOptional(relation),
  links: z.array(relation),
  queuedMillis: z.exactOptional(z.number()),
  rollback: z.exactOptional(z.boolean()),
  watching: z.array(z.string()),
  emissions: z.array(
    z.object({
      episode: z.number(),
      fingerprint: z.string(),
      revision: z.number(),
      traceId: z.string(),
      formerTraceIds: z.array(z.string()),
      state: z.enum(['held', 'pending', 'accepted', 'undeliverable']),
      message: z.exactOptional(z.string()),
    }),
  ),
  facts: z.unknown(),
})
const storedLease = z.object({ holder: z.string(), untilMillis: z.number() })
const storedTold = z.object({ told: z._default(z.array(z.string()), []), lease: z.optional(storedLease) })
const storedSummary = z.lazy(() =>
  z.object({
    traceId: z.string(),
    openings: z.array(z.number()),
    above: z.exactOptional(z.object({ key: z.string(), spanId: z.string() })),
  }),
)
const storedEntry = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('landing'),
      key: z.string(),
      atMillis: z.number(),
      sha: z.string(),
      traceId: z.string(),
      spanId: z.exactOptional(z.string()),
      pull: z.exactOptional(z.string()),
    }),
    z.object({
      kind: z.literal('deployment'),
      key: z.string(),
      atMillis: z.number(),
      environment: z.string(),
      sha: z.exactOptional(z.string()),
      succeeded: z.boolean(),
    }),
  ]),
)

export interface Expiry {
  readonly nowMillis: number
  readonly ttlSeconds: number
}

/** How long who writes, or has the lease, has for the export before the sweep takes the span up. */
const EXPORT_MILLIS = 60_000
/** How long a span is held whose end is only an estimate: the plugins report within seconds of the commit status. */
const HOLD_MILLIS = 5 * 60_000

/** The item of a context; `startMillis` and `state` are there for people who look at the table. */
export const encodeContext = (
  context: Context,
  version: number,
  expiry: Expiry,
  lease?: Lease,
): Record<string, unknown> => {
  const openings = openingsOf(context.facts)
  return {
    ...contextItemKey(context.key),
    ...context,
    facts: packFacts(context.facts),
    startMillis: openings.at(-1),
    state: finishedEpisodes(context.facts).at(-1)?.ordinal === openings.length ? 'finished' : 'open',
    changedShard: `changed#${shardOf(context.key)}`,
    ...encodeEmissions(context, version, expiry, lease),
    ...(lease === undefined ? {} : { lease }),
  }
}

/** What of an item goes with the emissions of its context. */
export const encodeEmissions = (
  context: Context,
  version: number,
  expiry: Expiry,
  lease?: Lease,
): Record<string, unknown> => {
  const dueMillis = lease?.untilMillis ?? dueOf(context, expiry.nowMillis)
  const isUnsent = lease !== undefined || pendingEmissions(context).length > 0
  return {
    emissions: context.emissions,
    version,
    ...(dueMillis === undefined ? {} : { dueShard: `due#${shardOf(context.key)}`, dueMillis }),
    ...(isUnsent ? { unsentMillis: expiry.nowMillis } : {}),
    changedMillis: expiry.nowMillis,
    expiresAtSeconds: expiresAtSeconds(expiry),
  }
}

/** What an item bears beside its context from when something was told until that is written. */
export const encodeTold = (key: ActivityKey, facts: Facts, holder: string, expiry: Expiry) => {
  const dueMillis = expiry.nowMillis + EXPORT_MILLIS
  return {
    told: [packFacts(facts)],
    lease: { holder, untilMillis: dueMillis } satisfies Lease,
    dueShard: `due#${shardOf(key)}`,
    dueMillis,
    unsentMillis: expiry.nowMillis,
    expiresAtSeconds: expiresAtSeconds(expiry),
  }
}

/** When the sweep has to look at a context, epoch milliseconds. */
const dueOf = (context: Context, nowMillis: number): number | undefined => {
  if (pendingEmissions(context).length > 0) return nowMillis + EXPORT_MILLIS
  return heldEmissions(context).length > 0 ? nowMillis + HOLD_MILLIS : dueAtMillis(context)
}

/** An activity's item as it is; of none, that there is nothing. */
export const decodeStored = (item: Record<string, unknown> | undefined, nowMillis: number): Stored => {
  const { told, lease } = z.parse(storedTold, item ?? {})
  return {
    context: item === undefined ? undefined : contextIn(item),
    version: Number(item?.version ?? 0),
    told: told.map(unpackFacts),
    ...(lease !== undefined && lease.untilMillis > nowMillis ? { lease } : {}),
  }
}

/** Of an item that is due: when, and how often the sweep has tried. */
export const decodeDue = (item: Record<string, unknown>): Due => ({
  key: activityKeyOf(String(item.pk)),
  context: contextIn(item),
  version: Number(item.version),
  undecided: Object.hasOwn(item, 'told') || Object.hasOwn(item, 'lease'),
  dueMillis: z.parse(z.number(), item.dueMillis),
  attempts: z.parse(z._default(z.number(), 0), item.attempts),
})

/** Undefined where its item has none yet. */
export const contextIn = (item: Record<string, unknown>): Context | undefined =>
  isStub(item) ? undefined : decodeContext(item)

/** @throws when the item is none that {@link encodeContext} has made */
const decodeContext = (item: Record<string, unknown>): Context => {
  const { facts, ...rest } = z.parse(storedContext, item)
  return { ...rest, facts: unpackFacts(facts) }
}

/** In a name's item, the attribute of who has claimed it, and of who watches it. */
export const claimAttribute = (key: ActivityKey): string => `by ${key}`
export const watchAttribute = (key: ActivityKey): string => `for ${key}`

/** What holds a context's place until its first write, so that this write knows that others have changed. */
export const stub = (key: ActivityKey, expiry: Expiry): Record<string, unknown> => ({
  ...contextItemKey(key),
  version: 1,
  expiresAtSeconds: expiresAtSeconds(expiry),
})
const isStub = (item: Record<string, unknown>): boolean => !Object.hasOwn(item, 'facts')

export const encodeSummary = ({ key: _key, ...summary }: Summary, version: number): Record<string, unknown> => ({
  ...summary,
  version,
})

export const encodeEntry = (
  repository: string,
  entry: MainlineEntry,
  version: number,
  expiry: Expiry,
): Record<string, unknown> => ({
  ...mainlineItemKey(repository, entry),
  ...entry,
  version,
  expiresAtSeconds: expiresAtSeconds(expiry),
})

/** @throws when the item is none that {@link encodeEntry} has made */
export const decodeEntry = (item: Record<string, unknown>): MainlineEntry => z.parse(storedEntry, item)

/** Who has claimed a name, by its item. */
export const decodeClaims = (item: Record<string, unknown>): readonly Summary[] =>
  membersOf(item, claimAttribute('')).map(([key, claim]) => ({ key, ...z.parse(storedSummary, claim) }))

/** Who watches a name, by its item, with when the watch began. */
export const decodeWatchers = (
  item: Record<string, unknown>,
): readonly { readonly key: ActivityKey; readonly sinceMillis: number }[] =>
  membersOf(item, watchAttribute('')).map(([key, since]) => ({ key, sinceMillis: z.parse(z.number(), since) }))

const membersOf = (item: Record<string, unknown>, prefix: string): readonly (readonly [ActivityKey, unknown])[] =>
  Object.entries(item).flatMap(([name, value]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : []))

export const expiresAtSeconds = ({ nowMillis, ttlSeconds }: Pick<Expiry, 'nowMillis' | 'ttlSeconds'>): number =>
  Math.floor(nowMillis / 1000) + ttlSeconds

const shardOf = (key: string): number => Number.parseInt(hash('sha256', key).slice(0, 2), 16) % SHARDS
