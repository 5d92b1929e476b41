import type { ActivityKey } from '../../lib/delivery/activity.ts'
import { spanIdOf, traceIdOf } from '../../lib/delivery/identity.ts'
import type { Delivery } from '../deliveries/delivery.ts'
import type { PullTelling, RunTelling } from '../deliveries/telling.ts'
import { cargoOf } from './carried.ts'
import { type EpisodeTruth, episodesOf, openingsOf, ordinalAt } from './episodes.ts'
import { type Facts, factsOf } from './facts.ts'
import { landingsOf } from './landings.ts'
import { namesOf } from './names.ts'
import { type Relation, type Relations, relationsOf } from './relations.ts'
import { reviewAttributes } from './reviews.ts'
import { endOf, resultOf, startOf } from './run-times.ts'
import { isError, type LinkTruth, type SpanTruth } from './span-truth.ts'

/**
 * The spans that have to stand in the backend once these deliveries have come, in whatever order and however often:
 * made from nothing but what they tell. It shares no decision with the system, only the definition of its ids.
 */
export const truthOf = (survivors: Iterable<Delivery>): readonly SpanTruth[] => {
  const facts = factsOf(survivors)
  const landings = landingsOf(facts)
  const cargo = cargoOf(facts, landings)
  const above = cached(relationsOf(facts, namesOf(facts)))
  const place = placing(facts, above)
  const issues = [...facts.issues].flatMap(([key, tellings]) =>
    episodesOf(tellings).map((episode) => ({ ...place.episode(key, episode), name: 'issue' as const, attributes: {} })),
  )
  const pulls = [...facts.pulls].flatMap(([key, tellings]) =>
    episodesOf(tellings).map((episode) => pullSpan(place.episode(key, episode), tellings, episode)),
  )
  const runs = [...facts.runs].flatMap(([key, tellings]) => {
    const { pulls: carried, isRollback } = cargo(key)
    const { parentSpanId } = place.where(key)
    // The parent may be named by a push, which is no span: it is the span that counts.
    const links = carried
      .map((pull) => ({ spanId: place.spanId(pull), reason: 'carried' }))
      .filter(({ spanId }) => spanId !== parentSpanId)
    return runSpan(key, tellings, place, links, isRollback)
  })
  return [...issues, ...pulls, ...runs]
}

type Placed = Omit<SpanTruth, 'name' | 'attributes'>

interface Placing {
  readonly spanId: (relation: Relation) => string
  readonly where: (key: ActivityKey) => Pick<SpanTruth, 'traceId' | 'parentSpanId' | 'links'>
  readonly episode: (key: ActivityKey, episode: EpisodeTruth) => Placed
}

/** Where a span stands: in the trace of its root, below its parent, beside what it points to. */
const placing = (facts: Facts, above: (key: ActivityKey) => Relations): Placing => {
  const rootOf = (key: ActivityKey): ActivityKey => {
    const { parent } = above(key)
    return parent === undefined ? key : rootOf(parent.key)
  }
  const spanId = ({ key, atMillis }: Relation): string => {
    const tellings = facts.issues.get(key) ?? facts.pulls.get(key)
    return spanIdOf(key, tellings === undefined ? 1 : ordinalAt(openingsOf(tellings), atMillis))
  }
  /** What has come by a push hangs from what the push belongs to: a push is no span. */
  const parentSpanId = (relation: Relation | undefined): string | undefined => {
    if (relation === undefined) return undefined
    return facts.pushes.has(relation.key) ? parentSpanId(above(relation.key).parent) : spanId(relation)
  }
  const where = (key: ActivityKey) => {
    const { parent, links } = above(key)
    const parentId = parentSpanId(parent)
    return {
      traceId: traceIdOf(rootOf(key)),
      ...(parentId === undefined ? {} : { parentSpanId: parentId }),
      links: links.map((link): LinkTruth => ({ spanId: spanId(link), reason: link.reason })),
    }
  }
  return {
    spanId,
    where,
    episode: (key, { ordinal, startMillis, endMillis, result }) => {
      const { links, ...stands } = where(key)
      const reopened = ordinal === 1 ? [] : [{ spanId: spanIdOf(key, ordinal - 1), reason: 'reopened' }]
      return {
        ...{ key, episode: ordinal, spanId: spanIdOf(key, ordinal), result, isError: isError(result) },
        ...stands,
        ...{ startMillis: [startMillis], endMillis: [endMillis], links: [...links, ...reopened] },
      }
    },
  }
}

const pullSpan = (placed: Placed, tellings: readonly PullTelling[], episode: EpisodeTruth): SpanTruth => ({
  ...placed,
  name: 'pull_request',
  attributes: { 'pull_request.merged': episode.result === 'success', ...reviewAttributes(tellings, episode) },
})

const runSpan = (
  key: ActivityKey,
  tellings: readonly RunTelling[],
  place: Placing,
  carried: readonly LinkTruth[],
  isRollback: boolean,
): readonly SpanTruth[] => {
  const start = startOf(tellings)
  const end = endOf(tellings, start)
  const result = resultOf(tellings)
  if (end === undefined || result === undefined) return []
  const { links, ...stands } = place.where(key)
  const isDeploy = tellings.some(({ deploys }) => deploys)
  const told = <T>(of: (telling: RunTelling) => T | undefined): T | undefined =>
    tellings.map(of).find((one) => one !== undefined)
  return [
    {
      ...{
        key,
        episode: 1,
        spanId: spanIdOf(key, 1),
        name: isDeploy ? 'deploy' : 'build',
        result,
        isError: isError(result),
      },
      ...stands,
      ...{ startMillis: start.values, endMillis: end.values, links: [...links, ...carried] },
      attributes: {
        'build.parameter.deploy_type': told(({ deployType }) => deployType),
        'deployment.environment.name': isDeploy ? told(({ environment }) => environment) : undefined,
        'deployment.rollback': isRollback || undefined,
        'valuestream.start.estimated': start.sureness === 'estimated' || undefined,
        // What was reckoned from an estimate and a duration may be called either.
        ...(tellings.some(({ durationMillis }) => durationMillis !== undefined)
          ? {}
          : { 'valuestream.end.estimated': end.sureness === 'estimated' || undefined }),
      },
    },
  ]
}

const cached = <V>(make: (key: ActivityKey) => V): ((key: ActivityKey) => V) => {
  const made = new Map<ActivityKey, V>()
  return (key) => {
    const before = made.get(key)
    if (before !== undefined) return before
    const value = make(key)
    made.set(key, value)
    return value
  }
}
