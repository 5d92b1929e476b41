import { issuesPayload, recorded, sign } from '../payloads/github.ts'
import { gathererEnd, gathererStart } from '../payloads/jenkins.ts'
import { activityOf, GITHUB_SECRET, JENKINS_TOKEN, openSystem, type System } from '../support/system.ts'

let system: System
beforeAll(async () => {
  system = await openSystem()
})
afterAll(() => system.close())

const opened = issuesPayload('opened', { number: 100 })
const withHeaders = (body: string | Uint8Array, headers: Record<string, string>) =>
  system.post('/github', body, {
    'x-github-event': 'issues',
    'x-hub-signature-256': sign(body, GITHUB_SECRET),
    ...headers,
  })

describe('what is answered', () => {
  it('to a recorded issue: its ids, as JSON', async () => {
    const { status, headers, body } = await system.github('issues', opened)
    expect([status, headers.get('content-type')]).toEqual([202, 'application/json'])
    expect(body).toEqual({
      outcome: 'recorded',
      activities: [
        {
          key: 'issue:github.com/codertocat/hello-world#100',
          operation: 'issue',
          traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
          spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
          traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
        },
      ],
    })
  })

  it('to a ping: 200', async () => {
    const { status, body } = await system.github('ping', { zen: 'Design for failure.', hook_id: 1 })
    expect([status, body]).toEqual([200, { outcome: 'ping' }])
  })

  it.each([
    ['form', new URLSearchParams({ payload: JSON.stringify(opened) }).toString(), 'application/x-www-form-urlencoded'],
    [
      'JSON of no named type, which the gateway hands over as base64',
      JSON.stringify(opened),
      'application/octet-stream',
    ],
    [
      'JSON with umlauts',
      JSON.stringify(issuesPayload('opened', { number: 101, title: 'Käse 🧀' })),
      'application/json; charset=utf-8',
    ],
  ])('to a %s: recorded', async (_what, body, contentType) => {
    expect((await withHeaders(body, { 'content-type': contentType })).body.outcome).toBe('recorded')
  })

  it('to every recorded payload of GitHub, signed: nothing of 5xx, and most of them ignored with a reason', async () => {
    const statuses: number[] = []
    const reasons = new Set<string>()
    for (const { name, examples } of recorded) {
      for (const example of examples) {
        const { status, body } = await system.github(name, example)
        statuses.push(status)
        if (body.outcome === 'ignored') reasons.add(String(body.reason).replace(`no ${name} events`, 'no such events'))
      }
    }
    expect([...reasons].sort()).toEqual([
      'ValueStream records no such events',
      'the issue is a pull request, which has events of its own',
      'the push is not one to the default branch',
      'the repository is still called as before',
      'the status names no page, so it is that of no run in Jenkins',
    ])
    expect(statuses.length).toBeGreaterThan(300)
    expect([...new Set(statuses)].sort()).toEqual([200, 202])
  })

  it.each([
    [
      'another secret',
      () => system.github('issues', opened, 'guessed'),
      "the signature does not fit: the webhook's secret and GITHUB_WEBHOOK_SECRET differ",
    ],
    [
      'no signature',
      () => system.post('/github', '{}', { 'content-type': 'application/json' }),
      "the header x-hub-signature-256 is missing: set the webhook's secret",
    ],
    [
      'another token',
      () => system.jenkins(gathererStart(), '/jenkins?token=guessed'),
      'the token does not fit: the one in the URL and JENKINS_WEBHOOK_TOKEN differ',
    ],
    [
      'no token',
      () => system.jenkins(gathererStart(), '/jenkins'),
      'no token: add ?token=… to the URL that Jenkins posts to, or Basic credentials',
    ],
  ])('to %s: 401 and why', async (_what, post, reason) => {
    const { status, body } = await post()
    expect([status, body]).toEqual([401, { outcome: 'refused', reason }])
  })

  it('to a token in the path, or as Basic credentials: recorded', async () => {
    expect((await system.jenkins(gathererStart(), `/jenkins/${JENKINS_TOKEN}`)).status).toBe(202)
    const authorization = `Basic ${Buffer.from(`jenkins:${JENKINS_TOKEN}`).toString('base64')}`
    const body = JSON.stringify(gathererStart())
    expect((await system.post('/jenkins', body, { authorization, 'content-type': 'application/json' })).status).toBe(
      202,
    )
  })

  it.each([
    ['{', 'the field body is not JSON in UTF-8'],
    ['{"action":"opened"}', 'the field repository is missing or of the wrong type'],
    [Uint8Array.of(0x22, 0xff, 0x22), 'the field body is not JSON in UTF-8'],
  ])('to a malformed body: 400 and the field', async (body, reason) => {
    const answer = await withHeaders(body, { 'content-type': 'application/octet-stream' })
    expect([answer.status, answer.body]).toEqual([400, { outcome: 'refused', reason }])
  })

  it('to a body that is too large: 413', async () => {
    const { status, body } = await withHeaders('x'.repeat(6 * 1024 * 1024 + 1), { 'content-type': 'application/json' })
    expect([status, body]).toEqual([413, { outcome: 'refused', reason: 'the body is larger than 6291456 bytes' }])
  })

  it('to a finish while the backend is down: 202, and the span waits in the table for the sweep', async () => {
    system.backend.respondWith({ status: 503 })
    const answer = await system.jenkins(gathererEnd({ number: 77, buildUrl: 'job/shop/77/' }))
    system.backend.respondWith({ status: 200, body: '{}' })
    const arrived = () => system.backend.spans.map(({ attributes }) => attributes['valuestream.activity.key'])
    expect(arrived()).not.toContain(activityOf(answer).key)
    expect(await system.sweep(2)).toMatchObject({ exported: 1, undeliverable: 0, outbox: { count: 0 } })
    expect(arrived()).toContain(activityOf(answer).key)
  })

  it('refuses a run whose address is too long to be kept', async () => {
    const answer = await system.jenkins(gathererEnd({ buildUrl: `job/${'x'.repeat(1500)}/1/` }))
    const reason = 'the field buildUrl is not an address, or too long'
    expect([answer.status, answer.body]).toEqual([400, { outcome: 'refused', reason }])
  })

  it('while the table is away: 503 and when to come again', async () => {
    await system.table.close()
    const { status, headers, body } = await system.github('issues', opened)
    expect([status, headers.get('retry-after'), body]).toEqual([
      503,
      '30',
      { outcome: 'unavailable', reason: 'the store cannot be reached: deliver this webhook again' },
    ])
  })
})
