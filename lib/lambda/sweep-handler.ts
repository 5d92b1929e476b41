import type { Context as Invocation } from 'aws-lambda'
import { type SweepDependencies, type Swept, sweep } from '../record/sweep.ts'
import { deadlineOf } from './deadline.ts'
import { sweepFigures } from './figures.ts'
import type { Level, Log } from './log.ts'
import { errorIn } from './webhook-handler.ts'

export type SweepHandler = (
  event: unknown,
  invocation: Pick<Invocation, 'getRemainingTimeInMillis'> & Partial<Pick<Invocation, 'awsRequestId'>>,
) => Promise<Swept>

/** A Lambda that sweeps once, by schedule. It throws when the store fails, which Lambda counts as an error. */
export const sweepHandler =
  (prepare: () => Promise<Omit<SweepDependencies, 'deadlineMillis'>>, log: Log): SweepHandler =>
  async (_event, invocation) => {
    const dependencies = await prepare()
    const deadlineMillis = deadlineOf(dependencies.now(), invocation)
    const swept = await sweep({ ...dependencies, deadlineMillis })
    const { message: exportMessage, stuck = [], ...counts } = swept
    const errors = stuck.map(({ key, thrown }) => ({ key, ...errorIn(thrown) }))
    log(
      levelOf(swept),
      'swept',
      {
        requestId: invocation.awsRequestId,
        ...counts,
        exportMessage,
        ...(errors.length === 0 ? {} : { stuck: errors }),
      },
      sweepFigures(swept, dependencies.now()),
    )
    return swept
  }

const levelOf = ({ message, undeliverable, stuck }: Swept): Level => {
  if (stuck !== undefined) return 'error'
  return message === undefined && undeliverable === 0 ? 'info' : 'warn'
}
