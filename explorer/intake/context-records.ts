import { isWaypoint } from '../../lib/delivery/activity.ts'
import type { Attributes } from '../../lib/delivery/attributes.ts'
import { type Context, openingsOf } from '../../lib/delivery/context.ts'
import { environmentOf } from '../../lib/delivery/environment.ts'
import { isAlive } from '../../lib/delivery/episodes.ts'
import type { Happening } from '../../lib/delivery/happening.ts'
import { spanIdOf } from '../../lib/delivery/identity.ts'
import { type CompletedSpan, emittedSpan, type SpanLink, spansOf } from '../../lib/delivery/span.ts'
import type { SpanRecord } from '../warehouse/span-record.ts'

/** What the table knows of an activity as spans: its finished episodes as they went out, and the one under way. */
export const contextRecords = (context: Context): readonly SpanRecord[] => {
  if (isWaypoint(context.key)) return []
  const spans = spansOf(context)
  const emitted = new Map(
    context.emissions.flatMap((emission) => {
      const span = emittedSpan(spans, emission)
      return span === undefined ? [] : [[span.spanId, span] as const]
    }),
  )
  const finished = spans.map((span) => finishedRecord(emitted.get(span.spanId) ?? span))
  return isAlive(context.facts) ? [...finished, openRecord(context)] : finished
}

const finishedRecord = ({ name, links, events, kind: _, ...span }: CompletedSpan): SpanRecord => ({
  ...span,
  ...common(span.attributes, links, events),
  operation: name,
})

/** The attributes of an episode that has not ended are those known by now. */
const openRecord = ({ key, facts, traceId, parent, links }: Context): SpanRecord => {
  const openings = openingsOf(facts)
  const startMillis = openings.at(-1) ?? facts.opened.atMillis
  const attributes = openAttributes(facts.attributes)
  const environment = facts.operation === 'deploy' ? environmentOf(attributes) : undefined
  const events = facts.happenings.filter(({ atMillis }) => atMillis >= startMillis)
  const relations = links.flatMap(({ traceId, spanId, reason }) =>
    spanId === undefined ? [] : [{ traceId, spanId, reason }],
  )
  return {
    ...common(
      {
        ...attributes,
        ...(environment === undefined ? {} : { 'deployment.environment.name': environment }),
        'valuestream.activity.key': key,
        'valuestream.episode': openings.length,
        ...(parent === undefined ? {} : { 'valuestream.link.reason': parent.reason }),
      },
      relations,
      events,
    ),
    traceId,
    spanId: spanIdOf(key, openings.length),
    ...(parent?.spanId === undefined ? {} : { parentSpanId: parent.spanId }),
    operation: facts.operation,
    startMillis,
    isError: false,
  }
}

const openAttributes = (histories: Context['facts']['attributes']): Attributes =>
  Object.fromEntries(
    Object.entries(histories).flatMap(([name, history]) =>
      history === undefined ? [] : [[name, history.latest.value]],
    ),
  )

const common = (attributes: Attributes, links: readonly SpanLink[], events: readonly Happening[]) => {
  const service = String(attributes.service ?? 'valuestream')
  return {
    origin: 'stored' as const,
    service,
    attributes: plain(attributes),
    resource: { 'service.name': service },
    links: links.map(({ reason, ...to }) => ({ ...to, attributes: { 'valuestream.link.reason': reason } })),
    events: events.map((event) => ({ ...event, attributes: plain(event.attributes) })),
  }
}

/** Without what nobody has reported. */
const plain = (attributes: Attributes): SpanRecord['attributes'] =>
  Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
