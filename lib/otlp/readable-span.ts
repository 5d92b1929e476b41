import { type HrTime, type Link, SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api'
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources'
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace-base'
import type { AttributeName, Attributes } from '../delivery/attributes.ts'
import type { Happening } from '../delivery/happening.ts'
import type { CompletedSpan, SpanLink } from '../delivery/span.ts'

/** What of a span's attributes tells the resource: the source, and the repository or the job. */
const RESOURCE_ATTRIBUTES = [
  'vcs.provider.name',
  'vcs.owner.name',
  'vcs.repository.name',
  'vcs.repository.url.full',
  'cicd.pipeline.name',
] as const satisfies readonly AttributeName[]

const SCOPE = { name: 'valuestream' } as const

/** Completed spans as the SDK's exporters take them; spans of one repository or job share one resource. */
export const readableSpans = (spans: readonly CompletedSpan[]): ReadableSpan[] => {
  const resources = new Map<string, Resource>()
  return spans.map((span) => {
    const attributes = resourceAttributes(span.attributes)
    const id = JSON.stringify(attributes)
    const resource = resources.get(id) ?? resourceFromAttributes(attributes)
    resources.set(id, resource)
    return readableSpan(span, resource)
  })
}

const resourceAttributes = (attributes: Attributes): Record<string, string> => {
  const of = Object.fromEntries(
    RESOURCE_ATTRIBUTES.flatMap((name) => (attributes[name] === undefined ? [] : [[name, String(attributes[name])]])),
  )
  return { 'service.name': String(attributes.service ?? 'valuestream'), ...of }
}

const readableSpan = (span: CompletedSpan, resource: Resource): ReadableSpan => {
  const { traceId, spanId, parentSpanId, startMillis, endMillis } = span
  return {
    name: span.name,
    kind: span.kind === 'server' ? SpanKind.SERVER : SpanKind.INTERNAL,
    spanContext: () => ({ traceId, spanId, traceFlags: TraceFlags.SAMPLED }),
    ...(parentSpanId === undefined
      ? {}
      : { parentSpanContext: { traceId, spanId: parentSpanId, traceFlags: TraceFlags.SAMPLED, isRemote: true } }),
    startTime: hrTime(startMillis),
    endTime: hrTime(endMillis),
    duration: hrTime(endMillis - startMillis),
    status: { code: span.isError ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
    attributes: sdkAttributes(span.attributes),
    links: span.links.map(readableLink),
    events: span.events.map(timedEvent),
    ended: true,
    resource,
    instrumentationScope: SCOPE,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  }
}

const readableLink = ({ traceId, spanId, reason }: SpanLink): Link => ({
  context: { traceId, spanId, traceFlags: TraceFlags.SAMPLED },
  attributes: { 'valuestream.link.reason': reason },
})

const timedEvent = ({ name, atMillis, attributes }: Happening): TimedEvent => ({
  name,
  time: hrTime(atMillis),
  attributes: sdkAttributes(attributes),
})

const sdkAttributes = (attributes: Attributes): ReadableSpan['attributes'] => {
  const all: ReadableSpan['attributes'] = {}
  for (const name of Object.keys(attributes) as AttributeName[]) {
    const value = attributes[name]
    all[name] = typeof value === 'object' ? [...value] : value
  }
  return all
}

/** Epoch milliseconds as OpenTelemetry's seconds and nanoseconds. */
const hrTime = (millis: number): HrTime => {
  const seconds = Math.floor(millis / 1000)
  return [seconds, Math.round((millis - seconds * 1000) * 1e6)]
}
