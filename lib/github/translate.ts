import { checked, parseJson } from '../delivery/json.ts'
import { MalformedField, orMalformed } from '../delivery/malformed.ts'
import type { Translation, WebhookRequest } from '../delivery/source.ts'
import { deploymentEvent, deploymentStatusEvent } from './deployment.ts'
import { issueEvent } from './issue.ts'
import {
  type IssuesPayload,
  issuesPayload,
  pullRequestPayload,
  pushPayload,
  repositoryPayload,
  reviewPayload,
  subIssuesPayload,
} from './payload.ts'
import { pullRequestEvent } from './pull-request.ts'
import { push } from './push.ts'
import { renaming } from './renaming.ts'
import { reviewEvent } from './review.ts'
import { deploymentPayload, deploymentStatusPayload, statusPayload, workflowRunPayload } from './run-payload.ts'
import { status } from './status.ts'
import { subIssues } from './sub-issue.ts'
import { events, ignored } from './translation.ts'
import { workflowRunEvent } from './workflow-run.ts'

/**
 * What a verified webhook of GitHub says. Only the body is signed, so the event that the header names must be the one
 * that the body has.
 */
export const translate = (request: WebhookRequest): Translation =>
  orMalformed(() => translateEvent(request.headers['x-github-event'], request))

const issues = (payload: IssuesPayload): Translation =>
  payload.issue.pull_request == null
    ? events(issueEvent(payload))
    : ignored('the issue is a pull request, which has events of its own')

/** What each event says, by the name that the header has. */
const TRANSLATIONS = new Map<string, (payload: unknown) => Translation>([
  ['ping', () => ({ kind: 'ping' })],
  ['issues', (payload) => issues(checked(issuesPayload, payload))],
  ['sub_issues', (payload) => subIssues(checked(subIssuesPayload, payload))],
  ['pull_request', (payload) => events(pullRequestEvent(checked(pullRequestPayload, payload)))],
  ['pull_request_review', (payload) => events(reviewEvent(checked(reviewPayload, payload)))],
  ['status', (payload) => status(checked(statusPayload, payload))],
  ['workflow_run', (payload) => events(workflowRunEvent(checked(workflowRunPayload, payload)))],
  ['deployment', (payload) => events(deploymentEvent(checked(deploymentPayload, payload)))],
  ['deployment_status', (payload) => events(deploymentStatusEvent(checked(deploymentStatusPayload, payload)))],
  ['push', (payload) => push(checked(pushPayload, payload))],
  ['repository', (payload) => renaming(checked(repositoryPayload, payload))],
])

const translateEvent = (event: string | undefined, request: WebhookRequest): Translation => {
  const payload = parseJson(jsonOf(request))
  if (event === undefined) return { kind: 'malformed', reason: 'the header x-github-event is missing' }
  const translation = TRANSLATIONS.get(event)
  return translation === undefined
    ? ignored(`ValueStream records no ${/^\w{1,60}$/.test(event) ? event : 'such'} events`)
    : translation(payload)
}

/** A webhook of content type form has its JSON in the field `payload`. */
const jsonOf = ({ headers, body }: WebhookRequest): Uint8Array => {
  if (!headers['content-type']?.toLowerCase().startsWith('application/x-www-form-urlencoded')) return body
  const payload = new URLSearchParams(Buffer.from(body).toString('latin1')).get('payload')
  if (payload === null) throw new MalformedField('payload', 'is missing from the form')
  return Buffer.from(payload)
}
