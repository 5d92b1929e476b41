import type { JSX } from 'preact'
import type { SpanRow } from '../../api/spans.ts'

/** How it ended, in a word and a colour. */
export const ResultTag = ({ span }: { readonly span: SpanRow }): JSX.Element => {
  if (span.durationMillis === undefined) return <span class="result is-open">under way</span>
  if (span.isError) return <span class="result is-failed">{span.result ?? 'failed'}</span>
  return <span class="result">{span.result ?? ''}</span>
}
