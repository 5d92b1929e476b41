import type { SpanRow } from '../api/spans.ts'
import type { Trace, TraceSpan } from '../api/trace.ts'
import type { Row, RunQuery } from '../warehouse/rows.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { type Activity, type Children, childrenOf, descendantsOf } from './path/activity.ts'
import { canWait, segmentsOf } from './path/segments.ts'
import { SPAN_ROW, spanRowOf } from './spans.ts'
import { type Details, detailsOf, lastPushOf, reasonOf } from './trace/details.ts'
import { inTreeOrder, type Placed } from './trace/in-tree-order.ts'

/** @param nowMillis until when what is under way has lasted; undefined when there is no such trace */
export const trace = async (
  warehouse: Pick<Warehouse, 'query'>,
  traceId: string,
  nowMillis: number,
): Promise<Trace | undefined> => {
  const rows = await warehouse.query(
    `SELECT ${SPAN_ROW}, parent_span_id, end_time, service, url, details FROM spans WHERE trace_id = $traceId`,
    { traceId },
  )
  const spans = rows.map(readSpan)
  if (spans.length === 0) return undefined
  const titles = await titlesOf(warehouse.query, spans)
  const children = childrenOf(spans)
  const placed = inTreeOrder(spans)
  const ends = spans.map(({ startMillis, endMillis }) => Math.max(startMillis, endMillis ?? nowMillis))
  return {
    traceId,
    title: placed[0]?.activity.row.title ?? '',
    startMillis: least(spans.map(({ startMillis }) => startMillis)),
    endMillis: -least(ends.map((end) => -end)),
    spans: placed.map((one) => traceSpanOf(one, children, titles, nowMillis)),
  }
}

interface ReadSpan extends Activity {
  readonly spanId: string
  readonly parentSpanId?: string
  readonly row: SpanRow
  readonly service: string
  readonly url: unknown
  readonly details: Details
}

const readSpan = (row: Row): ReadSpan => {
  const details = detailsOf(row.details)
  const lastPushMillis = lastPushOf(details)
  return {
    row: spanRowOf(row),
    spanId: String(row.span_id),
    ...(typeof row.parent_span_id === 'string' ? { parentSpanId: row.parent_span_id } : {}),
    operation: String(row.operation),
    startMillis: Number(row.start_ms),
    ...(typeof row.end_time === 'number' ? { endMillis: row.end_time } : {}),
    ...(lastPushMillis === undefined ? {} : { lastPushMillis }),
    service: String(row.service),
    url: row.url,
    details,
  }
}

const traceSpanOf = (
  { activity, depth, isOrphan }: Placed<ReadSpan>,
  children: Children<ReadSpan>,
  titles: ReadonlyMap<string, string>,
  nowMillis: number,
): TraceSpan => {
  const { row, parentSpanId, endMillis, service, details } = activity
  const url = webPage(activity.url)
  return {
    ...row,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    depth,
    isOrphan,
    service,
    ...(endMillis === undefined ? {} : { endMillis }),
    ...(url === undefined ? {} : { url }),
    waits: waitsOf(activity, children, nowMillis),
    attributes: details.attributes,
    links: details.links.map((link) => linkOf(link, titles)),
    events: details.events,
  }
}

/** Only its own: what those below it wait for stands on them. */
const waitsOf = (span: ReadSpan, children: Children<ReadSpan>, nowMillis: number): TraceSpan['waits'] =>
  !canWait(span)
    ? []
    : segmentsOf(span, descendantsOf(children, span), nowMillis)
        .filter(({ kind, spanId }) => kind === 'wait' && spanId === span.spanId)
        .map(({ fromMillis, toMillis, name }) => ({ fromMillis, toMillis, waitingFor: name }))

const linkOf = (link: Details['links'][number], titles: ReadonlyMap<string, string>): TraceSpan['links'][number] => {
  const { traceId, spanId } = link
  const [reason, title] = [reasonOf(link), titles.get(`${traceId} ${spanId}`)]
  return {
    traceId,
    spanId,
    ...(reason === undefined ? {} : { reason }),
    ...(title === undefined ? {} : { title }),
  }
}

/** Of the spans that are linked to, by trace and span id. */
const titlesOf = async (query: RunQuery, spans: readonly ReadSpan[]): Promise<ReadonlyMap<string, string>> => {
  const targets = spans.flatMap(({ details }) =>
    details.links.map(({ traceId, spanId }) => ({ trace_id: traceId, span_id: spanId })),
  )
  if (targets.length === 0) return new Map()
  const rows = await query(
    `SELECT trace_id, span_id, title FROM spans
     SEMI JOIN (SELECT unnest(from_json($targets, '[{"trace_id": "VARCHAR", "span_id": "VARCHAR"}]'), recursive := true))
     USING (trace_id, span_id)`,
    { targets: JSON.stringify(targets) },
  )
  return new Map(rows.map((row) => [`${row.trace_id} ${row.span_id}`, String(row.title)]))
}

/** A link to anything else, such as `javascript:`, would run in the page. */
const webPage = (url: unknown): string | undefined =>
  typeof url === 'string' && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : undefined

/** Not `Math.min`, which takes no more arguments than the stack holds. */
const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
