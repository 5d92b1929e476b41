import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { type Random, randomOf } from '../demo/history/random.ts'
import type { Context } from '../lib/delivery/context.ts'
import { canonicalJson } from '../lib/delivery/identity.ts'
import { factsOf, joinFacts } from '../lib/delivery/join.ts'
import type { Source } from '../lib/delivery/source.ts'
import { emittedSpan, spansOf } from '../lib/delivery/span.ts'
import { github } from '../lib/github/source.ts'
import { jenkins } from '../lib/jenkins/source.ts'
import { sweepHandler } from '../lib/lambda/sweep-handler.ts'
import { webhookHandler } from '../lib/lambda/webhook-handler.ts'
import type { ContextStore, SpanExporter } from '../lib/record/ports.ts'
import { deliveriesOf } from '../simulate/deliveries/deliveries.ts'
import type { Delivery } from '../simulate/deliveries/delivery.ts'
import { scheduleOf } from '../simulate/deliveries/schedule.ts'
import { eventOf, GITHUB_SECRET, JENKINS_TOKEN } from '../simulate/system/request.ts'
import { worldOf } from '../simulate/world/world.ts'
import type { Backend } from './backend.ts'
import { invocation, noToll, type Odds, type Toll } from './fates.ts'
import { exporterFor, storeFor } from './ports.ts'

export interface ChaosOptions {
  readonly activities: number
  readonly seed: number
}

/** What there is without faults: the table, its clock, and the way to the backend. */
export interface Ground {
  readonly store: ContextStore
  /** What the webhooks' functions export with, and what the sweep does. */
  readonly exporter: SpanExporter
  readonly sweepExporter: SpanExporter
  readonly backend: Backend
  readonly clock: { nowMillis: number }
  /** Spans that were sent by an invocation that something has befallen since. */
  readonly disturbed: Set<string>
  readonly contexts: () => Promise<readonly Context[]>
}

export interface Chaos {
  readonly seed: number
  readonly deliveries: number
  /** Invocations of the functions, those that were tried again included. */
  readonly invocations: number
  readonly sweeps: number
  readonly toll: Toll
  /** Deliveries that were answered 202 and of which the table does not know all. */
  readonly forgotten: readonly string[]
  /** Finished spans that the backend has not, or not as they are, and that are not listed as undeliverable. */
  readonly missing: readonly string[]
  readonly undeliverable: number
  /** Spans that the backend took, but was to refuse. */
  readonly accepted: number
  /** The same word on the same span, taken more than once. */
  readonly duplicates: number
  /** Of them those where nobody was to know that it had been taken: no kill, no broken answer, no store that failed. */
  readonly needless: number
  /** What stands in the outbox at the end. */
  readonly left: number
}

const LANES = 32
const FAULTS: Odds = { fails: 0.02, killed: 0.01 }
const CALM: Odds = { fails: 0, killed: 0 }
/** The clock goes on by so much at each delivery: backoffs and leases end in the course of the traffic, not while a call is under way. */
const STEP_MILLIS = 100
const HOUR = 3_600_000
/** The function's timeout, by which a sweep is through before its lease ends and another takes what it has taken. */
const SWEEP_MILLIS = 55_000

/** One in so many spans is refused by the backend for good. */
export const isRefused = (spanId: string): boolean => Number.parseInt(spanId.slice(0, 4), 16) % 40 === 0

/**
 * The simulator's traffic through the real handlers and the sweep, in front of a table that fails, a backend that goes
 * mad, and processes that are killed at any of their calls. A webhook that was not answered 202 is delivered again. Then
 * the faults end, the sweep runs until nothing is due, and it is told what is there.
 */
export const chaos = async (ground: Ground, { activities, seed }: ChaosOptions): Promise<Chaos> => {
  const random = randomOf(seed * 7919 + 13)
  const { arrivals } = scheduleOf(deliveriesOf(worldOf(seed, activities)), seed, 0)
  const toll = noToll()
  const counts = { invocations: 0, sweeps: 0 }
  const told: Delivery[] = []
  const waiting = [...arrivals]
  const lane = async (): Promise<void> => {
    for (let delivery = waiting.shift(); delivery !== undefined; delivery = waiting.shift()) {
      ground.clock.nowMillis += STEP_MILLIS
      if (random.chance(0.05)) await sweepOnce(ground, random, FAULTS, toll, counts)
      counts.invocations += 1
      if (await isTaken(delivery, ground, random, toll)) told.push(delivery)
      // It comes again later, as from GitHub's redelivery or from a queue.
      else waiting.splice(Math.floor(random.next() * waiting.length), 0, delivery)
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  ground.backend.calmDown()
  let left = 1
  for (let round = 0; round < 60 && left > 0; round += 1) {
    ground.clock.nowMillis += 2 * HOUR
    left = await sweepOnce(ground, random, CALM, toll, counts)
  }
  return { seed, deliveries: told.length, ...counts, toll, left, ...(await whatIsThere(ground, told)) }
}

const SOURCES: Readonly<Record<'github' | 'jenkins', { source: Source; secret: string; secretSetting: string }>> = {
  github: { source: github, secret: GITHUB_SECRET, secretSetting: 'GITHUB_WEBHOOK_SECRET' },
  jenkins: { source: jenkins, secret: JENKINS_TOKEN, secretSetting: 'JENKINS_WEBHOOK_TOKEN' },
}
const INSTALLATION = { githubHost: 'github.com', repositoryOfJob: () => undefined }
const silent = (): void => undefined
const pause = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 5))
}

const isTaken = async (delivery: Delivery, ground: Ground, random: Random, toll: Toll): Promise<boolean> => {
  const one = invocation(random, FAULTS, toll, ground.disturbed)
  const { source, secret, secretSetting } = SOURCES[delivery.target.source]
  const handler = webhookHandler(
    async () =>
      Promise.resolve({
        source,
        secrets: [secret],
        secretSetting,
        installation: INSTALLATION,
        store: storeFor(ground.store, one),
        exporter: exporterFor(ground.exporter, one),
        pause,
      }),
    silent,
  )
  const event: APIGatewayProxyEventV2 = eventOf(delivery)
  const outcome = await Promise.race([one.killed, handler(event)])
  if (outcome === 'killed') return false
  if (outcome.statusCode === 202) return true
  if (outcome.statusCode === 503) return false
  throw new Error(`${delivery.id} was answered ${outcome.statusCode} ${outcome.body}`)
}

const sweepOnce = async (
  { store, sweepExporter, clock, disturbed }: Ground,
  random: Random,
  odds: Odds,
  toll: Toll,
  counts: { sweeps: number },
): Promise<number> => {
  counts.sweeps += 1
  const one = invocation(random, odds, toll, disturbed)
  const handler = sweepHandler(
    async () =>
      Promise.resolve({
        store: storeFor(store, one),
        exporter: exporterFor(sweepExporter, one),
        pause,
        now: () => clock.nowMillis,
        random: random.next,
      }),
    silent,
  )
  try {
    const swept = await Promise.race([
      one.killed,
      handler({}, { getRemainingTimeInMillis: () => SWEEP_MILLIS, awsRequestId: 'chaos' }),
    ])
    return swept === 'killed' ? 1 : swept.outbox.count
  } catch {
    return 1
  }
}

/** What of all that was answered 202 is in the table, and what of that is at the backend. */
const whatIsThere = async (
  { contexts, backend, disturbed }: Ground,
  told: readonly Delivery[],
): Promise<Pick<Chaos, 'forgotten' | 'missing' | 'undeliverable' | 'accepted' | 'duplicates' | 'needless'>> => {
  const all = new Map((await contexts()).map((context) => [context.key, context]))
  const words = new Map<string, number>()
  for (const { spanId, attributes } of backend.accepted) {
    const word = `${spanId} ${attributes['valuestream.correction'] ?? 0}`
    words.set(word, (words.get(word) ?? 0) + 1)
  }
  const finished = [...all.values()].flatMap((context) => context.emissions.map((emission) => ({ context, emission })))
  const repeated = [...words].filter(([, times]) => times > 1)
  return {
    forgotten: told.flatMap((delivery) => forgottenOf(delivery, all)),
    missing: finished.flatMap(({ context, emission }) => {
      const span = emittedSpan(spansOf(context), emission)
      if (span === undefined || emission.state === 'undeliverable') return []
      const isThere = words.has(`${span.spanId} ${emission.revision}`)
      return isThere && emission.state === 'accepted' ? [] : [`${context.key} ${emission.state}`]
    }),
    undeliverable: finished.filter(({ emission }) => emission.state === 'undeliverable').length,
    accepted: backend.accepted.length,
    duplicates: repeated.reduce((sum, [, times]) => sum + times - 1, 0),
    needless: repeated
      .map(([word]) => word.split(' ')[0] ?? '')
      .filter((spanId) => !backend.unanswered.has(spanId) && !disturbed.has(spanId)).length,
  }
}

/** What a delivery says again changes nothing where the table knows it. */
const forgottenOf = (delivery: Delivery, contexts: ReadonlyMap<string, Context>): readonly string[] => {
  const { source } = SOURCES[delivery.target.source]
  const { headers, body = '', isBase64Encoded } = eventOf(delivery)
  const translation = source.translate(
    { headers, query: {}, pathParameters: {}, body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') },
    INSTALLATION,
  )
  if (translation.kind !== 'events') return []
  return translation.events.flatMap((event) => {
    const context = contexts.get(event.key)
    return context !== undefined && isKnown(context, event) ? [] : [`${delivery.id} ${event.key}`]
  })
}

const isKnown = (context: Context, event: Parameters<typeof factsOf>[0]): boolean =>
  canonicalJson(joinFacts(context.facts, factsOf(event))) === canonicalJson(context.facts) &&
  spansOf(context).length <= context.emissions.length
