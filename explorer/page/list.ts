import { html } from 'hono/html'
import { formatDuration } from '../duration.ts'
import type { TraceSummary } from '../summary.ts'
import { type Html, layout } from './layout.ts'
import { formatTime } from './time.ts'

interface TraceList {
  readonly traces: readonly TraceSummary[]
  /** From 1. */
  readonly page: number
  readonly pageSize: number
  readonly total: number
}

/** What arrived, newest first. */
export const listPage = (list: TraceList): Html =>
  list.total === 0
    ? layout('ValueStream', emptyState, { refreshSeconds: 5 })
    : layout(
        'Traces · ValueStream',
        html`<h1>Traces <small>${list.total}</small></h1>
<table class="traces">
<thead><tr><th>Trace</th><th>Service</th><th>Started</th><th class="number">Duration</th>
<th class="number">Spans</th><th>State</th></tr></thead>
<tbody>${list.traces.map(row)}</tbody>
</table>
${pages(list)}`,
      )

const STATES = { ok: 'done', error: 'with errors', open: 'under way' } as const

const row = (trace: TraceSummary): Html => html`<tr>
<td class="title"><a href="/traces/${trace.traceId}"><span class="operation">${trace.name}</span> ${trace.title}</a></td>
<td>${trace.services.join(', ')}</td>
<td>${formatTime(trace.startMillis)}</td>
<td class="number">${formatDuration(trace.durationMillis)}</td>
<td class="number">${trace.spanCount}<span class="unit"> ${trace.spanCount === 1 ? 'span' : 'spans'}</span></td>
<td><span class="state ${trace.state}">${STATES[trace.state]}</span></td>
</tr>`

const pages = ({ page, pageSize, total }: TraceList): Html => {
  const last = Math.ceil(total / pageSize)
  return html`<nav>
${page > 1 ? html`<a href="/?page=${page - 1}">Newer</a>` : ''}
${last > 1 ? html`<span>Page ${page} of ${last}</span>` : ''}
${page < last ? html`<a href="/?page=${page + 1}">Older</a>` : ''}
</nav>`
}

const emptyState = html`<h1>Nothing has arrived yet</h1>
<p>A span arrives here when its work is done: when an issue or a pull request is closed, or a build or a deploy ends.</p>
<ol>
<li>To see it with a sample history, stop ValueStream (Ctrl-C) and run <code>npm run demo</code>.</li>
<li>To see your own work, register the webhooks whose addresses <code>npm start</code> has printed.</li>
<li>Then close an issue, or run a build. This page looks again every five seconds.</li>
</ol>`
