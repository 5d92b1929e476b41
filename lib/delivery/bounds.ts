import type { AttributeName, Attributes, AttributeValue } from './attributes.ts'
import type { Facts } from './context.ts'
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
  /** Of all facts as JSON; what is less dear is left out until they fit: `fitting.ts`. */
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
export const isOpen = (name: string): boolean =>
  name.startsWith('build.parameter.') || name.startsWith('event.metadata.')

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
