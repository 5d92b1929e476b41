import * as z from 'zod/mini'
import type { AttributeName, Attributes, AttributeValue } from '../delivery/attributes.ts'
import type { AttributeHistory, Facts, RecordedEnding, Stamp } from '../delivery/context.ts'
import { isEqual } from '../delivery/identity.ts'
import { codeOf, nameOfCode } from './attribute-codes.ts'
import { isSingle, type StoredFacts, type StoredHistory, storedFacts } from './stored-facts.ts'

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
  const { stamps, indexOf } = stampList()
  const histories = new Map<string, StoredHistory>()
  for (const [name, history] of entries(facts.attributes)) histories.set(codeOf(name), encodeHistory(history, indexOf))
  const usual = usualStamps(histories.values())
  const attributes: { [code: string]: StoredFacts['attributes'][string] } = {}
  for (const [code, history] of histories) attributes[code] = shortened(history, usual)
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
    ...(usual === undefined ? {} : { usual }),
    happenings: facts.happenings.map(({ name, atMillis, attributes: of }) => [name, atMillis, coded(of)]),
    ...(facts.queuedMillis === undefined ? {} : { queuedMillis: facts.queuedMillis }),
    ...(facts.landed === undefined ? {} : { landed: { ...facts.landed } }),
    ...(facts.cut.length === 0 ? {} : { cut: [...facts.cut] }),
  }
}

type StoredEnding = StoredFacts['endings'][number]
type IndexOf = (stamp: Stamp) => number

/** Stamps in the order in which they were first asked for. */
const stampList = (): { readonly stamps: [number, number][]; readonly indexOf: IndexOf } => {
  const stamps: [number, number][] = []
  const indexOf = ({ observedMillis, rank }: Stamp): number => {
    for (let index = 0; index < stamps.length; index += 1) {
      const stamp = stamps[index]
      if (stamp?.[0] === observedMillis && stamp[1] === rank) return index
    }
    return stamps.push([observedMillis, rank]) - 1
  }
  return { stamps, indexOf }
}

const encodeHistory = ({ latest, earliest }: AttributeHistory, indexOf: IndexOf): StoredHistory =>
  isEqual(latest.value, earliest.value)
    ? [plain(latest.value), indexOf(latest), indexOf(earliest)]
    : [plain(latest.value), indexOf(latest), indexOf(earliest), plain(earliest.value)]

/** The stamps that most of those have that can be a single value. */
const usualStamps = (histories: Iterable<StoredHistory>): [number, number] | undefined => {
  const counts = new Map<number, number>()
  let usual: [number, number] | undefined
  let most = 0
  for (const [latest, at, from, earliest] of histories) {
    if (earliest !== undefined || !isSingle(latest)) continue
    const both = at * MORE_THAN_STAMPS + from
    const count = (counts.get(both) ?? 0) + 1
    counts.set(both, count)
    if (count > most) [usual, most] = [[at, from], count]
  }
  return usual
}
const MORE_THAN_STAMPS = 1e6

const shortened = (history: StoredHistory, usual: readonly [number, number] | undefined) => {
  const [latest, at, from, earliest] = history
  return earliest === undefined && isSingle(latest) && at === usual?.[0] && from === usual[1] ? latest : history
}

const encodeEnding = (
  { reported, ...ending }: RecordedEnding,
  attributes: Facts['attributes'],
  indexOf: IndexOf,
): StoredEnding => {
  const differs: { [code: string]: StoredValue } = {}
  for (const [name, then] of entries(reported.value)) {
    if (!isEqual(attributes[name]?.latest.value, then)) differs[codeOf(name)] = plain(then)
  }
  const lacks: string[] = []
  for (const [name] of entries(attributes)) if (!Object.hasOwn(reported.value, name)) lacks.push(codeOf(name))
  return { ...ending, stamp: indexOf(reported), differs, lacks }
}

/** @throws TypeError when an index points nowhere, which no encoding makes */
const decodeFacts = (stored: StoredFacts): Facts => {
  const stampAt = (index: number): Stamp => {
    const stamp = stored.stamps[index]
    if (stamp === undefined) throw new TypeError(`no stamp ${index} in a stored context`)
    return { observedMillis: stamp[0], rank: stamp[1] }
  }
  const [usualLatest = 0, usualEarliest = 0] = stored.usual ?? []
  const historyOf = (at: number, from: number, latest: AttributeValue, earliest = latest): AttributeHistory => {
    const last = { ...stampAt(at), value: latest }
    return { latest: last, earliest: at === from && earliest === latest ? last : { ...stampAt(from), value: earliest } }
  }
  const attributes: { [name: string]: AttributeHistory } = {}
  for (const [code, history] of Object.entries(stored.attributes)) {
    attributes[nameOfCode(code)] = isSingle(history)
      ? historyOf(usualLatest, usualEarliest, history)
      : historyOf(history[1], history[2], history[0], history[3])
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

const coded = (attributes: Attributes): { [code: string]: StoredValue } =>
  Object.fromEntries(entries(attributes).map(([name, told]) => [codeOf(name), plain(told)]))

const named = (stored: Readonly<Record<string, AttributeValue>>): Attributes =>
  Object.fromEntries(Object.entries(stored).map(([code, told]) => [nameOfCode(code), told])) as Attributes

type StoredValue = StoredHistory[0]
const plain = (attribute: AttributeValue): StoredValue => (typeof attribute === 'object' ? [...attribute] : attribute)

const entries = <V>(record: { readonly [name in AttributeName]?: V }): [AttributeName, V][] =>
  Object.entries(record) as [AttributeName, V][]
