import type { JSX } from 'preact'
import type { SpanRow } from '../../api/spans.ts'
import { formatDuration } from '../../duration.ts'
import { Moment } from './moment.tsx'
import { OperationTag } from './operation-tag.tsx'
import { ResultTag } from './result-tag.tsx'

/** Spans, each with the way to its trace, on which it is the one that is open. */
export const SpanList = ({ spans }: { readonly spans: readonly SpanRow[] }): JSX.Element => (
  <ul class="span-list">
    {spans.map((span) => (
      <li key={`${span.traceId} ${span.spanId}`}>
        <OperationTag operation={span.operation} />
        <a class="span-title" href={traceHref(span)}>
          {span.title}
        </a>
        <span class="span-when">
          <Moment millis={span.startMillis} />
        </span>
        <ResultTag span={span} />
        <span class="span-took">
          {span.durationMillis === undefined ? `${ageOf(span)} old` : formatDuration(span.durationMillis)}
        </span>
      </li>
    ))}
  </ul>
)

const ageOf = ({ startMillis }: SpanRow): string => formatDuration(Math.max(0, Date.now() - startMillis))

export const traceHref = ({ traceId, spanId }: { readonly traceId: string; readonly spanId: string }): string =>
  `/traces/${encodeURIComponent(traceId)}?span=${encodeURIComponent(spanId)}`
