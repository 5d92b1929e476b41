import { checked, parseJson } from '../delivery/json.ts'
import { MalformedField, orMalformed } from '../delivery/malformed.ts'
import type { Installation, Translation, WebhookRequest } from '../delivery/source.ts'
import { translateCdEvent } from './cd-event.ts'
import { customEvent } from './custom.ts'
import { cloudEventPayload, customPayload } from './payload.ts'

/** What a verified event says: one in ValueStream's own format, a CDEvent, or a CDEvent in a CloudEvent's envelope. */
export const translate = (request: WebhookRequest, installation: Installation): Translation =>
  orMalformed(() => translatePayload(parseJson(request.body), installation))

const translatePayload = (payload: unknown, installation: Installation): Translation => {
  if (!isObject(payload)) throw new MalformedField('body', 'is not a JSON object')
  if (Object.hasOwn(payload, 'specversion')) return translateCloudEvent(payload, installation)
  if (isObject(payload.context)) return translateCdEvent(payload, undefined, installation)
  if (payload.type === undefined || payload.type === null) {
    throw new MalformedField('type', 'is missing: it says what this is about, such as release')
  }
  return { kind: 'events', events: [customEvent(checked(customPayload, payload), installation)] }
}

/** @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md */
const translateCloudEvent = (payload: object, installation: Installation): Translation => {
  const { type, data, traceparent } = checked(cloudEventPayload, payload)
  if (!type.startsWith('dev.cdevents.')) {
    return { kind: 'ignored', reason: 'ValueStream records no CloudEvents but those of CDEvents' }
  }
  if (!isObject(data)) throw new MalformedField('data', 'is missing: it must be the CDEvent, as JSON')
  return translateCdEvent(data, traceparent ?? undefined, installation)
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
