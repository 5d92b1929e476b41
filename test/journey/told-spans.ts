import type { ReceivedSpan } from '../support/otlp-backend.ts'

/** The last word on each span of the story of a repository, in the order in which they went out first. */
export const finalSpans = (all: readonly ReceivedSpan[], repository: string): readonly ReceivedSpan[] => {
  const last = new Map<string, ReceivedSpan>()
  for (const span of all) {
    const key = String(span.attributes['valuestream.activity.key'])
    if (new RegExp(`${repository}(?![0-9])`, 'i').test(key)) last.set(span.spanId, span)
  }
  return [...last.values()]
}

/**
 * The traces of a story as text, a span a line, below its parent: operation, number, minutes from the story's begin to
 * end, result, by what the parent was found, links and corrections.
 */
export const traceTrees = (told: readonly ReceivedSpan[], beginMillis: number): readonly string[] => {
  const spans = [...told].sort((a, b) => a.startMillis - b.startMillis)
  const ids = new Set(spans.map(({ spanId }) => spanId))
  const nameOf = (spanId: string): string => {
    const found = spans.find((span) => span.spanId === spanId)
    return found === undefined ? spanId : shortName(found)
  }
  const below = (parent: string | undefined, depth: number): readonly string[] =>
    spans
      .filter(({ parentSpanId }) =>
        parent === undefined ? parentSpanId === undefined || !ids.has(parentSpanId) : parentSpanId === parent,
      )
      .flatMap((span) => [
        `${'  '.repeat(depth)}${line(span, nameOf, ids, beginMillis)}`,
        ...below(span.spanId, depth + 1),
      ])
  return below(undefined, 0)
}

const line = (
  span: ReceivedSpan,
  nameOf: (spanId: string) => string,
  ids: ReadonlySet<string>,
  beginMillis: number,
): string => {
  const { attributes, links, parentSpanId, startMillis, endMillis } = span
  const minute = (at: number): number => Math.round(((at - beginMillis) / 60_000) * 100) / 100
  const marks = [
    attributes['error.type'] === 'abandoned' ? 'abandoned' : attributes['valuestream.result'],
    attributes['valuestream.link.reason'] === undefined ? '' : `by ${attributes['valuestream.link.reason']}`,
    parentSpanId !== undefined && !ids.has(parentSpanId) ? `below ${parentSpanId}` : '',
    ...links
      .map(({ reason, spanId }) => (reason === 'former_trace' ? 'left a trace' : `${reason} ${nameOf(spanId)}`))
      .sort(),
    attributes['valuestream.correction'] === undefined ? '' : `corrected ${attributes['valuestream.correction']}`,
    attributes['valuestream.closed_millis'] === undefined
      ? ''
      : `lay closed ${Number(attributes['valuestream.closed_millis']) / 60_000}`,
    attributes['deployment.rollback'] === true ? 'rollback' : '',
  ]
  return `${shortName(span)} ${minute(startMillis)}-${minute(endMillis)} ${marks.filter((mark) => mark !== '').join(', ')}`
}

const shortName = ({ name, attributes }: ReceivedSpan): string => {
  const key = String(attributes['valuestream.activity.key'])
  const run = /\/job\/([^/]+)\/(\d+)\/$/.exec(key) ?? /\/(runs\/\d+)\/attempts\/(\d+)\/$/.exec(key)
  const short = run === null ? `#${key.split('#')[1]}` : `${run[1]}#${run[2]}`
  const episode = Number(attributes['valuestream.episode'])
  return `${name} ${short}${episode > 1 ? ` (${episode})` : ''}`
}
