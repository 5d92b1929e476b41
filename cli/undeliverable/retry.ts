import type { ActivityKey } from '../../lib/delivery/activity.ts'
import { retryUndeliverable } from '../../lib/record/retry.ts'
import type { RivalDependencies } from '../../lib/record/write.ts'

/** What came of it. */
export interface Retried {
  readonly spans: number
  readonly activities: readonly ActivityKey[]
  /** Nothing of them was refused, or somebody has sent it again meanwhile. */
  readonly nothing: readonly ActivityKey[]
  /** Others kept writing to them. */
  readonly busy: readonly ActivityKey[]
}

/** One after the other, so that a backend that refuses them anew is not all that the sweep has to do. @throws StoreUnavailable */
export const retryAll = async (keys: readonly ActivityKey[], dependencies: RivalDependencies): Promise<Retried> => {
  const outcomes: { readonly key: ActivityKey; readonly spans: number | undefined }[] = []
  for (const key of keys) outcomes.push({ key, spans: await retryUndeliverable(key, dependencies) })
  const keysWhere = (is: (spans: number | undefined) => boolean) =>
    outcomes.filter(({ spans }) => is(spans)).map(({ key }) => key)
  return {
    spans: outcomes.reduce((sum, { spans = 0 }) => sum + spans, 0),
    activities: keysWhere((spans) => spans !== undefined && spans > 0),
    nothing: keysWhere((spans) => spans === 0),
    busy: keysWhere((spans) => spans === undefined),
  }
}

/** `options` are those that name the table again. */
export const retriedText = ({ spans, activities, nothing, busy }: Retried, options: string): string =>
  [
    spans === 0
      ? 'Nothing is sent again.'
      : `${spans} ${spans === 1 ? 'span' : 'spans'} of ${activities.length} ${activities.length === 1 ? 'activity' : 'activities'} wait in the outbox again; the sweep sends them within two minutes.`,
    ...nothing.map(
      (key) => `Nothing of ${key} was refused: npx valuestream undeliverable list${options} tells what was.`,
    ),
    ...busy.map((key) => `${key} was written to all the time: try again.`),
  ].join('\n')
