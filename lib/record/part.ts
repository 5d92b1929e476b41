import { isWaypoint } from '../delivery/activity.ts'
import type { Emission } from '../delivery/context.ts'
import { type Decision, decideFacts, factsAfter } from '../delivery/decide.ts'
import type { DeliveryEvent } from '../delivery/event.ts'
import { because } from '../delivery/explain.ts'
import { isEqual } from '../delivery/identity.ts'
import { type Read, toldIn } from './known.ts'
import type { Lease, Stored } from './ports.ts'
import type { Written } from './write-decision.ts'

/**
 * What falls to an invocation of what it has decided.
 * - `nothing`: all of it is written already
 * - `write`: to write it and then to send what is due
 * - `send`: to send what is due and then to write it, since it alone has the lease
 * - `leave`: to write it but for the emissions, which are left to another who has the lease
 */
export type Part =
  | { readonly kind: 'nothing' | 'write' | 'send' }
  | { readonly kind: 'leave'; readonly lease: Lease; readonly emissions: readonly Emission[] }

/** Whether somebody has the lease, and who. */
export const leaseOf = ({ lease }: Stored, holder: string): 'none' | 'own' | 'another' => {
  if (lease === undefined) return 'none'
  return lease.holder === holder ? 'own' : 'another'
}

/** @param isTold whether the event was told to the store when this was read */
export const partOf = (decision: Decision, read: Read, holder: string, isTold: boolean): Part => {
  const { lease, told, context } = read
  const whose = leaseOf(read, holder)
  if (lease !== undefined && whose === 'another') {
    const emissions = context?.emissions ?? []
    // The emissions of what is stored are behind as long as the lease goes on, and none of its matter.
    const isKnown = context !== undefined && isEqual({ ...decision.context, emissions }, context)
    return isKnown ? { kind: 'nothing' } : { kind: 'leave', lease, emissions }
  }
  if (isTold && whose === 'own' && decision.due.length > 0) return { kind: 'send' }
  return { kind: decision.changed || isTold || whose === 'own' || told.length > 0 ? 'write' : 'nothing' }
}

/** Whether it is worth to tell the store of an event before it is read for: an end that will have a span go out at once. */
export const isLikelyToBeDue = (event: DeliveryEvent | undefined): event is DeliveryEvent =>
  event?.stage === 'finished' && event.ended?.certainty !== 'estimated' && !isWaypoint(event.key)

/** Of what was told while another has the lease, who will decide and write it: what it looks like by what is known so far. */
export const leftToHolder = (read: Read): Written => {
  const { key, context: before, names } = read
  const { context, spans, attempts } = decideFacts(key, before, factsAfter(before, toldIn(read)), {
    names,
    mainline: [],
  })
  return {
    context,
    spans,
    due: [],
    isUnwritten: false,
    affected: [],
    lostRaces: 0,
    because: because(attempts, context.parent),
  }
}
