import type { SpanId } from '../../../../explorer/analysis/path/activity.ts'
import type { Deploy, Grouped, Sample } from './deploys.ts'

/** A pull request. */
export interface Change extends Grouped {
  readonly spanId: SpanId
  /** The same in all its openings. */
  readonly key: SpanId
  /** Of its first opening. */
  readonly startMillis: number
}

/** A deploy with the pull requests that it brought. */
export interface Bringing extends Deploy {
  readonly changes: readonly SpanId[]
}

/** Lead times from the deploys and pull requests alone, to compare the database's with. */
export const leadTimesOf = (deploys: readonly Bringing[], changes: readonly Change[]): readonly Sample[] => {
  const bySpan = new Map(changes.map((change) => [change.spanId, change]))
  const delivered = new Map<SpanId, Sample>()
  const inOrder = deploys
    .filter(({ isError, isRollback }) => !isError && !isRollback)
    .sort((a, b) => a.endMillis - b.endMillis)
  for (const deploy of inOrder) {
    for (const spanId of deploy.changes) {
      const change = bySpan.get(spanId)
      if (change === undefined || delivered.has(change.key) || change.startMillis > deploy.endMillis) continue
      const { groups, isCounted, startMillis } = change
      delivered.set(change.key, {
        atMillis: deploy.endMillis,
        millis: deploy.endMillis - startMillis,
        groups,
        isCounted,
      })
    }
  }
  return [...delivered.values()]
}
