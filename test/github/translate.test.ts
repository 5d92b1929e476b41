import {
  deploymentPayload,
  deploymentStatusPayload,
  issuesPayload,
  pullRequestPayload,
  pushPayload,
  recorded,
  repositoryPayload,
  reviewPayload,
  statusPayload,
  subIssuesPayload,
  workflowRunPayload,
} from '../payloads/github.ts'
import { translated } from './translated.ts'

/** A payload of each event that is translated. */
const PAYLOADS: Readonly<Record<string, object>> = {
  issues: issuesPayload('opened', {}),
  sub_issues: subIssuesPayload('sub_issue_added', {}),
  pull_request: pullRequestPayload('opened', {}),
  pull_request_review: reviewPayload('submitted', {}),
  status: statusPayload({}),
  workflow_run: workflowRunPayload('requested', {}),
  deployment: deploymentPayload({}),
  deployment_status: deploymentStatusPayload({}),
  push: pushPayload({}),
  repository: repositoryPayload('renamed', {}),
}
/** Bodies that have all that another event has, and tell no more under its name than under their own. */
const HOLDS: Readonly<Record<string, readonly string[]>> = {
  pull_request_review: ['pull_request'],
  deployment_status: ['deployment'],
}

describe("translating anything of GitHub's", () => {
  it('answers a ping', () => {
    expect(translated('ping', { zen: 'Keep it logically awesome.' })).toEqual({ kind: 'ping' })
  })

  it('reads the form content type', () => {
    const form = new URLSearchParams({ payload: JSON.stringify(issuesPayload('opened', { title: 'ümläut & 100 %' })) })
    const translation = translated('issues', form.toString(), 'application/x-www-form-urlencoded')
    expect(translation.kind === 'events' && translation.events[0]?.attributes['issue.title']).toBe('ümläut & 100 %')
  })

  it.each([
    ['star', {}, 'application/json', { kind: 'ignored', reason: 'ValueStream records no star events' }],
    ['constructor', {}, 'application/json', { kind: 'ignored', reason: 'ValueStream records no constructor events' }],
    ['<script>', {}, 'application/json', { kind: 'ignored', reason: 'ValueStream records no such events' }],
    [undefined, {}, 'application/json', { kind: 'malformed', reason: 'the header x-github-event is missing' }],
    ['issues', '{', 'application/json', { kind: 'malformed', reason: 'the field body is not JSON in UTF-8' }],
    [
      'issues',
      'x=1',
      'application/x-www-form-urlencoded',
      { kind: 'malformed', reason: 'the field payload is missing from the form' },
    ],
    [
      'issues',
      pullRequestPayload('opened', {}),
      'application/json',
      { kind: 'malformed', reason: 'the field issue is missing or of the wrong type' },
    ],
    [
      'issues',
      issuesPayload('opened', { number: '1' }),
      'application/json',
      { kind: 'malformed', reason: 'the field issue.number is missing or of the wrong type' },
    ],
    [
      'issues',
      issuesPayload('opened', { created_at: 'soon' }),
      'application/json',
      { kind: 'malformed', reason: 'the field issue.created_at is not a time' },
    ],
    ['issues', [], 'application/json', { kind: 'malformed', reason: 'the field body is missing or of the wrong type' }],
  ])('says of %s what is the matter', (event, payload, contentType, translation) => {
    expect(translated(event, payload, contentType)).toEqual(translation)
  })

  it('takes no body under the name of another event', () => {
    const taken = Object.entries(PAYLOADS).flatMap(([name, payload]) =>
      Object.keys(PAYLOADS)
        .filter((other) => other !== name && translated(other, payload).kind === 'events')
        .map((other) => [name, other]),
    )
    expect(taken).toEqual(Object.entries(HOLDS).flatMap(([name, others]) => others.map((other) => [name, other])))
  })

  it('takes every recorded payload under its own name, and most of what it reads for events', () => {
    const kinds = recorded.flatMap(({ name, examples }) =>
      examples.map((payload) => [name, translated(name, payload)] as const),
    )
    const malformed = kinds.filter(([, translation]) => translation.kind === 'malformed')
    expect(malformed.map(([name, translation]) => [name, translation])).toEqual([])
    const events = kinds.filter(([, translation]) => translation.kind === 'events').map(([name]) => name)
    expect([...new Set(events)].sort()).toEqual([
      'deployment',
      'deployment_status',
      'issues',
      'pull_request',
      'pull_request_review',
      'push',
      'repository',
      'workflow_run',
    ])
  })
})
