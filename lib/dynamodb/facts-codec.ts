import * as z from 'zod/mini'
import type { AttributeName, Attributes, AttributeValue } from '../delivery/attributes.ts'
import type { AttributeHistory, Facts, RecordedEnding, Stamp } from '../delivery/context.ts'
import { CERTAINTIES, type Certainty } from '../delivery/event.ts'
import { HAPPENINGS, type HappeningName } from '../delivery/happening.ts'
import { isEqual } from '../delivery/identity.ts'
import { LINK_REASONS } from '../delivery/reference.ts'
import { RESULTS, type Result } from '../delivery/result.ts'
import { codeOf, nameOfCode } from './attribute-codes.ts'

const certainty = z.enum(Object.keys(CERTAINTIES) as [Certainty, ...Certainty[]])
const result = z.enum(Object.keys(RESULTS) as [Result, ...Result[]])
const single = z.union([z.string(), z.number(), z.boolean()])
const value = z.union([single, z.array(z.string())])
const reference = z.union([
  z.object({ kind: z.literal('activity'), key: z.string(), unseen: z.enum(['join', 'wait']) }),
  z.object({ kind: z.literal('name'), name: z.string() }),
  z.object({ kind: z.literal('span'), traceId: z.string(), spanId: z.string() }),
])
const happening = z.enum(Object.keys(HAPPENINGS) as [HappeningName, ...HappeningName[]])

const stamps = z.tuple([z.number(), z.number()])

/**
 * Facts as they are stored, since DynamoDB is paid by the kilobyte: each stamp stands once and is referred to by its
 * index; an attribute has a code for its name and is its latest value, the stamps of its latest and earliest report, and the
 * earliest value only where it differs; a single value, where the stamps are the `usual` ones; an ending holds only what was
 * reported with it otherwise than the latest values say.
 */
const storedFacts = z.object({
  operation: z.string(),
  opened: z.object({ atMillis: z.number(), certainty }),
  reopenedMillis: z.array(z.number()),
  stamps: z.array(stamps),
  usual: z.exactOptional(stamps),
  attributes: z.record(
    z.string(),
    z.union([single, z.tuple([value, z.number(), z.number()]), z.tuple([value, z.number(), z.number(), value])]),
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
 * Facts as text: {@link storedFacts} as JSON. They are the largest part of an item, and as maps within maps each of their values
 * would be looked at by whoever sends, answers and reads them. The very same facts are written out once.
 */
export const packFacts = (facts: Facts): string => {
  const known = PACKED.get(facts)
  if (known !== undefined) return known
  const text = JSON.stringify(encoded(facts))
  PACKED.set(facts, text)
  return text
}
const PACKED = new WeakMap<Facts, string>()

/**
 * @param stored what {@link packFacts} has made, or the maps that items had before
 * @throws when it is neither
 */
export const unpackFacts = (stored: unknown): Facts => {
  if (typeof stored !== 'string') return decodeFacts(z.parse(storedFacts, stored))
  const facts = decodeFacts(z.parse(storedFacts, JSON.parse(stored)))
  PACKED.set(facts, stored)
  return facts
}

const encoded = (facts: Facts): StoredFacts => {
  const stamps: [number, number][] = []
  const indexOf = ({ observedMillis, rank }: Stamp): number => {
    const at = stamps.findIndex(([millis, other]) => millis === observedMillis && other === rank)
    return at === -1 ? stamps.push([observedMillis, rank]) - 1 : at
  }
  const histories = entries(facts.attributes).map(([name, history]) => [name, encodeHistory(history, indexOf)] as const)
  const usual = usualStamps(histories.map(([, history]) => history))
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
    attributes: Object.fromEntries(histories.map(([name, history]) => [codeOf(name), shortened(history, usual)])),
    endings,
    references,
    stamps,
    ...(usual === undefined ? {} : { usual }),
    happenings: facts.happenings.map(({ name, atMillis, attributes: of }) => [
      name,
      atMillis,
      Object.fromEntries(entries(of).map(([attribute, told]) => [codeOf(attribute), plain(told)])),
    ]),
    ...(facts.queuedMillis === undefined ? {} : { queuedMillis: facts.queuedMillis }),
    ...(facts.landed === undefined ? {} : { landed: { ...facts.landed } }),
    ...(facts.cut.length === 0 ? {} : { cut: [...facts.cut] }),
  }
}

type StoredHistory = Extract<StoredFacts['attributes'][string], readonly unknown[]>
type StoredEnding = StoredFacts['endings'][number]

const encodeHistory = ({ latest, earliest }: AttributeHistory, indexOf: (stamp: Stamp) => number): StoredHistory =>
  isEqual(latest.value, earliest.value)
    ? [plain(latest.value), indexOf(latest), indexOf(earliest)]
    : [plain(latest.value), indexOf(latest), indexOf(earliest), plain(earliest.value)]

/** The stamps that most of those have that can be a single value. */
const usualStamps = (histories: readonly StoredHistory[]): [number, number] | undefined => {
  const counts = new Map<string, { readonly stamps: [number, number]; count: number }>()
  for (const history of histories) {
    if (history.length === 4 || typeof history[0] === 'object') continue
    const [, latest, earliest] = history
    const of = `${latest} ${earliest}`
    const counted = counts.get(of) ?? { stamps: [latest, earliest], count: 0 }
    counted.count += 1
    counts.set(of, counted)
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.stamps
}

const shortened = (history: StoredHistory, usual: readonly [number, number] | undefined) => {
  const [latest, at, from, earliest] = history
  const isUsual = earliest === undefined && typeof latest !== 'object' && at === usual?.[0] && from === usual[1]
  return isUsual ? latest : history
}

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
      .map(([name, then]) => [codeOf(name), plain(then)]),
  ),
  lacks: entries(attributes).flatMap(([name]) => (Object.hasOwn(reported.value, name) ? [] : [codeOf(name)])),
})

/** @throws TypeError when an index points nowhere, which no encoding makes */
const decodeFacts = (stored: StoredFacts): Facts => {
  const stampAt = (index: number): Stamp => {
    const stamp = stored.stamps[index]
    if (stamp === undefined) throw new TypeError(`no stamp ${index} in a stored context`)
    return { observedMillis: stamp[0], rank: stamp[1] }
  }
  const [usualLatest = 0, usualEarliest = 0] = stored.usual ?? []
  const attributes: { [name: string]: AttributeHistory } = {}
  for (const [code, history] of Object.entries(stored.attributes)) {
    const [latest, at, from, earliest] = Array.isArray(history) ? history : [history, usualLatest, usualEarliest]
    attributes[nameOfCode(code)] = {
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
    happenings: stored.happenings.map(([name, atMillis, of]) => ({ name, atMillis, attributes: named(of) })),
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
  const lacking = new Set<string>(lacks.map(nameOfCode))
  for (const [name, { latest }] of Object.entries(attributes)) {
    if (!lacking.has(name)) reported[name] = latest.value
  }
  return {
    ...ending,
    ...(durationMillis === undefined ? {} : { durationMillis }),
    reported: { ...stampAt(stamp), value: { ...reported, ...named(differs) } },
  }
}

const named = (coded: Readonly<Record<string, AttributeValue>>): Attributes =>
  Object.fromEntries(Object.entries(coded).map(([code, told]) => [nameOfCode(code), told])) as Attributes

const plain = (attribute: AttributeValue): string | number | boolean | string[] =>
  typeof attribute === 'object' ? [...attribute] : attribute

const entries = <V>(record: { readonly [name in AttributeName]?: V }): [AttributeName, V][] =>
  Object.entries(record) as [AttributeName, V][]
