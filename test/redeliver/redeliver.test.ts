import { dynamoDbRedelivered } from '../../lib/dynamodb/redelivered.ts'
import { githubDeliveries } from '../../lib/github-api/deliveries.ts'
import type { Level } from '../../lib/lambda/log.ts'
import { redeliverHandler } from '../../lib/lambda/redeliver-handler.ts'
import type { Hook } from '../../lib/redeliver/ports.ts'
import { type RedeliverDependencies, redeliver } from '../../lib/redeliver/redeliver.ts'
import { TOKEN } from '../support/github-server.ts'
import { openTestTable, type TestTable } from '../support/test-table.ts'
import { type Github, openGithub } from './fake-github.ts'

const START = 1_790_000_000_000
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const SHOP: Hook = { kind: 'repository', owner: 'acme', repository: 'shop', id: '123' }
const ACME: Hook = { kind: 'organization', organization: 'acme', id: '45' }
const [SHOP_PATH, ACME_PATH] = ['/repos/acme/shop/hooks/123', '/orgs/acme/hooks/45']

let table: TestTable
let github: Github
let clock: { nowMillis: number; pauses: number[] }
beforeEach(async () => {
  ;[table, github] = await Promise.all([openTestTable(), openGithub()])
  clock = { nowMillis: START, pauses: [] }
  github.state.nowMillis = START
})
afterEach(() => Promise.all([table.close(), github.close()]))

const now = () => clock.nowMillis
const dependencies = (more: Partial<RedeliverDependencies> = {}): RedeliverDependencies => ({
  hooks: [SHOP],
  api: githubDeliveries({ baseUrl: github.url, token: TOKEN, now, timeoutMillis: 5000 }),
  redelivered: dynamoDbRedelivered({ client: table.client, tableName: table.tableName, now }),
  keptMillis: 3 * DAY,
  now,
  pause: async (millis) => {
    await Promise.resolve()
    clock.pauses.push(millis)
    clock.nowMillis += millis
  },
  deadlineMillis: clock.nowMillis + 52_000,
  ...more,
})
const run = (more: Partial<RedeliverDependencies> = {}) => redeliver(dependencies(more))
const wait = (millis: number) => {
  clock.nowMillis += millis
  github.state.nowMillis = clock.nowMillis
}
/** A webhook first delivered so many minutes before the start. */
const fail = (guid: string, minutes: number, status = 503, path = SHOP_PATH) =>
  github.add(path, guid, status, START - minutes * MINUTE)
const report = { hook: 'acme/shop#123', listed: 0, redelivered: 0, rejected: 0, waiting: 0 }
const [POST, GET] = [(id: string) => `POST ${SHOP_PATH}/deliveries/${id}/attempts`, `GET ${SHOP_PATH}/deliveries`]

describe('what GitHub could not deliver', () => {
  it('is delivered again, the oldest first, a second apart, and not what is too old, too young, refused or well', async () => {
    fail('too old', 3 * 24 * 60 + 1)
    const [first, second] = [fail('unavailable', 90), fail('no answer', 80, 0)]
    fail('well', 70, 202)
    fail('refused', 60, 401)
    fail('well at last', 50)
    github.add(SHOP_PATH, 'well at last', 200, START - 40 * MINUTE, true)
    fail('too young', 1)
    github.state.pageLength = 3
    expect(await run()).toEqual([{ ...report, listed: 8, redelivered: 2 }])
    expect(github.posts()).toEqual([first, second].map(POST))
    expect(clock.pauses).toEqual([1000, 1000])
  })

  it('is delivered again once, whatever comes of it, also when the hook is looked at from the beginning', async () => {
    github.state.receiver = () => 503
    const id = fail('unavailable', 90)
    expect(await run()).toEqual([{ ...report, listed: 1, redelivered: 1 }])
    wait(10 * MINUTE)
    expect(await run()).toEqual([{ ...report, listed: 2 }])
    const { redelivered } = dependencies()
    await redelivered.keep('acme/shop#123', {})
    expect(await run()).toEqual([{ ...report, listed: 2 }])
    expect(github.posts()).toEqual([POST(id)])
  })

  it('is looked for no further back than the run before has looked', async () => {
    github.state.pageLength = 2
    for (let minutes = 20; minutes > 10; minutes -= 1) fail(`well ${minutes}`, minutes, 202)
    fail('too young', 1)
    await run()
    expect(github.requests).toHaveLength(6)
    wait(10 * MINUTE)
    expect(await run()).toEqual([{ ...report, listed: 2, redelivered: 1 }])
    expect(github.requests.slice(6).map((request) => request.split(' ')[0])).toEqual(['GET', 'POST'])
  })

  it('waits for the next run when the time is over, and nothing is lost or delivered twice', async () => {
    const ids = Array.from({ length: 60 }, (_, index) => fail(`guid ${index}`, 200 - index))
    expect(await run()).toEqual([{ ...report, listed: 60, redelivered: 41, waiting: 19 }])
    wait(10 * MINUTE)
    expect(await run()).toMatchObject([{ redelivered: 19, waiting: 0 }])
    expect(github.posts()).toEqual(ids.map(POST))
  })

  it('is looked for again when there was no time to look that far back', async () => {
    github.state.pageLength = 1
    const [older, newer] = [fail('older', 90), fail('newer', 80)]
    const listing = (pages: number): Partial<RedeliverDependencies> => {
      const { api } = dependencies()
      return { api: { ...api, list: async (...asked) => api.list(...asked).finally(() => wait(27_000 / pages)) } }
    }
    expect(await run(listing(1))).toEqual([{ ...report, listed: 1, redelivered: 1 }])
    expect(await run(listing(10))).toEqual([{ ...report, listed: 3, redelivered: 1 }])
    expect(github.posts()).toEqual([newer, older].map(POST))
  })

  it('is delivered again after a run that died half-way', async () => {
    const id = fail('unavailable', 90)
    const { redelivered } = dependencies()
    await expect(
      run({ redelivered: { ...redelivered, done: () => Promise.reject(new Error('away')) } }),
    ).rejects.toThrow('away')
    github.hooks.set(
      SHOP_PATH,
      (github.hooks.get(SHOP_PATH) ?? []).filter((one) => one.id === id),
    )
    wait(MINUTE)
    expect(await run()).toEqual([{ ...report, listed: 1, redelivered: 1 }])
  })

  it('is given up when GitHub cannot process it, and the others are delivered', async () => {
    const [lost, other] = [fail('lost', 90), fail('other', 80)]
    github.state.instead = (request) => (request === POST(lost) ? { status: 422 } : undefined)
    expect(await run()).toEqual([{ ...report, listed: 2, redelivered: 1, rejected: 1 }])
    wait(10 * MINUTE)
    await run()
    expect(github.posts()).toEqual([lost, other].map(POST))
  })

  it('is tried again when GitHub fails or the token is not enough, three in a row at the most', async () => {
    const ids = ['a', 'b', 'c', 'd'].map((guid, index) => fail(guid, 90 - index))
    github.state.instead = (request) => (request.startsWith('POST') ? { status: 500 } : undefined)
    const failure = { kind: 'failed', message: 'GitHub answered 500' }
    expect(await run()).toEqual([{ ...report, listed: 4, waiting: 4, failure }])
    expect(github.posts()).toHaveLength(3)
    wait(10 * MINUTE)
    github.state.instead = (request) => (request === POST(ids[1] ?? '') ? { status: 404 } : undefined)
    expect(await run()).toMatchObject([{ redelivered: 3, waiting: 1, failure: { kind: 'denied' } }])
    wait(10 * MINUTE)
    github.state.instead = () => undefined
    expect(await run()).toMatchObject([{ redelivered: 1, waiting: 0 }])
    expect(github.posts().slice(3)).toEqual([ids[0], ids[1], ids[2], ids[3], ids[1]].map((id) => POST(id ?? '')))
  })
})

test('failures that are not in a row do not end the run', async () => {
  const ids = Array.from({ length: 8 }, (_, index) => fail(`guid ${index}`, 90 - index))
  const odd = new Set(ids.filter((_, index) => index % 2 === 1).map(POST))
  github.state.instead = (request) => (odd.has(request) ? { status: 500 } : undefined)
  expect(await run()).toMatchObject([{ redelivered: 4, waiting: 4 }])
})

describe("GitHub's limits", () => {
  it('stop the run before it redelivers, when looking has taken the last that may be taken', async () => {
    fail('a', 90)
    github.state.remaining = 100
    expect(await run()).toMatchObject([{ listed: 1, redelivered: 0, waiting: 1, failure: { kind: 'limited' } }])
    expect(github.requests).toEqual([GET])
  })

  it('stop the run below 100 requests, for all hooks, and let it rest until the clock starts anew', async () => {
    const [first] = [fail('a', 90), fail('b', 80)]
    github.add(ACME_PATH, 'c', 503, START - 70 * MINUTE)
    const hooks = [ACME, SHOP]
    const resetMillis = START + 25 * MINUTE
    Object.assign(github.state, { remaining: 101, resetSeconds: resetMillis / 1000 })
    const failure = { kind: 'limited', untilMillis: resetMillis }
    expect(await run({ hooks })).toEqual([
      { ...report, listed: 2, redelivered: 1, waiting: 1, failure },
      { ...report, hook: 'acme#45', failure },
    ])
    expect(github.requests).toEqual([GET, POST(first)])
    wait(10 * MINUTE)
    expect(await run({ hooks })).toEqual([
      { ...report, hook: 'acme#45', failure },
      { ...report, failure },
    ])
    expect(github.requests).toHaveLength(2)
    wait(15 * MINUTE)
    github.state.remaining = 5000
    const reports = await run({ hooks })
    expect(reports.map(({ hook, redelivered }) => [hook, redelivered]).sort()).toEqual([
      ['acme#45', 1],
      ['acme/shop#123', 1],
    ])
  })

  it('stop it at once when it is told to wait, and what was not taken comes later', async () => {
    const id = fail('a', 90)
    fail('b', 80)
    github.state.instead = (request) =>
      request.startsWith('POST') ? { status: 403, headers: { 'retry-after': '300' } } : undefined
    const failure = { kind: 'limited', untilMillis: START + 300_000 }
    expect(await run()).toEqual([{ ...report, listed: 2, waiting: 2, failure }])
    expect(github.posts()).toEqual([POST(id)])
    github.state.instead = () => undefined
    wait(10 * MINUTE)
    expect(await run()).toMatchObject([{ redelivered: 2, waiting: 0 }])
  })
})

describe('the function', () => {
  const lines: [Level, string, unknown][] = []
  const invoke = (prepared: RedeliverDependencies | undefined) =>
    redeliverHandler(
      () => Promise.resolve(prepared),
      (level, message, fields) => lines.push([level, message, fields]),
    )({}, { awsRequestId: 'r-1', getRemainingTimeInMillis: () => 55_000 })
  beforeEach(() => lines.splice(0))

  it('does nothing without a token or a hook, and says so', async () => {
    expect(await invoke(undefined)).toEqual([])
    expect(lines).toEqual([
      ['info', 'nothing is redelivered: that takes both GITHUB_TOKEN and GITHUB_HOOKS', { requestId: 'r-1' }],
    ])
  })

  it('writes a line a hook: what was done, or what the token lacks, and never the token', async () => {
    fail('a', 90)
    await invoke(dependencies({ hooks: [SHOP, ACME] }))
    const message = 'looked for failed deliveries'
    expect(lines.sort(([a], [b]) => (a < b ? -1 : 1))).toEqual([
      ['info', message, { requestId: 'r-1', ...report, listed: 1, redelivered: 1 }],
      [
        'warn',
        message,
        {
          requestId: 'r-1',
          ...report,
          hook: 'acme#45',
          failure: 'denied',
          reason:
            'GITHUB_TOKEN may not use the hook acme#45, or there is no such hook (404): a fine-grained token needs the organization permission "Webhooks: read and write", a classic one the scope admin:org_hook and an owner of the organization.',
        },
      ],
    ])
    expect(JSON.stringify(lines)).not.toContain(TOKEN)
  })

  it('says until when GitHub takes no more', async () => {
    github.state.instead = () => ({ status: 429, headers: { 'retry-after': '60' } })
    await invoke(dependencies())
    const reason = 'GitHub takes no more until 2026-09-21T14:14:20.000Z'
    expect(lines).toMatchObject([['warn', 'looked for failed deliveries', { failure: 'limited', reason }]])
  })

  it('begins with another hook every ten minutes, and leaves those out that no time is left for', async () => {
    const hooks = [SHOP, ACME]
    const order = async () => (await run({ hooks })).map(({ hook }) => hook)
    const first = await order()
    wait(10 * MINUTE)
    expect([...(await order())].reverse()).toEqual(first)
    expect(await run({ hooks, deadlineMillis: clock.nowMillis + 11_000 })).toEqual([])
  })
})
