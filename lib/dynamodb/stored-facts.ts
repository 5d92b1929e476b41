import * as z from 'zod/mini'
import { CERTAINTIES, type Certainty } from '../delivery/event.ts'
import { HAPPENINGS, type HappeningName } from '../delivery/happening.ts'
import { LINK_REASONS } from '../delivery/reference.ts'
import { RESULTS, type Result } from '../delivery/result.ts'

type Single = string | number | boolean
type Value = Single | string[]
/** A value, the stamps of its latest and of its earliest report, and the earliest value where that is another. */
export type StoredHistory = readonly [Value, number, number] | readonly [Value, number, number, Value]
interface StoredAttributes {
  readonly [code: string]: Single | StoredHistory
}

export const isSingle = (value: unknown): value is Single =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

const isValue = (value: unknown): value is Value =>
  isSingle(value) || (Array.isArray(value) && value.every((text) => typeof text === 'string'))

const isHistory = (stored: unknown): stored is StoredHistory => {
  if (!Array.isArray(stored) || (stored.length !== 3 && stored.length !== 4)) return false
  const [latest, at, from, earliest] = stored as readonly unknown[]
  if (!isValue(latest) || typeof at !== 'number' || typeof from !== 'number') return false
  return stored.length === 3 || isValue(earliest)
}

/** By hand: they are most of what is read, and a schema would try each kind of value in turn. */
const isAttributes = (stored: unknown): stored is StoredAttributes => {
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return false
  return Object.values(stored).every((history) => isSingle(history) || isHistory(history))
}

const certainty = z.enum(Object.keys(CERTAINTIES) as [Certainty, ...Certainty[]])
const result = z.enum(Object.keys(RESULTS) as [Result, ...Result[]])
const happening = z.enum(Object.keys(HAPPENINGS) as [HappeningName, ...HappeningName[]])
const value = z.custom<Value>(isValue)
const stamps = z.tuple([z.number(), z.number()])
const reference = z.union([
  z.object({ kind: z.literal('activity'), key: z.string(), unseen: z.enum(['join', 'wait']) }),
  z.object({ kind: z.literal('name'), name: z.string() }),
  z.object({ kind: z.literal('span'), traceId: z.string(), spanId: z.string() }),
])

/**
 * Facts as they are stored, since DynamoDB is paid by the kilobyte: each stamp stands once and is referred to by its
 * index; an attribute has a code for its name and is its latest value, the stamps of its latest and earliest report, and the
 * earliest value only where it differs; a single value, where the stamps are the `usual` ones; an ending holds only what was
 * reported with it otherwise than the latest values say.
 */
export const storedFacts = z.object({
  operation: z.string(),
  opened: z.object({ atMillis: z.number(), certainty }),
  reopenedMillis: z.array(z.number()),
  stamps: z.array(stamps),
  usual: z.exactOptional(stamps),
  attributes: z.custom<StoredAttributes>(isAttributes),
  endings: z.array(
    z.object({
      atMillis: z.number(),
      certainty,
      result,
      durationMillis: z.exactOptional(z.number()),
      stamp: z.number(),
      differs: z.record(z.string(), value),
      lacks: z.array(z.string()),
    }),
  ),
  references: z.partialRecord(z.enum(LINK_REASONS), z.object({ stamp: z.number(), value: z.array(reference) })),
  names: z.array(z.string()),
  queuedMillis: z.exactOptional(z.number()),
  happenings: z.array(z.tuple([happening, z.number(), z.record(z.string(), value)])),
  landed: z.exactOptional(z.object({ sha: z.string(), atMillis: z.number() })),
  cut: z.exactOptional(z.array(z.string())),
})
export type StoredFacts = z.infer<typeof storedFacts>
