import type { Context as Invocation } from 'aws-lambda'
import { type HookReport, type RedeliverDependencies, redeliver } from '../redeliver/redeliver.ts'
import { deadlineOf } from './deadline.ts'
import { failureFields } from './failure-fields.ts'
import { redeliveryFigures } from './figures.ts'
import type { Log } from './log.ts'

export type RedeliverHandler = (
  event: unknown,
  invocation: Pick<Invocation, 'awsRequestId' | 'getRemainingTimeInMillis'>,
) => Promise<readonly HookReport[]>

/**
 * A Lambda that has GitHub deliver again what has failed, by schedule. `prepare` gives undefined where there is nothing
 * to look after. It throws when a setting is wrong or the table is away, which Lambda counts as an error.
 */
export const redeliverHandler =
  (prepare: () => Promise<Omit<RedeliverDependencies, 'deadlineMillis'> | undefined>, log: Log): RedeliverHandler =>
  async (_event, invocation) => {
    const { awsRequestId: requestId } = invocation
    const dependencies = await prepare()
    if (dependencies === undefined) {
      log('info', 'nothing is redelivered: that takes both GITHUB_TOKEN and GITHUB_HOOKS', { requestId })
      return []
    }
    const deadlineMillis = deadlineOf(dependencies.now(), invocation)
    const reports = await redeliver({ ...dependencies, deadlineMillis })
    for (const report of reports) {
      const { failure, ...counts } = report
      const isWell = failure === undefined && counts.rejected === 0
      log(
        isWell ? 'info' : 'warn',
        'looked for failed deliveries',
        { requestId, ...counts, ...failureFields(failure) },
        redeliveryFigures(report),
      )
    }
    return reports
  }
