import { ACME, ACME_PATH, GET, type Ground, MINUTE, openGround, POST, report, SHOP, START } from './ground.ts'

let ground: Ground
beforeEach(async () => {
  ground = await openGround()
})
afterEach(() => ground.close())

describe("GitHub's limits", () => {
  it('stop the run before it redelivers, when looking has taken the last that may be taken', async () => {
    ground.fail('a', 90)
    ground.github.state.remaining = 100
    expect(await ground.run()).toMatchObject([{ listed: 1, redelivered: 0, waiting: 1, failure: { kind: 'limited' } }])
    expect(ground.github.requests).toEqual([GET])
  })

  it('stop the run below 100 requests, for all hooks, and let it rest until the clock starts anew', async () => {
    const [first] = [ground.fail('a', 90), ground.fail('b', 80)]
    ground.github.add(ACME_PATH, 'c', 503, START - 70 * MINUTE)
    const hooks = [ACME, SHOP]
    const resetMillis = START + 25 * MINUTE
    Object.assign(ground.github.state, { remaining: 101, resetSeconds: resetMillis / 1000 })
    const failure = { kind: 'limited', untilMillis: resetMillis }
    expect(await ground.run({ hooks })).toEqual([
      { ...report, listed: 2, redelivered: 1, waiting: 1, failure },
      { ...report, hook: 'acme#45', failure },
    ])
    expect(ground.github.requests).toEqual([GET, POST(first)])
    ground.wait(10 * MINUTE)
    expect(await ground.run({ hooks })).toEqual([
      { ...report, hook: 'acme#45', failure },
      { ...report, failure },
    ])
    expect(ground.github.requests).toHaveLength(2)
    ground.wait(15 * MINUTE)
    ground.github.state.remaining = 5000
    const reports = await ground.run({ hooks })
    expect(reports.map(({ hook, redelivered }) => [hook, redelivered]).sort()).toEqual([
      ['acme#45', 1],
      ['acme/shop#123', 1],
    ])
  })

  it('stop it at once when it is told to wait, and what was not taken comes later', async () => {
    const id = ground.fail('a', 90)
    ground.fail('b', 80)
    ground.github.state.instead = (request) =>
      request.startsWith('POST') ? { status: 403, headers: { 'retry-after': '300' } } : undefined
    const failure = { kind: 'limited', untilMillis: START + 300_000 }
    expect(await ground.run()).toEqual([{ ...report, listed: 2, waiting: 2, failure }])
    expect(ground.github.posts()).toEqual([POST(id)])
    ground.github.state.instead = () => undefined
    ground.wait(10 * MINUTE)
    expect(await ground.run()).toMatchObject([{ redelivered: 2, waiting: 0 }])
  })
})
