import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { github } from '../../lib/github/source.ts'
import { jsonLog } from '../../lib/lambda/log.ts'
import { embeddedMetrics } from '../../lib/lambda/metrics.ts'
import { webhookHandler } from '../../lib/lambda/webhook-handler.ts'
import type { ReceiveDependencies } from '../../lib/record/receive.ts'
import { issuesPayload, sign } from '../payloads/github.ts'
import { memoryStore } from '../support/memory-store.ts'

const event = (body: string, headers: Record<string, string>, isBase64Encoded = false): APIGatewayProxyEventV2 => ({
  version: '2.0',
  routeKey: 'POST /github',
  rawPath: '/github',
  rawQueryString: '',
  headers,
  body,
  isBase64Encoded,
  requestContext: {} as APIGatewayProxyEventV2['requestContext'],
})

const setUp = (more: Partial<ReceiveDependencies> = {}) => {
  const lines: string[] = []
  const dependencies: ReceiveDependencies = {
    source: github,
    secrets: ['hush'],
    secretSetting: 'GITHUB_WEBHOOK_SECRET',
    installation: { githubHost: 'github.com', repositoryOfJob: () => undefined },
    store: memoryStore(),
    exporter: { export: async () => Promise.resolve({ kind: 'retryable', message: 'ECONNREFUSED' }) },
    pause: async () => {},
    ...more,
  }
  const log = jsonLog(
    undefined,
    (line) => lines.push(line),
    embeddedMetrics('dev', 'valuestream-dev-github', () => NOW_MILLIS),
  )
  return { lines, handler: webhookHandler(async () => Promise.resolve(dependencies), log) }
}

const NOW_MILLIS = 1_557_999_999_000
/** The metrics in a line, each of the unit Count. */
const embedded = (figures: Readonly<Record<string, number>>) => ({
  _aws: {
    Timestamp: NOW_MILLIS,
    CloudWatchMetrics: [
      {
        Namespace: 'ValueStream',
        Dimensions: [['stage']],
        Metrics: Object.keys(figures).map((Name) => ({ Name, Unit: 'Count' })),
      },
    ],
  },
  stage: 'dev',
  function: 'valuestream-dev-github',
  ...figures,
})
const linesOf = (lines: readonly string[]) => lines.map((line) => JSON.parse(line) as unknown)

const body = JSON.stringify(
  issuesPayload('closed', { state: 'closed', closed_at: '2019-05-16T10:00:00Z', body: 'private words' }),
)
const signed = { 'X-Hub-Signature-256': sign(body, 'hush'), 'x-github-event': 'issues', 'x-github-delivery': 'abc-1' }

describe('a webhook function', () => {
  it('answers 202 and logs one line without payload or secret, although the backend is away', async () => {
    const { lines, handler } = setUp()
    expect((await handler(event(body, signed), { awsRequestId: 'r-1' })).statusCode).toBe(202)
    expect(linesOf(lines)).toEqual([
      {
        requestId: 'r-1',
        level: 'warn',
        message: 'recorded',
        status: 202,
        route: 'POST /github',
        activities: [
          { key: 'issue:github.com/codertocat/hello-world#1', because: 'no parent: nothing in the payload names one' },
        ],
        dueSpans: 1,
        exported: 'retryable',
        exportMessage: 'ECONNREFUSED',
        delivery: 'abc-1',
        ...embedded({ Received: 1, Recorded: 1, ExportFailed: 1 }),
      },
    ])
    expect(lines.join()).not.toMatch(/private words|hush|Spelling/)
  })

  it('decodes base64 before it verifies', async () => {
    const { handler } = setUp()
    expect((await handler(event(Buffer.from(body).toString('base64'), signed, true))).statusCode).toBe(202)
  })

  it('records a replay under another delivery id, and changes nothing by it', async () => {
    const spans: string[] = []
    const store = memoryStore()
    const { handler } = setUp({
      store,
      exporter: {
        export: async (completed) => {
          spans.push(...completed.map(({ spanId }) => spanId))
          return Promise.resolve({ kind: 'accepted' })
        },
      },
    })
    const first = await handler(event(body, signed))
    const contexts = () => [...store.contexts].map(([key, { version: _version, ...context }]) => [key, context])
    const before = structuredClone(contexts())
    const second = await handler(event(body, { ...signed, 'x-github-delivery': 'abc-2' }))
    expect([second, contexts(), spans.length]).toEqual([first, before, 1])
  })

  it('accepts nothing while no secret is set', async () => {
    const { lines, handler } = setUp({ secrets: [] })
    expect(await handler(event(body, signed))).toEqual({
      statusCode: 401,
      headers: { 'content-type': 'application/json' },
      body: '{"outcome":"refused","reason":"nothing is accepted until GITHUB_WEBHOOK_SECRET is set"}',
    })
    expect(linesOf(lines)).toEqual([
      {
        level: 'warn',
        message: 'refused',
        route: 'POST /github',
        delivery: 'abc-1',
        status: 401,
        reason: 'nothing is accepted until GITHUB_WEBHOOK_SECRET is set',
        ...embedded({ Received: 1, RefusedSignature: 1 }),
      },
    ])
  })

  it('answers 413 to what is too large to decode', async () => {
    const { handler } = setUp()
    expect((await handler(event('A'.repeat(8_388_612), signed, true))).statusCode).toBe(413)
  })

  it('asks for the webhook again when something unforeseen happens, and says no more than that', async () => {
    const { lines, handler } = setUp({ exporter: { export: () => Promise.reject(new Error('a bug')) } })
    expect(await handler(event(body, signed))).toEqual({
      statusCode: 503,
      headers: { 'content-type': 'application/json', 'retry-after': '30' },
      body: '{"outcome":"unavailable","reason":"this webhook could not be handled: deliver it again"}',
    })
    expect(linesOf(lines)).toEqual([
      {
        level: 'error',
        message: 'unavailable',
        route: 'POST /github',
        delivery: 'abc-1',
        status: 503,
        reason: 'this webhook could not be handled: deliver it again',
        error: 'Error: a bug',
        stack: expect.arrayContaining([expect.stringMatching(/^ +at /)]),
        ...embedded({ Received: 1, Unavailable: 1 }),
      },
    ])
  })

  it.each([
    ["GitHub's delivery", { 'x-github-delivery': '72d3162e-cc78-11e3' }, ['72d3162e-cc78-11e3']],
    ['the id of Standard Webhooks', { 'webhook-id': 'msg_2KWPBgLlAfxdpx2AI54p' }, ['msg_2KWPBgLlAfxdpx2AI54p']],
    ['nothing that is no id', { 'x-github-delivery': '<script>' }, []],
    ['nothing that is too long for an id', { 'webhook-id': 'a'.repeat(65) }, []],
  ])('names a delivery by %s', async (_, headers, ids) => {
    const { lines, handler } = setUp()
    await handler(event('', headers))
    expect(lines.flatMap((line) => /"delivery":"([^"]*)"/.exec(line)?.[1] ?? [])).toEqual(ids)
    expect(lines.join()).not.toMatch(/script|aaaa/)
  })
})
