import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { destinationOf } from '../../cli/send/destination.ts'
import { eventOf } from '../../cli/send/event.ts'
import { postEvent } from '../../cli/send/post-event.ts'
import { readSecrets } from '../../local/secrets.ts'
import { listening } from '../support/listening.ts'
import { EVENTS_SECRET, openSystem, type System } from '../support/system.ts'
import { runCli } from './run-cli.ts'

const EVENT = { type: 'release', id: 'ios-4.2.0', status: 'started', time: '2026-03-01T09:00:00Z' }
const SENT = {
  key: 'event:custom/release/ios-4.2.0',
  operation: 'release',
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
}

interface Request {
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

let server: Server
let url: string
let requests: Request[]
let answers: (number | [number, unknown] | 'reset')[]
beforeEach(async () => {
  requests = []
  server = createServer((incoming, outgoing) => {
    let body = ''
    incoming.on('data', (chunk) => (body += chunk))
    incoming.on('end', () => {
      requests.push({ headers: incoming.headers, body })
      const answer = answers.shift() ?? [202, { outcome: 'recorded', activities: [SENT] }]
      if (answer === 'reset') {
        incoming.socket.destroy()
        return
      }
      const [status, json] = typeof answer === 'number' ? [answer, {}] : answer
      outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
    })
  })
  url = `${await listening(server)}/events`
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const pauses: number[] = []
const post = (secret = EVENTS_SECRET) => {
  pauses.length = 0
  const pause = async (millis: number) => void pauses.push(millis)
  return postEvent(EVENT, { url, secret }, { now: Date.now, pause, random: () => 1, timeoutMillis: 5000 })
}

describe('sending an event', () => {
  it('is signed as Standard Webhooks has it', async () => {
    answers = []
    expect(await post()).toEqual(SENT)
    const [{ headers, body }] = requests as [Request]
    const signed = Object.fromEntries(
      ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, String(headers[name])]),
    )
    expect(new Webhook(EVENTS_SECRET).verify(body, signed)).toEqual(EVENT)
  })

  it('is tried again, with the same id, while the receiver is away', async () => {
    answers = [503, 'reset', 429, 502]
    expect(await post()).toEqual(SENT)
    expect(pauses).toEqual([500, 1000, 2000, 4000])
    expect(new Set(requests.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  })

  it('is given up in one sentence', async () => {
    answers = [503, 503, 503, 503, 503]
    await expect(post()).rejects.toThrow(
      'The event was not sent in 5 attempts: it was answered 503. Send it again later; twice is once.',
    )
    expect(requests.length).toBe(5)
  })

  it('says how the local stack is started, where nothing answers on this machine', async () => {
    answers = ['reset', 'reset', 'reset', 'reset', 'reset']
    await expect(post()).rejects.toThrow(
      /cannot be reached \(.+\)\. Start the local stack with npx valuestream start, or say its PORT, and send it again; twice is once\.$/,
    )
  })

  it.each([
    [
      [401, { outcome: 'refused', reason: 'no signature fits' }],
      'The event was not recorded (401): no signature fits.',
    ],
    [[404, {}], 'takes no events: name the address that ends in /events.'],
    [
      [202, { outcome: 'ignored', reason: 'it is about nothing' }],
      'The event was not recorded (202): it is about nothing.',
    ],
  ] as const)('is not tried again where that is of no use (%#)', async (answer, sentence) => {
    answers = [[...answer]]
    await expect(post()).rejects.toThrow(sentence)
    expect(requests.length).toBe(1)
  })

  it('says what is wrong with a secret', async () => {
    await expect(post('whsec_ö')).rejects.toThrow('The secret of events is not whsec_ and base64 after it')
  })
})

test('an event has the fields of docs/events.md, and only those that were said', () => {
  expect(
    eventOf(
      'finished',
      {
        ...{ type: 'deploy', key: '4711', source: 'gitlab', started: '2026-03-01T11:52:00Z', result: 'failure' },
        ...{ error: 'no', title: 'Shop', page: 'https://x.example/7', parent: 'acme/shop#12', link: ['a', 'b'] },
        ...{ repository: 'acme/shop', environment: 'production', commit: 'c', production: true },
        ...{ run: 'https://ci.example/job/shop/7/', change: '34', parameter: ['deploy_type=ami'] },
        attribute: ['platform=ios', 'phased=true', 'users=42', 'version=4.20', 'note=a=b', 'empty='],
      },
      () => Date.parse('2026-03-01T12:00:00Z'),
    ),
  ).toEqual({
    ...{ type: 'deploy', id: '4711', source: 'gitlab', status: 'finished', time: '2026-03-01T12:00:00.000Z' },
    ...{ started: '2026-03-01T11:52:00Z', result: 'failure', error: 'no', title: 'Shop', url: 'https://x.example/7' },
    ...{ parent: 'acme/shop#12', links: ['a', 'b'], repository: 'acme/shop', environment: 'production', commit: 'c' },
    production: true,
    ...{ run: 'https://ci.example/job/shop/7/', change: '34', parameters: { deploy_type: 'ami' } },
    metadata: { platform: 'ios', phased: true, users: 42, version: '4.20', note: 'a=b', empty: '' },
  })
  expect(eventOf('started', { type: 'release', key: '1', time: 'then' }, () => 0)).toEqual({
    ...{ type: 'release', id: '1', status: 'started', time: 'then' },
  })
  expect(() => eventOf('started', { type: 'release', key: '1', attribute: ['odd'] }, () => 0)).toThrow(
    '--attribute takes <name>=<value>, such as platform=ios, and not "odd".',
  )
})

describe('where an event goes', () => {
  let home: string
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'send-'))
  })
  afterEach(() => rmSync(home, { recursive: true, force: true }))

  const deployment = {
    eventsUrl: async (stage: string) => `https://${stage}.example/events`,
    eventsSecret: async () => 'whsec_new,whsec_old',
  }
  const to = (options: { url?: string; stage?: string }, env: Record<string, string> = {}) =>
    destinationOf(options, { VALUESTREAM_HOME: home, ...env }, '/', deployment)

  it('is what is named, or the stage, or the local stack', async () => {
    const { events } = readSecrets(home, {})
    expect([
      await to({ url: 'https://a.example/events' }, { EVENTS_WEBHOOK_SECRET: 'whsec_a' }),
      await to({}, { EVENTS_URL: 'https://b.example/events', EVENTS_WEBHOOK_SECRET: 'whsec_b,whsec_c' }),
      await to({ stage: 'prod' }, { EVENTS_URL: 'https://b.example/events' }),
      await to({}, { PORT: '3010' }),
    ]).toEqual([
      { url: 'https://a.example/events', secret: 'whsec_a' },
      { url: 'https://b.example/events', secret: 'whsec_b' },
      { url: 'https://prod.example/events', secret: 'whsec_new' },
      { url: 'http://localhost:3010/events', secret: events.value },
    ])
  })

  it('is told where there is no secret, and none is made', async () => {
    await expect(to({})).rejects.toThrow(
      `There is no secret to sign with in ${home}: npx valuestream start makes one. Or say its VALUESTREAM_HOME, set EVENTS_WEBHOOK_SECRET, or name the deployment with --stage.`,
    )
    readSecrets(home, {})
    await expect(to({ url: 'https://elsewhere.example/events' })).rejects.toThrow(
      'There is no secret to sign with: set EVENTS_WEBHOOK_SECRET, or name the deployment with --stage.',
    )
    await expect(to({ url: 'mailto:x' })).rejects.toThrow('"mailto:x" is not an http or https address.')
  })
})

describe('npx valuestream send', () => {
  let system: System
  beforeAll(async () => {
    system = await openSystem()
  })
  afterAll(() => system.close())

  it('makes a span of a start and an end, and prints its traceparent', async () => {
    const env = { EVENTS_URL: `${system.url}/events`, EVENTS_WEBHOOK_SECRET: EVENTS_SECRET }
    const common = ['--type', 'release', '--key', 'ios-4.2.0', '--source', 'mobile']
    const start = await runCli(['send', 'start', ...common, '--time', '2026-03-01T09:00:00Z', '--shell'], env)
    const end = await runCli(
      ['send', 'end', ...common, '--time', '2026-03-01T17:00:00Z', '--attribute', 'platform=ios', '--json'],
      env,
    )
    const [span] = system.backend.spans
    const traceparent = `00-${span?.traceId}-${span?.spanId}-01`
    expect(start).toEqual({ code: 0, out: `export TRACEPARENT=${traceparent}\n`, err: '' })
    expect(JSON.parse(end.out)).toEqual({
      key: 'event:mobile/release/ios-4.2.0',
      operation: 'release',
      traceId: span?.traceId,
      spanId: span?.spanId,
      traceparent,
    })
    expect(span).toMatchObject({
      startMillis: Date.parse('2026-03-01T09:00:00Z'),
      endMillis: Date.parse('2026-03-01T17:00:00Z'),
      attributes: { 'event.metadata.platform': 'ios' },
    })
    const wrong = await runCli(['send', 'end', ...common, '--time', 'today'], env)
    expect(wrong).toEqual({
      code: 1,
      out: '',
      err: 'The event was not recorded (400): the field time is not a time: say 2026-03-01T12:00:00Z, or the milliseconds since 1970.\n',
    })
  })
})
