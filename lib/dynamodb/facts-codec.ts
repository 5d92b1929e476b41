import { deflateRawSync, inflateRawSync } from 'node:zlib'
import * as z from 'zod/mini'
import type { AttributeName, Attributes, AttributeValue } from '../delivery/attributes.ts'
import type { AttributeHistory, Facts, RecordedEnding, Stamp } from '../delivery/context.ts'
import { CERTAINTIES, type Certainty } from '../delivery/event.ts'
import { HAPPENINGS, type HappeningName } from '../delivery/happening.ts'
import { isEqual } from '../delivery/identity.ts'
import { LINK_REASONS } from '../delivery/reference.ts'
import { RESULTS, type Result } from '../delivery/result.ts'

const certainty = z.enum(Object.keys(CERTAINTIES) as [Certainty, ...Certainty[]])
const result = z.enum(Object.keys(RESULTS) as [Result, ...Result[]])
const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])
const reference = z.union([
  z.object({ kind: z.literal('activity'), key: z.string(), unseen: z.enum(['join', 'wait']) }),
  z.object({ kind: z.literal('name'), name: z.string() }),
  z.object({ kind: z.literal('span'), traceId: z.string(), spanId: z.string() }),
])
const happening = z.enum(Object.keys(HAPPENINGS) as [HappeningName, ...HappeningName[]])

/**
 * Facts as they are stored, since DynamoDB is paid by the kilobyte: each stamp stands once and is referred to by its
 * index; an attribute is its latest value, the stamps of its latest and earliest report, and the earliest value only
 * where it differs; an ending holds only what was reported with it otherwise than the latest values say.
 */
const storedFacts = z.object({
  operation: z.string(),
  opened: z.object({ atMillis: z.number(), certainty }),
  reopenedMillis: z.array(z.number()),
  stamps: z.array(z.tuple([z.number(), z.number()])),
  attributes: z.record(
    z.string(),
    z.union([z.tuple([value, z.number(), z.number()]), z.tuple([value, z.number(), z.number(), value])]),
  ),
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
type StoredFacts = z.infer<typeof storedFacts>

/**
 * Facts as text: {@link storedFacts} as JSON, in raw DEFLATE, as base64. They are the largest part of an item, and DynamoDB
 * charges by its size; a map in a map costs more time than this, too. The very same facts are packed once.
 */
export const packFacts = (facts: Facts): string => {
  const known = PACKED.get(facts)
  if (known !== undefined) return known
  const text = deflateRawSync(JSON.stringify(encoded(facts)), { ...ROOM, level: 9, memLevel: 6 }).toString('base64')
  PACKED.set(facts, text)
  return text
}
const PACKED = new WeakMap<Facts, string>()
/** Of some kilobytes, most of the time goes to the room that is made: with less of it, two thirds of the time for the same size. */
const ROOM = { windowBits: 13, chunkSize: 4096 }

/**
 * @param stored what {@link packFacts} has made, or the maps that items had before
 * @throws when it is neither
 */
export const unpackFacts = (stored: unknown): Facts => {
  if (typeof stored !== 'string') return decodeFacts(z.parse(storedFacts, stored))
  const json = inflateRawSync(Buffer.from(stored, 'base64'), ROOM).toString()
  const facts = decodeFacts(z.parse(storedFacts, JSON.parse(json)))
  PACKED.set(facts, stored)
  return facts
}

const encoded = (facts: Facts): StoredFacts => {
  const stamps: [number, number][] = []
  const indexOf = ({ observedMillis, rank }: Stamp): number => {
    const at = stamps.findIndex(([millis, other]) => millis === observedMillis && other === rank)
    return at === -1 ? stamps.push([observedMillis, rank]) - 1 : at
  }
  const attributes = Object.fromEntries(
    entries(facts.attributes).map(([name, history]) => [name, encodeHistory(history, indexOf)]),
  )
  const endings = facts.endings.map((ending) => encodeEnding(ending, facts.attributes, indexOf))
  const references = Object.fromEntries(
    Object.entries(facts.references).map(([reason, stamped]) => [
      reason,
      { stamp: indexOf(stamped), value: stamped.value.map((found) => ({ ...found })) },
    ]),
  )
  return {
    operation: facts.operation,
    opened: facts.opened,
    reopenedMillis: [...facts.reopenedMillis],
    names: [...facts.names],
    attributes,
    endings,
    references,
    stamps,
    happenings: facts.happenings.map(({ name, atMillis, attributes: of }) => [
      name,
      atMillis,
      Object.fromEntries(entries(of).map(([attribute, told]) => [attribute, plain(told)])),
    ]),
    ...(facts.queuedMillis === undefined ? {} : { queuedMillis: facts.queuedMillis }),
    ...(facts.landed === undefined ? {} : { landed: { ...facts.landed } }),
    ...(facts.cut.length === 0 ? {} : { cut: [...facts.cut] }),
  }
}

type StoredHistory = StoredFacts['attributes'][string]
type StoredEnding = StoredFacts['endings'][number]

const encodeHistory = ({ latest, earliest }: AttributeHistory, indexOf: (stamp: Stamp) => number): StoredHistory =>
  isEqual(latest.value, earliest.value)
    ? [plain(latest.value), indexOf(latest), indexOf(earliest)]
    : [plain(latest.value), indexOf(latest), indexOf(earliest), plain(earliest.value)]

const encodeEnding = (
  { reported, ...ending }: RecordedEnding,
  attributes: Facts['attributes'],
  indexOf: (stamp: Stamp) => number,
): StoredEnding => ({
  ...ending,
  stamp: indexOf(reported),
  differs: Object.fromEntries(
    entries(reported.value)
      .filter(([name, then]) => !isEqual(attributes[name]?.latest.value, then))
      .map(([name, then]) => [name, plain(then)]),
  ),
  lacks: Object.keys(attributes).filter((name) => !Object.hasOwn(reported.value, name)),
})

/** @throws TypeError when an index points nowhere, which no encoding makes */
const decodeFacts = (stored: StoredFacts): Facts => {
  const stampAt = (index: number): Stamp => {
    const stamp = stored.stamps[index]
    if (stamp === undefined) throw new TypeError(`no stamp ${index} in a stored context`)
    return { observedMillis: stamp[0], rank: stamp[1] }
  }
  const attributes: { [name: string]: AttributeHistory } = {}
  for (const [name, [latest, at, from, earliest]] of Object.entries(stored.attributes)) {
    attributes[name] = {
      latest: { ...stampAt(at), value: latest },
      earliest: { ...stampAt(from), value: earliest ?? latest },
    }
  }
  return {
    operation: stored.operation,
    opened: stored.opened,
    reopenedMillis: stored.reopenedMillis,
    endings: stored.endings.map((ending) => decodeEnding(ending, attributes, stampAt)),
    attributes,
    references: Object.fromEntries(
      Object.entries(stored.references).map(([reason, { stamp, value }]) => [reason, { ...stampAt(stamp), value }]),
    ),
    names: stored.names,
    happenings: stored.happenings.map(([name, atMillis, of]) => ({ name, atMillis, attributes: of as Attributes })),
    ...(stored.queuedMillis === undefined ? {} : { queuedMillis: stored.queuedMillis }),
    ...(stored.landed === undefined ? {} : { landed: stored.landed }),
    cut: stored.cut ?? [],
  }
}

const decodeEnding = (
  { stamp, differs, lacks, durationMillis, ...ending }: StoredEnding,
  attributes: { readonly [name: string]: AttributeHistory },
  stampAt: (index: number) => Stamp,
): RecordedEnding => {
  const reported: { [name: string]: AttributeValue } = {}
  for (const [name, { latest }] of Object.entries(attributes)) {
    if (!lacks.includes(name)) reported[name] = latest.value
  }
  return {
    ...ending,
    ...(durationMillis === undefined ? {} : { durationMillis }),
    reported: { ...stampAt(stamp), value: { ...reported, ...differs } as Attributes },
  }
}

const plain = (attribute: AttributeValue): string | number | boolean | string[] =>
  typeof attribute === 'object' ? [...attribute] : attribute

const entries = <V>(record: { readonly [name in AttributeName]?: V }): [AttributeName, V][] =>
  Object.entries(record) as [AttributeName, V][]
