import type { AnyValue, ExportRequest, KeyValue, OtlpSpan } from './otlp-payload.ts'
import type { Attributes, AttributeValue, StoredSpan } from './span.ts'

/** The spans of an OTLP export request, in order. */
export const spansOf = (request: ExportRequest): StoredSpan[] =>
  (request.resourceSpans ?? []).flatMap(({ resource, scopeSpans }) => {
    const of = attributesOf(resource?.attributes)
    return (scopeSpans ?? []).flatMap(({ spans }) => (spans ?? []).map((span) => storedSpan(span, of)))
  })

/** OpenTelemetry's status codes: 0 unset, 1 ok, 2 error. */
const STATES: Readonly<Record<number, StoredSpan['state']>> = { 1: 'ok', 2: 'error' }

const storedSpan = (span: OtlpSpan, resource: Attributes): StoredSpan => ({
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
})

/** By microseconds, since a double holds no epoch nanoseconds. */
const millisOf = (nanos: string | number): number => Number(BigInt(nanos) / 1000n) / 1000

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
