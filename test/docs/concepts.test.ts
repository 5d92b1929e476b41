import { issueKey, pullRequestKey } from '../../lib/delivery/activity.ts'
import { spanIdOf, traceIdOf } from '../../lib/delivery/identity.ts'
import { issuesPayload, pullRequestPayload } from '../payloads/github.ts'
import { gathererEnd } from '../payloads/jenkins.ts'
import { SHOP } from '../support/events.ts'
import { activityOf, openSystem, type System } from '../support/system.ts'

/** The example of docs/concepts.md; Monday is 2 March 2026. */
const at = (day: number, time: string) => `2026-03-0${1 + day}T${time}:00Z`
const millis = (day: number, time: string) => Date.parse(at(day, time))
const MERGE = 'ec26c3e57ca3a959ca5aad62de7213c562f8c821'
const repository = {
  id: 1,
  name: 'shop',
  full_name: 'acme/shop',
  html_url: 'https://github.com/acme/shop',
  owner: { login: 'acme' },
  default_branch: 'main',
}
const issue = (action: string, fields: object) =>
  issuesPayload(
    action,
    { number: 12, title: 'Gift cards', created_at: at(1, '09:00'), updated_at: at(1, '09:00'), ...fields },
    { repository },
  )
const pull = (action: string, fields: object) =>
  pullRequestPayload(
    action,
    {
      ...{ number: 34, body: 'Closes #12', created_at: at(2, '10:00'), updated_at: at(2, '10:00') },
      head: { ref: 'gift-cards', sha: '1'.repeat(40), repo: repository },
      base: { ref: 'main', sha: '2'.repeat(40), repo: repository },
      ...fields,
    },
    { repository, number: 34 },
  )
const run = (fullJobName: string, number: number, endMillis: number, minutes: number, more: object = {}) =>
  gathererEnd({
    fullJobName,
    jobName: fullJobName.split('/').at(-1),
    number,
    buildUrl: `${fullJobName.replace(/[^/]+/g, 'job/$&')}/${number}/`,
    endTime: endMillis,
    duration: minutes * 60_000,
    ...more,
  })

let system: System
beforeAll(async () => {
  system = await openSystem()
})
afterAll(() => system.close())

it('goes as the page on the concepts says', async () => {
  const issueClosed = { state: 'closed', closed_at: at(3, '17:00'), updated_at: at(3, '17:00') }
  const merged = {
    state: 'closed',
    merged: true,
    merge_commit_sha: MERGE,
    closed_at: at(3, '16:10'),
    updated_at: at(3, '16:10'),
  }
  const deployed = { scmInfo: { url: 'https://github.com/acme/shop', branch: '', commit: MERGE } }
  const sent = () => system.backend.spans.length
  const traceId = traceIdOf(issueKey(SHOP, 12))

  const opened = activityOf(await system.github('issues', issue('opened', {})))
  expect([opened.key, opened.traceId, sent()]).toEqual(['issue:github.com/acme/shop#12', traceId, 0])
  expect(activityOf(await system.github('pull_request', pull('opened', {}))).traceId).toBe(traceId)
  await system.jenkins(run('acme/shop/PR-34', 1, millis(2, '10:11'), 9))
  expect(sent()).toBe(1)
  await system.jenkins(run('acme/shop/PR-34', 2, millis(3, '15:28'), 8))
  await system.github('pull_request', pull('closed', merged))
  expect(sent()).toBe(3)
  await system.jenkins(run('shop-deploy', 7, millis(3, '16:52'), 40, deployed))
  await system.github('issues', issue('closed', { ...issueClosed, state_reason: 'completed' }))

  const [ISSUE, PULL] = [spanIdOf(issueKey(SHOP, 12), 1), spanIdOf(pullRequestKey(SHOP, 34), 1)]
  const minutes = ({ startMillis, endMillis }: { startMillis: number; endMillis: number }) =>
    (endMillis - startMillis) / 60_000
  expect(system.backend.spans.map((span) => [span.name, span.traceId, span.parentSpanId, minutes(span)])).toEqual([
    ['build', traceId, PULL, 9],
    ['build', traceId, PULL, 8],
    ['pull_request', traceId, ISSUE, 30 * 60 + 10],
    ['deploy', traceId, PULL, 40],
    ['issue', traceId, undefined, 56 * 60],
  ])
})

it('ends the same where the deploy is told before the merge, with a correction', async () => {
  const other = { number: 35, body: 'Closes #13', merge_commit_sha: '3'.repeat(40) }
  const of = { scmInfo: { url: 'https://github.com/acme/shop', branch: '', commit: '3'.repeat(40) } }
  const before = system.backend.spans.length
  await system.jenkins(run('shop-deploy', 8, millis(3, '18:52'), 40, of))
  await system.github(
    'pull_request',
    pull('closed', { ...other, state: 'closed', merged: true, closed_at: at(3, '18:00'), updated_at: at(3, '18:00') }),
  )
  const deploys = system.backend.spans.slice(before).filter(({ name }) => name === 'deploy')
  expect(
    deploys.map(({ spanId, parentSpanId, attributes }) => [
      spanId === deploys[0]?.spanId,
      parentSpanId,
      attributes['valuestream.correction'],
    ]),
  ).toEqual([
    [true, undefined, undefined],
    [true, spanIdOf(pullRequestKey(SHOP, 35), 1), 1],
  ])
})
