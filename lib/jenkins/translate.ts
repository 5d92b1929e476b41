import { checked, parseJson } from '../delivery/json.ts'
import { orMalformed } from '../delivery/malformed.ts'
import type { Installation, Translation, WebhookRequest } from '../delivery/source.ts'
import { gathererEvent } from './gatherer.ts'
import { notificationEvent } from './notification.ts'
import { gathererPayload, notificationPayload } from './payload.ts'

/** What a verified webhook of Jenkins says. Nothing but their shape tells the plugins' events apart. */
export const translate = (request: WebhookRequest, installation: Installation): Translation =>
  orMalformed(() => translatePayload(parseJson(request.body), installation))

const translatePayload = (payload: unknown, installation: Installation): Translation => {
  // Only builds have both: on a topic the Statistics Gatherer's queues, jobs, steps and checkouts come as well.
  if (has(payload, 'ciUrl') && has(payload, 'buildUrl')) {
    return { kind: 'events', events: [gathererEvent(checked(gathererPayload, payload), installation)] }
  }
  if (has(payload, 'build')) {
    const notification = checked(notificationPayload, payload)
    const event = notificationEvent(notification, installation)
    return event === undefined
      ? { kind: 'ignored', reason: 'this phase of a run tells neither its start nor its end' }
      : { kind: 'events', events: [event] }
  }
  return { kind: 'ignored', reason: "neither the Statistics Gatherer's build events nor the Notification plugin's" }
}

const has = (payload: unknown, field: string): boolean =>
  typeof payload === 'object' && payload !== null && Object.hasOwn(payload, field)
