import { checked, parseJson } from '../../../lib/delivery/json.ts'
import { orMalformed } from '../../../lib/delivery/malformed.ts'
import type { Translation, WebhookRequest } from '../../../lib/delivery/source.ts'
import { issueEvent } from './issue.ts'
import { anyPayload, issuePayload } from './payload.ts'

/** What a verified webhook of GitLab says. */
export const translate = (request: WebhookRequest): Translation =>
  orMalformed(() => translatePayload(parseJson(request.body)))

const translatePayload = (payload: unknown): Translation => {
  if (checked(anyPayload, payload).object_kind === 'issue') {
    return { kind: 'events', events: [issueEvent(checked(issuePayload, payload))] }
  }
  return { kind: 'ignored', reason: 'ValueStream records no such events of GitLab' }
}
