import type { AttributeName, Attributes, AttributeValue } from './attributes.ts'
import type { AttributeHistory, Facts } from './context.ts'
import type { Happening } from './happening.ts'
import { nameOf, type Reference } from './reference.ts'

/**
 * How much is kept of one activity, so that its item stays below DynamoDB's 400 KB whatever a source sends; bytes are
 * those of UTF-8. What goes beyond is cut, and {@link Facts.cut} says what.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
 */
export const LIMITS = {
  /** Of an activity's key: with a time before it, it is the sort key of a mainline, which holds 1,024. */
  keyBytes: 900,
  /** Of what an activity may be called, or is looked for by: a key, or a branch, which has 255 at the most. */
  nameBytes: 920,
  names: 200,
  /** Of one way to a parent. */
  references: 64,
  /** GitHub's titles are of up to 256 characters. */
  textBytes: 1_024,
  listEntries: 100,
  listTextBytes: 128,
  /** Parameters of a run, or metadata of an event, and the bytes of their names. */
  openAttributes: 100,
  openNameBytes: 128,
  episodes: 50,
  happenings: 200,
  links: 128,
  /** Of all facts as JSON; what is less dear is left out until they fit. */
  factsBytes: 180_000,
} as const

/** What can be cut beside attributes, which are cut by their names. */
export type CutPart = 'names' | 'references' | 'episodes' | 'happenings' | 'parameters' | 'history'
/** Names of what was cut; the first in order of the alphabet. */
const MAX_CUTS = 20

/** Cuts of both, each once. */
export const joinCuts = (...cuts: readonly (readonly string[])[]): readonly string[] =>
  [...new Set(cuts.flat())].sort().slice(0, MAX_CUTS)

export const bytesOf = (text: string): number => Buffer.byteLength(text)

/** The text, or as much of its beginning as fits with an ellipsis; never half a character. */
export const cutText = (text: string, maxBytes: number): string => {
  if (text.length * 3 <= maxBytes || bytesOf(text) <= maxBytes) return text
  const bytes = Buffer.from(text).subarray(0, maxBytes - ELLIPSIS_BYTES)
  return `${new TextDecoder().decode(bytes, { stream: true })}…`
}
const ELLIPSIS_BYTES = 3

interface Cut<T> {
  readonly kept: T
  readonly cut: readonly string[]
}

/** What is kept of one event's attributes. */
export const cutAttributes = (attributes: Attributes): Cut<Attributes> => {
  const names = Object.keys(attributes) as AttributeName[]
  const open = new Set(firstOpen(names.filter((name) => isOpen(name) && bytesOf(name) <= LIMITS.openNameBytes)))
  const kept: { [name in AttributeName]?: AttributeValue } = {}
  const cut: string[] = []
  let isLess = false
  for (const name of names) {
    const value = attributes[name]
    if (isOpen(name) && !open.has(name)) isLess = true
    else if (value !== undefined) {
      const whole = cutValue(value)
      kept[name] = whole
      if (whole !== value) cut.push(name)
    }
  }
  return { kept, cut: isLess ? [...cut, 'parameters'] : cut }
}

/** A happening with its texts, which name people and states, as long as those are. */
export const cutHappening = (happening: Happening): Happening => {
  const entries = Object.entries(happening.attributes) as [AttributeName, AttributeValue][]
  const values = entries.map(([name, value]) => [name, cutValue(value, LIMITS.listTextBytes)] as const)
  return { ...happening, attributes: Object.fromEntries(values) as Attributes }
}

/** The very same value where nothing is cut. */
const cutValue = (value: AttributeValue, textBytes: number = LIMITS.textBytes): AttributeValue => {
  if (typeof value === 'string') return cutText(value, textBytes)
  if (typeof value !== 'object') return value
  const texts = value.slice(0, LIMITS.listEntries).map((text) => cutText(text, LIMITS.listTextBytes))
  return texts.length === value.length && texts.every((text, index) => text === value[index]) ? value : texts
}

/** Attributes whose names a source chooses. */
const isOpen = (name: string): boolean => name.startsWith('build.parameter.') || name.startsWith('event.metadata.')

const firstOpen = (names: readonly AttributeName[]): readonly AttributeName[] =>
  names.filter(isOpen).sort().slice(0, LIMITS.openAttributes)

/** What is kept of the attributes of all events together: the first parameters by their names. */
export const cutHistories = (histories: Facts['attributes']): Cut<Facts['attributes']> => {
  const names = Object.keys(histories) as AttributeName[]
  const open = names.filter(isOpen)
  if (open.length <= LIMITS.openAttributes) return { kept: histories, cut: [] }
  const kept = new Set(firstOpen(names))
  const entries = Object.entries(histories).filter(([name]) => !isOpen(name) || kept.has(name as AttributeName))
  return { kept: Object.fromEntries(entries), cut: ['parameters'] }
}

export const cutReferences = (references: readonly Reference[]): Cut<readonly Reference[]> => {
  const kept = references
    .filter((reference) => bytesOf(nameOf(reference)) <= LIMITS.nameBytes)
    .slice(0, LIMITS.references)
  return { kept, cut: kept.length < references.length ? ['references'] : [] }
}

/** The first of a sorted list, and whether there were more. */
export const cutList = <T>(list: readonly T[], limit: number, part: CutPart): Cut<readonly T[]> =>
  list.length <= limit ? { kept: list, cut: [] } : { kept: list.slice(0, limit), cut: [part] }

/**
 * Facts that fit. Those of real work do many times over; of what a source has filled up on purpose, first the values
 * that were known before are left out, then what was reported with each end, then parameters, then all but the first
 * references and names, and at last every text is shortened.
 */
export const fitting = (facts: Facts): Facts => {
  if (mostBytes(facts) <= LIMITS.factsBytes) return facts
  let fit = facts
  for (const thin of THINNINGS) {
    if (bytesOf(JSON.stringify(fit)) <= LIMITS.factsBytes) return fit
    fit = thin(fit)
  }
  return fit
}

/** No fewer than the bytes of a plain object's JSON, or a list's, which is not made for it. A code unit takes six at the most, as `\u001f`. */
export const mostBytes = (value: object): number => {
  let bytes = 2
  for (const name in value) {
    const member = (value as { readonly [name: string]: unknown })[name]
    bytes += 6 * name.length + 4
    if (typeof member === 'string') bytes += 6 * member.length + 2
    else bytes += typeof member === 'object' && member !== null ? mostBytes(member) : MOST_OF_A_NUMBER
  }
  return bytes
}
/** `-1.7976931348623157e+308`, or less. */
const MOST_OF_A_NUMBER = 25

const thinned = (facts: Facts, part: string, thin: Partial<Facts>): Facts => ({
  ...facts,
  ...thin,
  cut: joinCuts(facts.cut, [part]),
})

const mapHistories = (
  { attributes }: Facts,
  change: (history: AttributeHistory, name: string) => AttributeHistory | undefined,
): Facts['attributes'] =>
  Object.fromEntries(
    Object.entries(attributes).flatMap(([name, history]) => {
      const changed = history === undefined ? undefined : change(history, name)
      return changed === undefined ? [] : [[name, changed]]
    }),
  )

const FEW = 8
const SHORT_BYTES = 128

const THINNINGS: readonly ((facts: Facts) => Facts)[] = [
  (facts) =>
    thinned(facts, 'history', {
      attributes: mapHistories(facts, ({ latest }) => ({ latest, earliest: latest })),
    }),
  (facts) =>
    thinned(facts, 'history', {
      endings: facts.endings.map((ending) => ({ ...ending, reported: { ...ending.reported, value: {} } })),
    }),
  (facts) =>
    thinned(facts, 'parameters', {
      attributes: mapHistories(facts, (history, name) => (isOpen(name) ? undefined : history)),
    }),
  (facts) =>
    thinned(facts, 'references', {
      references: Object.fromEntries(
        Object.entries(facts.references).map(([reason, stamped]) => [
          reason,
          { ...stamped, value: stamped.value.slice(0, FEW) },
        ]),
      ),
      names: facts.names.slice(0, FEW),
      happenings: facts.happenings.slice(0, FEW),
    }),
  (facts) =>
    thinned(facts, 'history', {
      attributes: mapHistories(facts, ({ latest }) => {
        const short = { ...latest, value: shortened(latest.value) }
        return { latest: short, earliest: short }
      }),
    }),
]

const shortened = (value: AttributeValue): AttributeValue => {
  if (typeof value === 'string') return cutText(value, SHORT_BYTES)
  return typeof value === 'object' ? value.slice(0, FEW) : value
}
