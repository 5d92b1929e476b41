import { isWaypoint, kindOf, type Operation } from './activity.ts'
import { type Attributes, withoutEmptyLists } from './attributes.ts'
import type { Context, Emission, Facts } from './context.ts'
import { environmentOf } from './environment.ts'
import { type Episode, finishedEpisodes } from './episodes.ts'
import type { Happening } from './happening.ts'
import { spanIdOf } from './identity.ts'
import { attributesAt } from './join.ts'
import { RESULTS } from './result.ts'
import { reviewAttributes } from './review.ts'

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
  /** What happened in its course, in order. */
  readonly events: readonly Happening[]
}

/** The spans of all finished episodes of a context, in order. A function of the facts and the relations alone. */
export const spansOf = (context: Context): readonly CompletedSpan[] =>
  isWaypoint(context.key) ? [] : finishedEpisodes(context.facts).map((episode) => spanOf(context, episode))

export const episodeOf = ({ attributes }: CompletedSpan): number => Number(attributes['valuestream.episode'])

/**
 * The span of an emission as it goes out: with the mark of a correction, and a way to where it was before.
 *
 * @param spans all of the context
 */
export const emittedSpan = (spans: readonly CompletedSpan[], emission: Emission): CompletedSpan | undefined => {
  const span = spans.find((finished) => episodeOf(finished) === emission.episode)
  if (span === undefined || emission.revision === 0) return span
  const former = emission.formerTraceIds.map((traceId) => ({ traceId, spanId: span.spanId, reason: 'former_trace' }))
  return {
    ...span,
    attributes: { ...span.attributes, 'valuestream.correction': emission.revision },
    links: [...span.links, ...former],
  }
}

const spanOf = (context: Context, episode: Episode): CompletedSpan => {
  const { key, facts, traceId, parent, links } = context
  const { ordinal, startMillis, endMillis, ending, closedMillis } = episode
  const isRun = facts.operation === 'build' || facts.operation === 'deploy'
  const previous = ordinal > 1 ? [{ traceId, spanId: spanIdOf(key, ordinal - 1), reason: 'reopened' }] : []
  const reported = attributesAt(facts, ending)
  const events = facts.happenings.filter(({ atMillis }) => atMillis >= startMillis && atMillis <= endMillis)
  return {
    traceId,
    spanId: spanIdOf(key, ordinal),
    ...(parent?.spanId === undefined ? {} : { parentSpanId: parent.spanId }),
    name: facts.operation,
    kind: isRun ? 'server' : 'internal',
    startMillis,
    endMillis,
    isError: RESULTS[ending.result].isError,
    attributes: {
      ...withoutEmptyLists(reported),
      ...resultAttributes(episode),
      ...(isRun ? runAttributes(context, episode) : {}),
      ...(facts.operation === 'deploy' ? deployAttributes(context, reported, episode) : {}),
      ...(kindOf(key) === 'pull_request'
        ? reviewAttributes(events, episode, textOf(reported['user.name']), reported['pull_request.draft'] === true)
        : {}),
      'valuestream.activity.key': key,
      'valuestream.episode': ordinal,
      ...(closedMillis === undefined ? {} : { 'valuestream.closed_millis': closedMillis }),
      ...(parent === undefined ? {} : { 'valuestream.link.reason': parent.reason }),
      ...certaintyAttributes(facts, episode),
      ...(facts.cut.length === 0 ? {} : { 'valuestream.cut': facts.cut }),
    },
    links: [
      ...links.flatMap(({ traceId, spanId, reason }) => (spanId === undefined ? [] : [{ traceId, spanId, reason }])),
      ...previous,
    ],
    events,
  }
}

const textOf = (value: unknown): string | undefined => (value === undefined ? undefined : String(value))

const resultAttributes = ({ ending: { result, certainty } }: Episode): Attributes => ({
  'valuestream.result': result,
  ...(RESULTS[result].isError ? { error: true, 'error.type': certainty === 'guessed' ? 'abandoned' : result } : {}),
})

const runAttributes = ({ facts, queuedMillis }: Context, { startMillis, ending }: Episode): Attributes => {
  const waiting = [queuedMillis, facts.queuedMillis].filter(
    (millis): millis is number => millis !== undefined && millis <= startMillis,
  )
  return {
    'cicd.pipeline.result': ending.result,
    'cicd.pipeline.action.name': facts.operation === 'deploy' ? 'RUN' : 'BUILD',
    ...(waiting.length === 0 || facts.opened.certainty === 'estimated' || facts.attributes['build.queue_millis']
      ? {}
      : { 'build.queue_millis': startMillis - Math.min(...waiting) }),
  }
}

/** Environments of which nobody says whether they are production, and whose name says it. */
const PRODUCTION = /^prod(?:uction)?(?![a-z])|^live$/i

const deployAttributes = (
  { links, parent, rollback }: Context,
  reported: Attributes,
  { ending }: Episode,
): Attributes => {
  const environment = environmentOf(reported)
  const status = RESULTS[ending.result].deploymentStatus
  const [name, id] = [reported['cicd.pipeline.name'], reported['cicd.pipeline.run.id']]
  const carried = links.filter(({ reason }) => reason === 'carried').length
  const deployed = carried + Number(parent?.key.startsWith('pull_request:') ?? false)
  return {
    ...(name === undefined ? {} : { 'deployment.name': name }),
    ...(id === undefined ? {} : { 'deployment.id': id }),
    ...(status === undefined ? {} : { 'deployment.status': status }),
    ...(environment === undefined
      ? {}
      : {
          'deployment.environment.name': environment,
          'deployment.production': reported['deployment.production'] ?? PRODUCTION.test(environment),
        }),
    ...(rollback === true ? { 'deployment.rollback': true } : {}),
    ...(deployed === 0 ? {} : { 'deployment.pull_requests_count': deployed }),
  }
}

const certaintyAttributes = ({ opened }: Facts, { ordinal, endMillis, ending }: Episode): Attributes => ({
  ...(ordinal === 1 && opened.certainty === 'estimated' ? { 'valuestream.start.estimated': true } : {}),
  ...((ending.certainty === 'estimated' || ending.certainty === 'guessed') && ending.atMillis === endMillis
    ? { 'valuestream.end.estimated': true }
    : {}),
  ...(ordinal === 1 && ending.atMillis < opened.atMillis ? { 'valuestream.times_reversed': true } : {}),
})
