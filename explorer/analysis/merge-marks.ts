import { groupBy } from '../../lib/delivery/group-by.ts'
import type { Candidate, Whole } from './candidate.ts'

/** All that marks the very same spans, the most telling first. */
export interface Merged {
  readonly marks: readonly Candidate[]
  readonly having: number
  readonly selectedHaving: number
  readonly within: Whole
  readonly source: Candidate['source']
  readonly isAbsent: boolean
}

/**
 * One row for what marks the same spans, and for what marks all the others: that is the same test the other way round.
 * Told is what stands more often in the selection than outside, where something has a value there; else what stands less
 * often.
 */
export const mergeMarks = (candidates: readonly Candidate[]): readonly Merged[] =>
  [...groupBy(candidates, splitOf).values()].flatMap(mergedOf)

/** The same for a set of spans and for the rest of what it is looked for on. */
const splitOf = ({ signature, having, within }: Candidate): string => {
  const both = [`${having} ${signature}`, `${within.count - having} ${within.signature ^ signature}`]
  return both.sort().join(' | ')
}

const mergedOf = (row: readonly Candidate[]): readonly Merged[] => {
  const more = tellingOf(row.filter((candidate) => isMoreOften(candidate)))
  const less = tellingOf(row.filter((candidate) => !isMoreOften(candidate)))
  const marks = rankOf(more[0]) <= rankOf(less[0]) ? more : less
  const [first] = marks
  if (first === undefined) return []
  const { having, selectedHaving, within, source, isAbsent } = first
  return [{ marks, having, selectedHaving, within, source, isAbsent }]
}

const isMoreOften = ({ having, selectedHaving, within }: Candidate): boolean =>
  selectedHaving * within.count >= having * within.selected

/** Presence and absence of an operation say most, then values, then that a name is or is not there. */
const rankOf = (mark: Candidate | undefined): number => {
  if (mark === undefined) return 3
  if (mark.name === '*') return 0
  return mark.value === undefined ? 2 : 1
}

/** What somebody has chosen says more than what follows from it. */
const CHOSEN = [/^build\.parameter\./, /^event\.metadata\./, /\.labels?$/, /\.type$/, /^deployment\./]

const choiceOf = ({ name }: Candidate): number => {
  const at = CHOSEN.findIndex((pattern) => pattern.test(name))
  return at === -1 ? CHOSEN.length : at
}

/** In order, without what another of them implies. */
const tellingOf = (marks: readonly Candidate[]): readonly Candidate[] => {
  const present = new Set(marks.filter(({ name }) => name === '*').map(({ scope }) => scope))
  const valued = new Set(marks.flatMap(({ scope, name, value }) => (value === undefined ? [] : [`${scope} ${name}`])))
  return marks
    .filter(({ scope, name }) => name === '*' || !present.has(scope))
    .filter(({ scope, name, value }) => name === '*' || value !== undefined || !valued.has(`${scope} ${name}`))
    .sort((a, b) => rankOf(a) - rankOf(b) || choiceOf(a) - choiceOf(b) || compare(a, b))
}

const compare = (a: Candidate, b: Candidate): number => {
  const [one, other] = [a, b].map(({ scope, name, value }) => `${scope === 'self' ? '' : scope} ${name} ${value ?? ''}`)
  return (one ?? '') < (other ?? '') ? -1 : 1
}
