import { translate } from '../../lib/github/translate.ts'
import {
  deploymentStatusPayload,
  issuesPayload,
  pullRequestPayload,
  pushPayload,
  statusPayload,
  workflowRunPayload,
} from '../payloads/github.ts'
import { HOSTILE_BODIES, HOSTILE_VALUES } from '../support/hostile.ts'
import { eventOf, translated } from './translated.ts'

/** The payload as text, with JSON of any kind in a field. */
const withField = (payload: object, field: string, json: string): string =>
  JSON.stringify(payload, (name, value: unknown) => (name === field ? '@@' : value)).replaceAll('"@@"', json)

const malformed = (reason: string) => ({ kind: 'malformed', reason })

describe('what GitHub never sends, although somebody has signed it', () => {
  it.each(HOSTILE_BODIES)('is malformed: %s', (_what, body, reason) => {
    const request = { headers: { 'x-github-event': 'issues' }, query: {}, pathParameters: {}, body: Buffer.from(body) }
    expect(translate(request)).toEqual(malformed(reason))
  })

  it.each(HOSTILE_VALUES)('is malformed in the place of what is read: %s', (_what, json) => {
    for (const field of ['repository', 'title', 'created_at', 'labels', 'login', 'state']) {
      const translation = translated('issues', withField(issuesPayload('opened', {}), field, json))
      expect([field, translation]).toEqual([
        field,
        malformed(expect.stringMatching(/^the field [a-z_.0-9]+ is missing/)),
      ])
    }
  })

  it.each([
    ['before 1970', '1969-12-31T23:59:59Z'],
    ['after what a backend can be told', '9999-12-31T23:59:59Z'],
    ['the last that a date can be', '+275760-09-13T00:00:00Z'],
    ['of a million digits', `2026-03-01T12:00:00.${'0'.repeat(1_000_000)}Z`],
  ])('is a time %s', (_what, created_at) => {
    expect(translated('issues', issuesPayload('opened', { created_at }))).toEqual(
      malformed('the field issue.created_at is not a time'),
    )
  })

  it.each([
    ['an owner', { owner: { login: 'a'.repeat(101) } }, 'repository.owner.login is not a name'],
    ['a name', { name: 'b c' }, 'repository.name is not a name'],
    ['an address', { html_url: `https://${'a'.repeat(1_000)}.com` }, 'repository.html_url is not an address'],
  ])('is %s that no repository has', (_what, fields, reason) => {
    const payload = statusPayload({ target_url: 'https://ci.acme.com/job/a/1/' })
    const repository = { ...(payload.repository as object), ...fields }
    expect(translated('status', { ...payload, repository })).toEqual(malformed(`the field ${reason}`))
  })

  it('is a number that no table keeps', () => {
    expect(translated('issues', withField(issuesPayload('opened', {}), 'comments', '1e300'))).toEqual(
      malformed('the field issue.comments is missing or of the wrong type'),
    )
  })

  it.each(['constructor', '__proto__', 'toString'])('is no result: %s, which every object has', (word) => {
    expect(eventOf('issues', issuesPayload('closed', { state: 'closed', state_reason: word })).ended?.result).toBe(
      'success',
    )
    expect(eventOf('workflow_run', workflowRunPayload('completed', { conclusion: word })).ended?.result).toBe('error')
    expect(eventOf('deployment_status', deploymentStatusPayload({ state: word }))).not.toHaveProperty('ended')
    expect(eventOf('pull_request', pullRequestPayload(word, {}))).not.toHaveProperty('happenings')
  })
})

describe('what a stranger may write', () => {
  const LONG = 1_000_000
  const target_url = `https://ci.acme.com${'/job/job'.repeat(LONG / 8)}/x/1/`

  it('names no more than fifty issues in a text', () => {
    const body = Array.from({ length: 6_000 }, (_, at) => `closes #${at + 1}`).join('\n')
    const { references } = eventOf('pull_request', pullRequestPayload('opened', { title: '', body }))
    expect(references.closing_keyword).toHaveLength(50)
    const pushed = pushPayload({ commits: [{ message: body }] })
    expect(eventOf('push', pushed).references.closing_keyword).toHaveLength(50)
  })

  it('is not looked through for a run where the address is longer than a key', () => {
    expect(translated('status', statusPayload({ target_url })).kind).toBe('ignored')
  })

  it('is read as text, whatever it holds', () => {
    const title = `\u0000${'\u202e'.repeat(9)}<script>{{7*7}}\ud800`
    const { attributes } = eventOf('issues', issuesPayload('opened', { title }))
    expect(attributes['issue.title']).toBe(`\u0000${'\u202e'.repeat(9)}<script>{{7*7}}\ufffd`)
  })
})
