import { checked, parseJson } from '../../../lib/delivery/json.ts'
import { MalformedField } from '../../../lib/delivery/malformed.ts'
import type { Translation, WebhookRequest } from '../../../lib/delivery/source.ts'
import { issueEvent } from './issue.ts'
import { anyPayload, issuePayload } from './payload.ts'

/** What a verified webhook of GitLab says. */
export const translate = (request: WebhookRequest): Translation => {
  try {
    return translatePayload(parseJson(request.body))
  } catch (error) {
    if (error instanceof MalformedField) return { kind: 'malformed', reason: error.message }
    throw error
  }
}

const translatePayload = (payload: unknown): Translation => {
  if (checked(anyPayload, payload).object_kind === 'issue') {
    return { kind: 'events', events: [issueEvent(checked(issuePayload, payload))] }
  }
  return { kind: 'ignored', reason: 'ValueStream records no such events of GitLab' }
}
