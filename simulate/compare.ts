import { groupBy } from '../lib/delivery/group-by.ts'
import type { LinkTruth, SpanTruth } from './truth/span-truth.ts'

/** A span as it was exported, in one of perhaps several exports. */
export interface Exported {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly startMillis: number
  readonly endMillis: number
  readonly isError: boolean
  readonly attributes: Readonly<Record<string, unknown>>
  readonly links: readonly LinkTruth[]
}

/** How many of the edges of one kind are in the truth, in what was exported, and in both. */
export interface Tally {
  readonly truth: number
  readonly exported: number
  readonly matched: number
}

export interface Difference {
  readonly key: string
  readonly spanId: string
  /** `parentSpanId`, `attributes.deployment.rollback`, `links` and so on; `unexpected` for a span that must not be. */
  readonly field: string
  readonly expected: unknown
  readonly got: unknown
}

export interface Comparison {
  readonly spans: Tally
  readonly parents: Tally
  readonly links: Tally
  /** Spans of the truth that were never exported. */
  readonly lost: readonly SpanTruth[]
  /** Exports that say again what was said, and do not say that they correct anything. */
  readonly doubled: readonly Exported[]
  /** Runs whose end was lost, and that were given up: said to be guesses, so the truth is not asked of them. */
  readonly abandoned: readonly Exported[]
  /** Spans that were right when they went out and that what came later has taken back. */
  readonly stranded: readonly Exported[]
  /** Spans whose last word differs from the truth, or that are not in it. */
  readonly wrong: readonly (readonly Difference[])[]
  readonly corrections: {
    readonly exports: number
    readonly spans: number
    /** Traces with a corrected span, of all traces. */
    readonly histories: number
    readonly allHistories: number
    /** Corrections that an earlier word of the same span has overtaken on the way. */
    readonly overtaken: number
  }
}

/** The link from a corrected span to where it stood before: a trail of the corrections, and no part of the truth. */
const FORMER = 'former_trace'

/**
 * Compares the last word on each span with the truth.
 *
 * @param takenBack the ids of the spans that were told only as long as something was missing
 */
export const compare = (
  truth: readonly SpanTruth[],
  exported: readonly Exported[],
  takenBack: ReadonlySet<string> = new Set(),
): Comparison => {
  const histories = groupBy(exported, ({ spanId }) => spanId)
  const known = new Map(truth.map((span) => [span.spanId, span]))
  const words = [...histories.values()].map(lastWord)
  const abandoned = words.filter((word) => !known.has(word.spanId) && isAbandoned(word))
  const stranded = words.filter(({ spanId }) => !known.has(spanId) && takenBack.has(spanId))
  const excused = new Set([...abandoned, ...stranded])
  const last = new Map(words.filter((word) => !excused.has(word)).map((word) => [word.spanId, word]))
  const lost = truth.filter(({ spanId }) => !last.has(spanId))
  const found = truth.flatMap((span) => {
    const word = last.get(span.spanId)
    return word === undefined ? [] : [differencesOf(span, word)]
  })
  const unexpected = [...last.values()].filter(({ spanId }) => !known.has(spanId))
  const corrected = [...last.values()].filter((word) => correctionOf(word) > 0)
  return {
    spans: { truth: truth.length, exported: last.size, matched: truth.length - lost.length },
    parents: tally(truth.flatMap(parentEdge), [...last.values()].flatMap(parentEdge)),
    links: tally(truth.flatMap(linkEdges), [...last.values()].flatMap(linkEdges)),
    lost,
    doubled: [...histories.values()].flatMap(doublesOf),
    abandoned,
    stranded,
    wrong: [...found.filter(({ length }) => length > 0), ...unexpected.map((word) => [unexpectedIn(word)])],
    corrections: {
      exports: exported.filter((word) => correctionOf(word) > 0).length,
      spans: corrected.length,
      histories: new Set(corrected.map(({ traceId }) => traceId)).size,
      allHistories: new Set(truth.map(({ traceId }) => traceId)).size,
      overtaken: [...histories.values()].filter((exports) => exports.at(-1) !== lastWord(exports)).length,
    },
  }
}

const isAbandoned = ({ attributes }: Exported): boolean => attributes['error.type'] === 'abandoned'

const correctionOf = ({ attributes }: Exported): number => Number(attributes['valuestream.correction'] ?? 0)

/** The highest correction: two that were sent at once may come in the wrong order. */
const lastWord = (exports: readonly Exported[]): Exported => {
  const [first, ...more] = exports
  if (first === undefined) throw new RangeError('a span has an export')
  return more.reduce((last, word) => (correctionOf(word) >= correctionOf(last) ? word : last), first)
}

/** Of the exports with one number of a correction, none included, all but the first. */
const doublesOf = (exports: readonly Exported[]): readonly Exported[] =>
  [...groupBy(exports, correctionOf).values()].flatMap(([, ...again]) => again)

const parentEdge = ({ spanId, parentSpanId }: SpanTruth | Exported): readonly string[] =>
  parentSpanId === undefined ? [] : [`${spanId} ${parentSpanId}`]

const linksOf = ({ links }: SpanTruth | Exported): readonly string[] =>
  [
    ...new Set(links.filter(({ reason }) => reason !== FORMER).map(({ spanId, reason }) => `${spanId} ${reason}`)),
  ].sort()

const linkEdges = (span: SpanTruth | Exported): readonly string[] =>
  linksOf(span).map((link) => `${span.spanId} ${link}`)

const tally = (truth: readonly string[], exported: readonly string[]): Tally => {
  const right = new Set(truth)
  return { truth: right.size, exported: exported.length, matched: exported.filter((edge) => right.has(edge)).length }
}

const differencesOf = (truth: SpanTruth, got: Exported): readonly Difference[] => {
  const { key, spanId } = truth
  const fields: readonly (readonly [string, unknown, unknown])[] = [
    ['name', truth.name, got.name],
    ['traceId', truth.traceId, got.traceId],
    ['parentSpanId', truth.parentSpanId, got.parentSpanId],
    ['isError', truth.isError, got.isError],
    ['attributes.valuestream.result', truth.result, got.attributes['valuestream.result']],
    ['attributes.valuestream.activity.key', key, got.attributes['valuestream.activity.key']],
    ['attributes.valuestream.episode', truth.episode, got.attributes['valuestream.episode']],
    ['links', linksOf(truth).join(', '), linksOf(got).join(', ')],
    ...Object.entries(truth.attributes).map(
      ([name, value]) => [`attributes.${name}`, value, got.attributes[name]] as const,
    ),
  ]
  const times: readonly (readonly [string, readonly number[], number])[] = [
    ['startMillis', truth.startMillis, got.startMillis],
    ['endMillis', truth.endMillis, got.endMillis],
  ]
  return [
    ...fields.filter(([, expected, is]) => expected !== is),
    ...times.filter(([, expected, is]) => !expected.includes(is)),
  ].map(([field, expected, is]) => ({ key, spanId, field, expected, got: is }))
}

const unexpectedIn = (word: Exported): Difference => ({
  key: String(word.attributes['valuestream.activity.key']),
  spanId: word.spanId,
  field: 'unexpected',
  expected: undefined,
  got: word.name,
})
