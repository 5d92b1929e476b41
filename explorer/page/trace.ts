import { html } from 'hono/html'
import { formatDuration } from '../duration.ts'
import type { AttributeValue, StoredSpan } from '../span.ts'
import { summaryOf } from '../summary.ts'
import { titleOf } from '../title.ts'
import { flatten, type TreeNode, treeOf } from '../tree.ts'
import { type Html, layout } from './layout.ts'
import { formatTime } from './time.ts'

/** Deeper is not indented further, so that a long chain stays readable on a telephone. */
const MAX_INDENT = 6

/** One trace as an indented waterfall. */
export const tracePage = (spans: readonly StoredSpan[]): Html => {
  const summary = summaryOf(spans)
  const startedAndTook = `${formatTime(summary.startMillis)} · ${formatDuration(summary.durationMillis)}`
  return layout(
    `${summary.title} · ValueStream`,
    html`<h1><span class="operation">${summary.name}</span> ${summary.title}</h1>
<p>${startedAndTook} · ${spans.length} ${spans.length === 1 ? 'span' : 'spans'}</p>
<div class="waterfall">
${flatten(treeOf(spans)).map((node) => rowOf(node, summary))}
</div>
<p class="quiet">Trace ${summary.traceId} · <a href="/api/traces/${summary.traceId}">as JSON</a></p>`,
  )
}

interface Scale {
  readonly startMillis: number
  readonly durationMillis: number
}

const rowOf = ({ span, depth, isOrphan }: TreeNode, scale: Scale): Html => html`
<details class="span ${span.state}">
<summary>
<span class="what depth-${Math.min(depth, MAX_INDENT)}"><span class="operation">${span.name}</span> ${titleOf(span)}
${span.state === 'error' ? html`<span class="state error">${resultOf(span)}</span>` : ''}</span>
<span class="number">${formatDuration(span.endMillis - span.startMillis)}</span>
${bar(span, scale)}
</summary>
<p>${formatTime(span.startMillis)} to ${formatTime(span.endMillis)} · ${span.service}
${isOrphan ? ' · its parent has not arrived: it is still under way, or in another trace' : ''}
${span.stateMessage ? ` · ${span.stateMessage}` : ''}</p>
${attributes(span.attributes)}
${span.links.map(
  ({ traceId, attributes: of }) =>
    html`<p>Link to <a href="/traces/${traceId}">trace ${traceId}</a> ${text(of['valuestream.link.reason'] ?? '')}</p>`,
)}
</details>`

const resultOf = ({ attributes: of }: StoredSpan): string => text(of['error.type'] ?? 'error')

/** Drawn as SVG, whose measures are attributes: a style attribute would need a weaker content security policy. */
const bar = ({ startMillis, endMillis }: StoredSpan, scale: Scale): Html => {
  const percent = (millis: number) => (scale.durationMillis > 0 ? (100 * millis) / scale.durationMillis : 0).toFixed(3)
  const width = percent(endMillis - startMillis)
  return html`<svg class="bar" aria-hidden="true"><rect class="track" width="100%" height="100%"></rect>
<rect class="took" x="${percent(startMillis - scale.startMillis)}%" width="${width}%" height="100%"></rect>
<rect class="took" x="${percent(startMillis - scale.startMillis)}%" width="2" height="100%"></rect></svg>`
}

const attributes = (of: StoredSpan['attributes']): Html =>
  html`<dl>${Object.entries(of)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => html`<dt>${name}</dt><dd>${linked(value)}</dd>`)}</dl>`

/** Only what is an http address becomes a link: `javascript:` is an address as well. */
const linked = (value: AttributeValue): Html | string =>
  typeof value === 'string' && /^https?:\/\/[^\s]+$/.test(value)
    ? html`<a href="${value}" rel="noreferrer">${value}</a>`
    : text(value)

const text = (value: AttributeValue): string =>
  Array.isArray(value) ? value.map(text).join(', ') : typeof value === 'object' ? JSON.stringify(value) : String(value)
