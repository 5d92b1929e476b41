import { checked, parseJson } from '../delivery/json.ts'
import { MalformedField } from '../delivery/malformed.ts'
import type { Translation, WebhookRequest } from '../delivery/source.ts'
import { issueEvent } from './issue.ts'
import { issuesPayload, pullRequestPayload } from './payload.ts'
import { pullRequestEvent } from './pull-request.ts'

/**
 * What a verified webhook of GitHub says. Only the body is signed, so the event that the header names must be the one
 * that the body has.
 */
export const translate = (request: WebhookRequest): Translation => {
  try {
    return translateEvent(request.headers['x-github-event'], parseJson(jsonOf(request)))
  } catch (error) {
    if (error instanceof MalformedField) return { kind: 'malformed', reason: error.message }
    throw error
  }
}

const translateEvent = (event: string | undefined, payload: unknown): Translation => {
  switch (event) {
    case undefined:
      return { kind: 'malformed', reason: 'the header x-github-event is missing' }
    case 'ping':
      return { kind: 'ping' }
    case 'issues': {
      const issues = checked(issuesPayload, payload)
      return issues.issue.pull_request == null
        ? { kind: 'events', events: [issueEvent(issues)] }
        : { kind: 'ignored', reason: 'the issue is a pull request, which has events of its own' }
    }
    case 'pull_request':
      return { kind: 'events', events: [pullRequestEvent(checked(pullRequestPayload, payload))] }
    default:
      return { kind: 'ignored', reason: `ValueStream records no ${/^\w{1,60}$/.test(event) ? event : 'such'} events` }
  }
}

/** A webhook of content type form has its JSON in the field `payload`. */
const jsonOf = ({ headers, body }: WebhookRequest): Uint8Array => {
  if (!headers['content-type']?.toLowerCase().startsWith('application/x-www-form-urlencoded')) return body
  const payload = new URLSearchParams(Buffer.from(body).toString('latin1')).get('payload')
  if (payload === null) throw new MalformedField('payload', 'is missing from the form')
  return Buffer.from(payload)
}
