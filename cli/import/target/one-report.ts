import { CERTAINTIES, type DeliveryEvent, type Moment, type References } from '../../../lib/delivery/event.ts'
import type { LinkReason } from '../../../lib/delivery/reference.ts'

/**
 * What several reports tell of one run, as one report, which the last of them leads. So a run that has ended is never
 * stored as one that is under way: it would be taken for abandoned at once, since its start is long ago.
 *
 * @param reports of one activity, in the order of time
 */
export const oneReport = (reports: readonly [DeliveryEvent, ...DeliveryEvent[]]): DeliveryEvent =>
  reports.slice(1).reduce(joined, reports[0])

const joined = (before: DeliveryEvent, after: DeliveryEvent): DeliveryEvent => {
  const ended = after.ended ?? before.ended
  const queuedMillis = least(before.queuedMillis, after.queuedMillis)
  return {
    ...before,
    ...after,
    stage: ended === undefined ? after.stage : 'finished',
    opened: surer(before.opened, after.opened),
    ...(ended === undefined ? {} : { ended }),
    ...(queuedMillis === undefined ? {} : { queuedMillis }),
    attributes: { ...before.attributes, ...after.attributes },
    references: withBoth(before.references, after.references),
    names: [...new Set([...before.names, ...after.names])],
    happenings: [...(before.happenings ?? []), ...(after.happenings ?? [])],
  }
}

const surer = (a: Moment, b: Moment): Moment =>
  (CERTAINTIES[a.certainty] - CERTAINTIES[b.certainty] || b.atMillis - a.atMillis) >= 0 ? a : b

const least = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b)

const withBoth = (a: References, b: References): References => {
  const reasons = [...new Set([...Object.keys(a), ...Object.keys(b)])] as LinkReason[]
  return Object.fromEntries(reasons.map((reason) => [reason, [...(a[reason] ?? []), ...(b[reason] ?? [])]]))
}
