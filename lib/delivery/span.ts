import type { Operation } from './activity.ts'
import type { Attributes } from './attributes.ts'
import type { Context, Emission, Facts } from './context.ts'
import { type Episode, finishedEpisodes } from './episodes.ts'
import { spanIdOf } from './identity.ts'
import { attributesAt } from './join.ts'
import { RESULTS } from './result.ts'

export interface SpanLink {
  readonly traceId: string
  readonly spanId: string
  readonly reason: string
}

/** A span ready to go out; times in epoch milliseconds. */
export interface CompletedSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: Operation
  /** OpenTelemetry: a pipeline's run is of kind SERVER; what people do is INTERNAL. */
  readonly kind: 'server' | 'internal'
  readonly startMillis: number
  readonly endMillis: number
  readonly isError: boolean
  readonly attributes: Attributes
  readonly links: readonly SpanLink[]
}

/** The spans of all finished episodes of a context, in order. A function of the facts and the relations alone. */
export const spansOf = (context: Context): readonly CompletedSpan[] =>
  finishedEpisodes(context.facts).map((episode) => spanOf(context, episode))

/** The span of an emission as it goes out: with the mark of a correction, and a way to where it was before. */
export const emittedSpan = (context: Context, emission: Emission): CompletedSpan | undefined => {
  const episode = finishedEpisodes(context.facts).find(({ ordinal }) => ordinal === emission.episode)
  if (episode === undefined) return undefined
  const span = spanOf(context, episode)
  if (emission.revision === 0) return span
  const former = emission.formerTraceIds.map((traceId) => ({ traceId, spanId: span.spanId, reason: 'former_trace' }))
  return {
    ...span,
    attributes: { ...span.attributes, 'valuestream.correction': emission.revision },
    links: [...span.links, ...former],
  }
}

const spanOf = ({ key, facts, traceId, parent, links }: Context, episode: Episode): CompletedSpan => {
  const run = facts.operation === 'build' || facts.operation === 'deploy'
  const previous =
    episode.ordinal > 1 ? [{ traceId, spanId: spanIdOf(key, episode.ordinal - 1), reason: 'reopened' }] : []
  return {
    traceId,
    spanId: spanIdOf(key, episode.ordinal),
    ...(parent === undefined ? {} : { parentSpanId: parent.spanId }),
    name: facts.operation,
    kind: run ? 'server' : 'internal',
    startMillis: episode.startMillis,
    endMillis: episode.endMillis,
    isError: RESULTS[episode.ending.result].isError,
    attributes: {
      ...withoutEmptyLists(attributesAt(facts, episode.ending)),
      ...resultAttributes(episode),
      ...(run ? runAttributes(facts, episode) : {}),
      ...(facts.operation === 'deploy' ? deployAttributes(facts, episode) : {}),
      'valuestream.activity.key': key,
      'valuestream.episode': episode.ordinal,
      ...(episode.closedMillis === undefined ? {} : { 'valuestream.closed_millis': episode.closedMillis }),
      ...(parent === undefined ? {} : { 'valuestream.link.reason': parent.reason }),
      ...certaintyAttributes(facts, episode),
    },
    links: [...links.map(({ traceId, spanId, reason }) => ({ traceId, spanId, reason })), ...previous],
  }
}

const withoutEmptyLists = (attributes: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => !Array.isArray(value) || value.length > 0))

const resultAttributes = ({ ending: { result } }: Episode): Attributes => ({
  'valuestream.result': result,
  ...(RESULTS[result].isError ? { error: true, 'error.type': result } : {}),
})

const runAttributes = ({ operation }: Facts, { ending: { result } }: Episode): Attributes => ({
  'cicd.pipeline.result': result,
  'cicd.pipeline.action.name': operation === 'deploy' ? 'RUN' : 'BUILD',
})

const deployAttributes = (facts: Facts, { ending }: Episode): Attributes => {
  const attributes = attributesAt(facts, ending)
  const environment = attributes['build.parameter.environment'] ?? attributes['build.parameter.env']
  const status = RESULTS[ending.result].deploymentStatus
  const [name, id] = [attributes['cicd.pipeline.name'], attributes['cicd.pipeline.run.id']]
  return {
    ...(name === undefined ? {} : { 'deployment.name': name }),
    ...(id === undefined ? {} : { 'deployment.id': id }),
    ...(status === undefined ? {} : { 'deployment.status': status }),
    ...(environment === undefined ? {} : { 'deployment.environment.name': environment }),
  }
}

const certaintyAttributes = ({ opened }: Facts, { ordinal, endMillis, ending }: Episode): Attributes => ({
  ...(ordinal === 1 && opened.certainty === 'estimated' ? { 'valuestream.start.estimated': true } : {}),
  ...(ending.certainty === 'estimated' && ending.atMillis === endMillis ? { 'valuestream.end.estimated': true } : {}),
  ...(ordinal === 1 && ending.atMillis < opened.atMillis ? { 'valuestream.times_reversed': true } : {}),
})
