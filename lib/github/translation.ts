import type { DeliveryEvent } from '../delivery/event.ts'
import type { Translation } from '../delivery/source.ts'

export const events = (...told: readonly DeliveryEvent[]): Translation => ({ kind: 'events', events: told })

/** @param reason one sentence that echoes nothing of the payload */
export const ignored = (reason: string): Translation => ({ kind: 'ignored', reason })
