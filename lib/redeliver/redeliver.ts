import { listed } from './listed.ts'
import { type Pick, pick } from './pick.ts'
import { type Failure, type Hook, type HookDeliveries, hookName, type Progress, type Redelivered } from './ports.ts'
import { restUntil } from './rest.ts'

export interface RedeliverDependencies {
  readonly hooks: readonly Hook[]
  readonly api: HookDeliveries
  readonly redelivered: Redelivered
  /** How long GitHub keeps deliveries. */
  readonly keptMillis: number
  readonly now: () => number
  readonly pause: (millis: number) => Promise<void>
  /** When the run must have ended, epoch milliseconds. */
  readonly deadlineMillis: number
}

/** What a run came to for one hook. */
export interface HookReport {
  readonly hook: string
  /** Attempts that were looked at. */
  readonly listed: number
  readonly redelivered: number
  /** Webhooks that GitHub will never deliver again. */
  readonly rejected: number
  /** Webhooks left for the next run. */
  readonly waiting: number
  readonly failure?: Failure
}

/** A delivery may end, and be listed, some seconds after one that began later: younger ones are left to the next run. */
const SETTLE_MILLIS = 2 * 60_000
/** GitHub wants a second between requests that change something. */
const PAUSE_MILLIS = 1_000
/** One request to GitHub and two to the table. */
const LEAST_MILLIS = 12_000
/** Another hook is the first in turn, so that none can take all of the others' time. */
const TURN_MILLIS = 10 * 60_000
/** So many redeliveries in a row that fail are taken for the hook's, or GitHub's, own trouble. */
const MAX_FAILURES = 3

/** Has GitHub deliver again what has failed since the last run, each webhook once; one hook after the other. */
export const redeliver = async (dependencies: RedeliverDependencies): Promise<readonly HookReport[]> => {
  const { hooks, redelivered, now, deadlineMillis } = dependencies
  const reports: HookReport[] = []
  const known = await Promise.all(
    inTurn(hooks, now()).map(async (hook) => ({ hook, progress: await redelivered.progress(hookName(hook)) })),
  )
  // The limit is the token's, so it holds for every hook.
  let untilMillis = Math.max(0, ...known.map(({ progress }) => progress.restUntilMillis ?? 0))
  for (const { hook, progress } of known) {
    if (now() > deadlineMillis - LEAST_MILLIS) break
    const report = untilMillis > now() ? resting(hook, untilMillis) : await lookAfter(hook, progress, dependencies)
    if (report.failure?.kind === 'limited') untilMillis = report.failure.untilMillis
    reports.push(report)
  }
  return reports
}

const inTurn = (hooks: readonly Hook[], nowMillis: number): readonly Hook[] => {
  const first = Math.floor(nowMillis / TURN_MILLIS) % Math.max(1, hooks.length)
  return [...hooks.slice(first), ...hooks.slice(0, first)]
}

const resting = (hook: Hook, untilMillis: number): HookReport => ({
  hook: hookName(hook),
  listed: 0,
  redelivered: 0,
  rejected: 0,
  waiting: 0,
  failure: { kind: 'limited', untilMillis },
})

const lookAfter = async (hook: Hook, before: Progress, dependencies: RedeliverDependencies): Promise<HookReport> => {
  const { api, redelivered, keptMillis, now, deadlineMillis } = dependencies
  const name = hookName(hook)
  const startMillis = now()
  const sinceMillis = Math.max(before.lookedUntilMillis ?? 0, startMillis - keptMillis)
  const untilMillis = Math.max(sinceMillis, startMillis - SETTLE_MILLIS)
  // Half of the time for looking: what is found has to be delivered as well.
  const halfMillis = startMillis + (deadlineMillis - startMillis) / 2
  const { deliveries, isWhole, failure } = await listed(hook, sinceMillis, api, () => now() > halfMillis)
  const picks = pick(deliveries, { sinceMillis, untilMillis })
  const delivered = failure?.kind === 'limited' ? { ...NOTHING, left: picks } : await deliver(hook, picks, dependencies)
  const trouble = failure ?? delivered.failure
  const lookedUntilMillis = isWhole ? (delivered.left[0]?.firstMillis ?? untilMillis) : sinceMillis
  await redelivered.keep(name, {
    lookedUntilMillis,
    ...(trouble?.kind === 'limited' ? { restUntilMillis: trouble.untilMillis } : {}),
  })
  return {
    hook: name,
    listed: deliveries.length,
    redelivered: delivered.redelivered,
    rejected: delivered.rejected,
    waiting: delivered.left.length,
    ...(trouble === undefined ? {} : { failure: trouble }),
  }
}

interface Delivered {
  readonly redelivered: number
  readonly rejected: number
  /** What the next run has to begin with, the oldest first. */
  readonly left: readonly Pick[]
  readonly failure?: Failure
}

const NOTHING: Delivered = { redelivered: 0, rejected: 0, left: [] }

const deliver = async (
  hook: Hook,
  picks: readonly Pick[],
  { api, redelivered, now, pause, deadlineMillis }: RedeliverDependencies,
): Promise<Delivered> => {
  const name = hookName(hook)
  const counts = { accepted: 0, rejected: 0 }
  const left: Pick[] = []
  let failure: Failure | undefined
  let failuresInRow = 0
  let isStopped = false
  for (const one of picks) {
    isStopped ||= now() > deadlineMillis - LEAST_MILLIS
    if (isStopped) {
      left.push(one)
      continue
    }
    if (!(await redelivered.firstTime(name, one.guid))) continue
    const attempt = await api.redeliver(hook, one.deliveryId)
    if (attempt.kind === 'accepted' || attempt.kind === 'rejected') {
      await redelivered.done(name, one.guid)
      counts[attempt.kind] += 1
      failuresInRow = 0
      const untilMillis = restUntil(attempt.rate)
      if (untilMillis !== undefined) failure = { kind: 'limited', untilMillis }
    } else {
      left.push(one)
      failure = attempt
      failuresInRow += 1
    }
    isStopped = failure?.kind === 'limited' || failuresInRow === MAX_FAILURES
    if (!isStopped) await pause(PAUSE_MILLIS)
  }
  return {
    redelivered: counts.accepted,
    rejected: counts.rejected,
    left,
    ...(failure === undefined ? {} : { failure }),
  }
}
