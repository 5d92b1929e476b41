import type { AttributeValue } from '../attribute-value.ts'
import type { Attributes } from '../warehouse/span-record.ts'
import type { AnyValue, ExportRequest, KeyValue, OtlpSpan } from './otlp-payload.ts'
import type { ReceivedSpan } from './received-span.ts'

/** The spans of an OTLP export request, in order. */
export const spansOf = (request: ExportRequest): ReceivedSpan[] =>
  (request.resourceSpans ?? []).flatMap(({ resource, scopeSpans }) => {
    const of = attributesOf(resource?.attributes)
    return (scopeSpans ?? []).flatMap(({ spans }) => (spans ?? []).map((span) => receivedSpan(span, of)))
  })

/** OpenTelemetry's status codes: 0 unset, 1 ok, 2 error. */
const STATES: Readonly<Record<number, ReceivedSpan['state']>> = { 1: 'ok', 2: 'error' }

const receivedSpan = (span: OtlpSpan, resource: Attributes): ReceivedSpan => ({
  traceId: span.traceId.toLowerCase(),
  spanId: span.spanId.toLowerCase(),
  ...(span.parentSpanId ? { parentSpanId: span.parentSpanId.toLowerCase() } : {}),
  name: span.name,
  service: String(resource['service.name'] ?? 'unknown_service'),
  startMillis: millisOf(span.startTimeUnixNano),
  endMillis: millisOf(span.endTimeUnixNano),
  state: STATES[span.status?.code ?? 0] ?? 'unset',
  ...(span.status?.message ? { stateMessage: span.status.message } : {}),
  attributes: attributesOf(span.attributes),
  resource,
  links: (span.links ?? []).map(({ traceId, spanId, attributes }) => ({
    traceId: traceId.toLowerCase(),
    spanId: spanId.toLowerCase(),
    attributes: attributesOf(attributes),
  })),
  events: (span.events ?? []).map(({ name, timeUnixNano, attributes }) => ({
    name: name ?? '',
    atMillis: millisOf(timeUnixNano ?? 0),
    attributes: attributesOf(attributes),
  })),
})

/** By microseconds, since a double holds no epoch nanoseconds. */
const millisOf = (nanos: string | number): number =>
  typeof nanos === 'number' ? Math.round(nanos / 1000) / 1000 : Number(BigInt(nanos) / 1000n) / 1000

const attributesOf = (pairs: readonly KeyValue[] | undefined): Attributes =>
  Object.fromEntries((pairs ?? []).map(({ key, value }) => [key, plain(value)]))

const plain = (value: AnyValue | undefined): AttributeValue => {
  if (value?.arrayValue) return (value.arrayValue.values ?? []).map(plain)
  if (value?.kvlistValue) return attributesOf(value.kvlistValue.values)
  if (value?.intValue !== undefined) return integer(value.intValue)
  return value?.stringValue ?? value?.boolValue ?? value?.doubleValue ?? value?.bytesValue ?? null
}

/** A whole number that a double does not hold stays text. */
const integer = (value: string | number): string | number =>
  Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
