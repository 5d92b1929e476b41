import type { Attributes } from '../../../lib/delivery/attributes.ts'
import type { Context } from '../../../lib/delivery/context.ts'
import { type CompletedSpan, spansOf } from '../../../lib/delivery/span.ts'

/** What only a webhook tells, as docs/import.md says: of a Jenkins run the plugin's own number. */
const ONLY_LIVE = ['build.context_id'] as const
/** Of a close that was not the last one: how large the pull request was at that time. */
const ONLY_LIVE_THEN = [
  'pull_request.commits',
  'pull_request.additions',
  'pull_request.deletions',
  'pull_request.changed_files',
  'pull_request.comments_count',
  'pull_request.review_comments_count',
] as const
/** Of a pull request from a fork: its pushes, and what is counted by them. */
const ONLY_LIVE_OF_FORKS = ['pull_request.review_rounds'] as const
/** And of a close that was not the last one: the head of then. */
const ONLY_LIVE_OF_FORKS_THEN = ['scm.head.sha', 'vcs.ref.head.revision'] as const

/** The spans of a store by their ids, without what only a webhook can tell. */
export const comparableSpans = (contexts: Iterable<Context>): ReadonlyMap<string, CompletedSpan> =>
  new Map([...contexts].flatMap(comparableOf).map((span) => [span.spanId, span]))

const comparableOf = (context: Context): readonly CompletedSpan[] => {
  const spans = spansOf(context)
  return spans.map((span, index) => comparable(span, index === spans.length - 1))
}

const comparable = (span: CompletedSpan, isLast: boolean): CompletedSpan => {
  const isFork = String(span.attributes['scm.head.label'] ?? '').startsWith('mallory:')
  const without = [
    ...ONLY_LIVE,
    ...(isLast ? [] : ONLY_LIVE_THEN),
    ...(isFork ? ONLY_LIVE_OF_FORKS : []),
    ...(isFork && !isLast ? ONLY_LIVE_OF_FORKS_THEN : []),
  ]
  return {
    ...span,
    attributes: sorted(span.attributes, new Set<string>(without)),
    events: span.events.filter(({ name }) => !isFork || name !== 'pushed'),
  }
}

const sorted = (attributes: Attributes, without: ReadonlySet<string>): Attributes =>
  Object.fromEntries(
    Object.entries(attributes)
      .filter(([name]) => !without.has(name))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ) as Attributes

/** How two sets of spans differ: a line for each field of each span. */
export const differences = (
  a: ReadonlyMap<string, CompletedSpan>,
  b: ReadonlyMap<string, CompletedSpan>,
): readonly string[] =>
  [...new Set([...a.keys(), ...b.keys()])].flatMap((id) => {
    const [x, y] = [a.get(id), b.get(id)]
    if (x === undefined || y === undefined)
      return [`${(x ?? y)?.name} ${id} is only ${x === undefined ? 'live' : 'imported'}`]
    return fieldsOf(x, y).map(([name, of]) => `${x.name} ${id} ${name}: ${of(x)} / ${of(y)}`)
  })

const fieldsOf = (
  x: CompletedSpan,
  y: CompletedSpan,
): readonly (readonly [string, (of: CompletedSpan) => string])[] => {
  const attributes = [...new Set([...Object.keys(x.attributes), ...Object.keys(y.attributes)])].map(
    (name) => [name, (of: CompletedSpan) => JSON.stringify(Reflect.get(of.attributes, name))] as const,
  )
  const fields = Object.keys({ ...x, ...y })
    .filter((name) => name !== 'attributes')
    .map((name) => [name, (of: CompletedSpan) => JSON.stringify(Reflect.get(of, name))] as const)
  return [...fields, ...attributes].filter(([, of]) => of(x) !== of(y))
}
