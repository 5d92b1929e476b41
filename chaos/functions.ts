import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import type { Random } from '../demo/history/random.ts'
import { sweepHandler } from '../lib/lambda/sweep-handler.ts'
import { webhookHandler } from '../lib/lambda/webhook-handler.ts'
import type { Delivery } from '../simulate/deliveries/delivery.ts'
import { eventOf } from '../simulate/system/request.ts'
import { invocation, type Odds, type Toll } from './fates.ts'
import type { Ground } from './ground.ts'
import { exporterFor, storeFor } from './ports.ts'
import { INSTALLATION, SOURCES } from './sources.ts'

/** The function's timeout, by which a sweep is through before its lease ends and another takes what it has taken. */
const SWEEP_MILLIS = 55_000

const silent = (): void => undefined
const pause = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 5))
}

/** Invokes a webhook's function once, and tells whether it has answered 202. */
export const isTaken = async (
  delivery: Delivery,
  ground: Ground,
  random: Random,
  odds: Odds,
  toll: Toll,
): Promise<boolean> => {
  const one = invocation(random, odds, toll, ground.disturbed)
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

/** Invokes the sweep once, and tells how much it has seen in the outbox; 1 where that is not told. */
export const sweepOnce = async (
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
