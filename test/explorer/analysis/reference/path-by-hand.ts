import { type Activity, childrenOf, descendantsOf } from '../../../../explorer/analysis/path/activity.ts'
import { type Segment, segmentsOf } from '../../../../explorer/analysis/path/segments.ts'
import type { CriticalPath } from '../../../../explorer/api/critical-path.ts'
import type { SpanRecord } from '../../../../explorer/warehouse/span-record.ts'

/** The critical path over an operation's finished spans, from the records alone, to compare the database's with. */
export const pathByHand = (records: readonly SpanRecord[], operation: string): CriticalPath => {
  const spans = records.filter((record) => record.operation === operation && record.endMillis !== undefined)
  const totalMillis = sum(spans.map(({ startMillis, endMillis = startMillis }) => endMillis - startMillis))
  const lengths = new Map<string, number[]>()
  for (const record of spans) {
    for (const [part, millis] of lengthsOf(segmentsIn(records, record))) {
      lengths.set(part, [...(lengths.get(part) ?? []), millis])
    }
  }
  const parts = [...lengths].map(([part, millis]): CriticalPath['parts'][number] => ({
    kind: part.startsWith('wait ') ? 'wait' : 'work',
    name: part.slice('work '.length),
    share: sum(millis) / totalMillis,
    medianMillis: median(millis),
    spans: millis.length,
  }))
  const inOrder = parts.sort((a, b) => b.share - a.share || compare(a.name, b.name) || compare(a.kind, b.kind))
  return { count: spans.length, totalMillis, parts: inOrder }
}

const segmentsIn = (records: readonly SpanRecord[], of: SpanRecord): readonly Segment[] => {
  const trace = records.filter(({ traceId }) => traceId === of.traceId).map(activityOf)
  return segmentsOf(activityOf(of), descendantsOf(childrenOf(trace), activityOf(of)), of.endMillis ?? of.startMillis)
}

const activityOf = ({ events, endMillis, parentSpanId, spanId, operation, startMillis }: SpanRecord): Activity => ({
  spanId,
  operation,
  startMillis,
  ...(parentSpanId === undefined ? {} : { parentSpanId }),
  ...(endMillis === undefined ? {} : { endMillis }),
  ...(operation === 'pull_request' && events.length > 0
    ? { lastPushMillis: Math.max(...events.map(({ atMillis }) => atMillis)) }
    : {}),
})

const lengthsOf = (segments: readonly Segment[]): ReadonlyMap<string, number> => {
  const lengths = new Map<string, number>()
  for (const { kind, name, fromMillis, toMillis } of segments) {
    const part = `${kind} ${name}`
    lengths.set(part, (lengths.get(part) ?? 0) + toMillis - fromMillis)
  }
  return lengths
}

const sum = (values: readonly number[]): number => values.reduce((so, value) => so + value, 0)
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
}
