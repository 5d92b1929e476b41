import type { Failure } from '../redeliver/ports.ts'

/** What a log line says of a failure at GitHub. */
export const failureFields = (failure: Failure | undefined): Readonly<Record<string, unknown>> => {
  if (failure === undefined) return {}
  return failure.kind === 'limited'
    ? { failure: failure.kind, reason: `GitHub takes no more until ${new Date(failure.untilMillis).toISOString()}` }
    : { failure: failure.kind, reason: failure.message }
}
