import type { Operation } from './activity.ts'
import type { AttributeName, Attributes, AttributeValue } from './attributes.ts'
import {
  bytesOf,
  cutAttributes,
  cutHappening,
  cutHistories,
  cutList,
  cutReferences,
  joinCuts,
  LIMITS,
} from './bounds.ts'
import type { AttributeHistory, Facts, RecordedEnding, Stamp, Stamped } from './context.ts'
import { CERTAINTIES, type DeliveryEvent, type Moment, STAGES } from './event.ts'
import { joinHappenings } from './happening.ts'
import { canonicalJson } from './identity.ts'
import { LINK_RULES, type LinkReason, type Name, type Reference } from './reference.ts'

/** An order in which two stamped values are equal only when they are the same, so that a choice never depends on arrival. */
const compareStamped = <T>(a: Stamped<T>, b: Stamped<T>): number =>
  a.observedMillis - b.observedMillis || a.rank - b.rank || compareText(canonicalJson(a.value), canonicalJson(b.value))

const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

const later = <T>(a: Stamped<T>, b: Stamped<T>): Stamped<T> => (compareStamped(a, b) >= 0 ? a : b)
const earlier = <T>(a: Stamped<T>, b: Stamped<T>): Stamped<T> => (compareStamped(a, b) <= 0 ? a : b)

/** The surer of two times; of two equally sure ones the earlier. */
export const surer = <T extends Moment>(a: T, b: T): T =>
  (CERTAINTIES[a.certainty] - CERTAINTIES[b.certainty] || b.atMillis - a.atMillis) >= 0 ? a : b

/** The facts that one event tells; of the same event the same ones, since what is read, decided and told all asks for them. */
export const factsOf = (event: DeliveryEvent): Facts => {
  const known = FACTS.get(event)
  if (known !== undefined) return known
  const facts = toldBy(event)
  FACTS.set(event, facts)
  return facts
}
const FACTS = new WeakMap<DeliveryEvent, Facts>()

const toldBy = (event: DeliveryEvent): Facts => {
  const { observedMillis } = event
  const rank = STAGES[event.stage]
  const stamped = <T>(value: T): Stamped<T> => ({ observedMillis, rank, value })
  const historyOf = (value: AttributeValue): AttributeHistory => {
    const only = stamped(value)
    return { latest: only, earliest: only }
  }
  const attributes = cutAttributes(event.attributes)
  const references = mapEntries(event.references, (reason, value) =>
    cutReferences(LINK_RULES[reason].replaced ? value : union(value)),
  )
  const names = cutNames(event.names)
  const happenings = cutList(
    joinHappenings((event.happenings ?? []).map(cutHappening), []),
    LIMITS.happenings,
    'happenings',
  )
  return {
    operation: event.operation,
    opened: event.opened,
    reopenedMillis: event.reopenedMillis === undefined ? [] : [event.reopenedMillis],
    endings: event.ended === undefined ? [] : [{ ...event.ended, reported: stamped(attributes.kept) }],
    attributes: mapValues(attributes.kept, historyOf),
    references: mapValues(references, ({ kept }) => stamped(kept)),
    names: names.kept,
    ...(event.queuedMillis === undefined ? {} : { queuedMillis: event.queuedMillis }),
    happenings: happenings.kept,
    ...(event.landed === undefined ? {} : { landed: event.landed }),
    cut: joinCuts(attributes.cut, names.cut, happenings.cut, ...Object.values(references).map(({ cut }) => cut)),
  }
}

/** Joins what two sets of reports tell: commutative, associative, and the same again changes nothing. */
export const joinFacts = (a: Facts, b: Facts): Facts => {
  const reopened = [...new Set([...a.reopenedMillis, ...b.reopenedMillis])].sort((x, y) => x - y)
  const reopenedMillis = cutList(reopened, LIMITS.episodes, 'episodes')
  const endings = cutList(joinEndings(a.endings, b.endings), LIMITS.episodes, 'episodes')
  const attributes = cutHistories(joinRecords(a.attributes, b.attributes, joinHistories))
  const references = joinRecords<LinkReason, Stamped<readonly Reference[]>>(a.references, b.references, joinReferences)
  const boundReferences = mapValues(references, ({ value }) => cutReferences(value))
  const names = cutNames([...a.names, ...b.names])
  const happenings = cutList(joinHappenings(a.happenings, b.happenings), LIMITS.happenings, 'happenings')
  return {
    operation: joinOperations(a.operation, b.operation),
    opened: surer(a.opened, b.opened),
    reopenedMillis: reopenedMillis.kept,
    endings: endings.kept,
    attributes: attributes.kept,
    references: mapEntries(references, (reason, stamped) => ({
      ...stamped,
      value: boundReferences[reason]?.kept ?? [],
    })),
    names: names.kept,
    ...optional(
      'queuedMillis',
      least(a.queuedMillis, b.queuedMillis, (x, y) => x - y),
    ),
    happenings: happenings.kept,
    ...optional(
      'landed',
      least(a.landed, b.landed, (x, y) => x.atMillis - y.atMillis || compareText(x.sha, y.sha)),
    ),
    cut: joinCuts(
      a.cut,
      b.cut,
      reopenedMillis.cut,
      endings.cut,
      attributes.cut,
      names.cut,
      happenings.cut,
      ...Object.values(boundReferences).map(({ cut }) => cut),
    ),
  }
}

const joinHistories = (x: AttributeHistory, y: AttributeHistory): AttributeHistory => ({
  latest: later(x.latest, y.latest),
  earliest: earlier(x.earliest, y.earliest),
})

/** A pull request may have had hundreds of heads; what else it is called by comes before them. */
const isHead = (name: Name): boolean => name.startsWith('head:')

/** Each name once, the heads last. */
const cutNames = (names: readonly Name[]) => {
  const fitting = [...new Set(names)]
    .filter((name) => bytesOf(name) <= LIMITS.nameBytes)
    .sort((a, b) => Number(isHead(a)) - Number(isHead(b)) || compareText(a, b))
  const { kept, cut } = cutList(fitting, LIMITS.names, 'names')
  return { kept, cut: names.every((name) => bytesOf(name) <= LIMITS.nameBytes) ? cut : ['names'] }
}

/** `deploy` is said only by who knows, `build` also by who does not; nothing else is ever said of one activity. */
const joinOperations = (a: Operation, b: Operation): Operation => [a, b].sort().at(-1) ?? a

const joinReferences = (
  a: Stamped<readonly Reference[]>,
  b: Stamped<readonly Reference[]>,
  reason: LinkReason,
): Stamped<readonly Reference[]> => {
  const last = later(a, b)
  return LINK_RULES[reason].replaced ? last : { ...last, value: union([...a.value, ...b.value]) }
}

/** Each reference once, those that are certain first. */
const union = (references: readonly Reference[]): readonly Reference[] => {
  const rank = (reference: Reference): number => Number(reference.kind === 'activity' && reference.unseen === 'wait')
  const byText = new Map(references.map((reference) => [canonicalJson(reference), reference]))
  return [...byText].sort(([x, a], [y, b]) => rank(a) - rank(b) || compareText(x, y)).map(([, reference]) => reference)
}

const least = <T>(a: T | undefined, b: T | undefined, compare: (x: T, y: T) => number): T | undefined => {
  if (a === undefined || b === undefined) return a ?? b
  return compare(a, b) <= 0 ? a : b
}

const optional = <K extends string, V>(name: K, value: V | undefined): { readonly [name in K]?: V } =>
  (value === undefined ? {} : { [name]: value }) as { readonly [name in K]?: V }

const joinEndings = (a: readonly RecordedEnding[], b: readonly RecordedEnding[]): readonly RecordedEnding[] => {
  const byMoment = new Map<string, RecordedEnding>()
  for (const ending of [...a, ...b]) {
    const moment = `${ending.atMillis} ${ending.certainty}`
    const other = byMoment.get(moment)
    byMoment.set(moment, other === undefined ? ending : closerReport(other, ending))
  }
  return [...byMoment.values()].sort(
    (x, y) => x.atMillis - y.atMillis || CERTAINTIES[x.certainty] - CERTAINTIES[y.certainty],
  )
}

/** Of two reports of the same end, the one made closest to it; at the same second the one of the higher rank. */
const closerReport = (a: RecordedEnding, b: RecordedEnding): RecordedEnding => {
  const order =
    a.reported.observedMillis - b.reported.observedMillis ||
    b.reported.rank - a.reported.rank ||
    compareText(canonicalJson(a), canonicalJson(b))
  return order <= 0 ? a : b
}

const joinRecords = <K extends string, V>(
  a: { readonly [key in K]?: V },
  b: { readonly [key in K]?: V },
  join: (x: V, y: V, key: K) => V,
): { readonly [key in K]?: V } => {
  const joined: { [key in K]?: V } = { ...a }
  for (const key of Object.keys(b) as K[]) {
    const [x, y] = [joined[key], b[key]]
    if (y !== undefined) joined[key] = x === undefined ? y : join(x, y, key)
  }
  return joined
}

const mapValues = <K extends string, V, W>(
  record: { readonly [key in K]?: V },
  map: (value: V) => W,
): { readonly [key in K]?: W } => mapEntries(record, (_, value) => map(value))

const mapEntries = <K extends string, V, W>(
  record: { readonly [key in K]?: V },
  map: (key: K, value: V) => W,
): { readonly [key in K]?: W } => {
  const mapped: { [key in K]?: W } = {}
  for (const key of Object.keys(record) as K[]) {
    const value = record[key]
    if (value !== undefined) mapped[key] = map(key, value)
  }
  return mapped
}

/** The attributes of an episode: those reported with its end win; what they lack is filled with what was known by then. */
export const attributesAt = (facts: Facts, { reported }: RecordedEnding): Attributes => {
  const isKnown = ({ observedMillis }: Stamp): boolean => observedMillis <= reported.observedMillis
  const filled: { [name in AttributeName]?: AttributeValue } = {}
  for (const name of Object.keys(facts.attributes) as AttributeName[]) {
    const { latest, earliest } = facts.attributes[name] as AttributeHistory
    if (isKnown(latest)) filled[name] = latest.value
    else if (isKnown(earliest)) filled[name] = earliest.value
  }
  return Object.assign(filled, reported.value)
}
