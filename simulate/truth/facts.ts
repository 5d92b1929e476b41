import type { ActivityKey } from '../../lib/delivery/activity.ts'
import { groupBy } from '../../lib/delivery/group-by.ts'
import type { Delivery } from '../deliveries/delivery.ts'
import type { IssueTelling, PullTelling, PushTelling, RunTelling, Telling } from '../deliveries/telling.ts'

/** What the tellings tell together, by activity. */
export interface Facts {
  readonly issues: ReadonlyMap<ActivityKey, readonly IssueTelling[]>
  readonly pulls: ReadonlyMap<ActivityKey, readonly PullTelling[]>
  readonly pushes: ReadonlyMap<ActivityKey, PushTelling>
  readonly runs: ReadonlyMap<ActivityKey, readonly RunTelling[]>
}

/** A delivery that comes twice tells nothing more; nor does it matter in which order they come. */
export const factsOf = (survivors: Iterable<Delivery>): Facts => {
  const tellings = [...new Set(survivors)].flatMap(({ telling }): Telling[] => (telling === undefined ? [] : [telling]))
  const of = <K extends Telling['kind']>(kind: K) =>
    tellings.filter((telling): telling is Extract<Telling, { kind: K }> => telling.kind === kind)
  const byTime = (a: { readonly atMillis: number }, b: { readonly atMillis: number }) => a.atMillis - b.atMillis
  const byKey = ({ key }: Telling) => key
  return {
    issues: groupBy(of('issue').sort(byTime), byKey),
    pulls: groupBy(of('pull_request').sort(byTime), byKey),
    pushes: new Map(of('push').map((push) => [push.key, push])),
    runs: groupBy(of('run'), byKey),
  }
}
