import type { AttributeValue } from './attributes.ts'
import { bytesOf, cutText, isOpen, joinCuts, LIMITS } from './bounds.ts'
import type { AttributeHistory, Facts } from './context.ts'

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
