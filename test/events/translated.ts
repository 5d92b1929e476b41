import type { DeliveryEvent } from '../../lib/delivery/event.ts'
import { translate } from '../../lib/events/translate.ts'

export const translatedBytes = (body: string | Uint8Array, githubHost = 'github.com') =>
  translate(
    { headers: {}, query: {}, pathParameters: {}, body: Buffer.from(body) },
    { githubHost, repositoryOfJob: () => undefined },
  )

export const translated = (payload: unknown) => translatedBytes(JSON.stringify(payload))

export const eventOf = (payload: unknown): DeliveryEvent => {
  const translation = translated(payload)
  const event = translation.kind === 'events' ? translation.events[0] : undefined
  if (event === undefined) throw new Error(JSON.stringify(translation))
  return event
}
