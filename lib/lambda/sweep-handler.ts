import type { Context as Invocation } from 'aws-lambda'
import { type SweepDependencies, type Swept, sweep } from '../record/sweep.ts'
import { sweepFigures } from './figures.ts'
import type { Log } from './log.ts'

export type SweepHandler = (
  event: unknown,
  invocation: Pick<Invocation, 'getRemainingTimeInMillis'> & Partial<Pick<Invocation, 'awsRequestId'>>,
) => Promise<Swept>

/** What of the invocation's time is left for its own end. */
const RESERVE_MILLIS = 3_000

/** A Lambda that sweeps once, by schedule. It throws when the store fails, which Lambda counts as an error. */
export const sweepHandler =
  (prepare: () => Promise<Omit<SweepDependencies, 'deadlineMillis'>>, log: Log): SweepHandler =>
  async (_event, invocation) => {
    const dependencies = await prepare()
    const deadlineMillis = dependencies.now() + invocation.getRemainingTimeInMillis() - RESERVE_MILLIS
    const swept = await sweep({ ...dependencies, deadlineMillis })
    const isWell = swept.message === undefined && swept.undeliverable === 0
    const { message: exportMessage, ...counts } = swept
    log(
      isWell ? 'info' : 'warn',
      'swept',
      { requestId: invocation.awsRequestId, ...counts, exportMessage },
      sweepFigures(swept, dependencies.now()),
    )
    return swept
  }
