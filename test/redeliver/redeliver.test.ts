import type { RedeliverDependencies } from '../../lib/redeliver/redeliver.ts'
import { ACME, type Ground, MINUTE, openGround, POST, report, SHOP, SHOP_PATH, START } from './ground.ts'

let ground: Ground
beforeEach(async () => {
  ground = await openGround()
})
afterEach(() => ground.close())

describe('what GitHub could not deliver', () => {
  it('is delivered again, the oldest first, a second apart, and not what is too old, too young, refused or well', async () => {
    ground.fail('too old', 3 * 24 * 60 + 1)
    const [first, second] = [ground.fail('unavailable', 90), ground.fail('no answer', 80, 0)]
    ground.fail('well', 70, 202)
    ground.fail('refused', 60, 401)
    ground.fail('well at last', 50)
    ground.github.add(SHOP_PATH, 'well at last', 200, START - 40 * MINUTE, true)
    ground.fail('too young', 1)
    ground.github.state.pageLength = 3
    expect(await ground.run()).toEqual([{ ...report, listed: 8, redelivered: 2 }])
    expect(ground.github.posts()).toEqual([first, second].map(POST))
    expect(ground.clock.pauses).toEqual([1000, 1000])
  })

  it('is delivered again once, whatever comes of it, also when the hook is looked at from the beginning', async () => {
    ground.github.state.receiver = () => 503
    const id = ground.fail('unavailable', 90)
    expect(await ground.run()).toEqual([{ ...report, listed: 1, redelivered: 1 }])
    ground.wait(10 * MINUTE)
    expect(await ground.run()).toEqual([{ ...report, listed: 2 }])
    const { redelivered } = ground.dependencies()
    await redelivered.keep('acme/shop#123', {})
    expect(await ground.run()).toEqual([{ ...report, listed: 2 }])
    expect(ground.github.posts()).toEqual([POST(id)])
  })

  it('is looked for no further back than the run before has looked', async () => {
    ground.github.state.pageLength = 2
    for (let minutes = 20; minutes > 10; minutes -= 1) ground.fail(`well ${minutes}`, minutes, 202)
    ground.fail('too young', 1)
    await ground.run()
    expect(ground.github.requests).toHaveLength(6)
    ground.wait(10 * MINUTE)
    expect(await ground.run()).toEqual([{ ...report, listed: 2, redelivered: 1 }])
    expect(ground.github.requests.slice(6).map((request) => request.split(' ')[0])).toEqual(['GET', 'POST'])
  })

  it('waits for the next run when the time is over, and nothing is lost or delivered twice', async () => {
    const ids = Array.from({ length: 60 }, (_, index) => ground.fail(`guid ${index}`, 200 - index))
    expect(await ground.run()).toEqual([{ ...report, listed: 60, redelivered: 41, waiting: 19 }])
    ground.wait(10 * MINUTE)
    expect(await ground.run()).toMatchObject([{ redelivered: 19, waiting: 0 }])
    expect(ground.github.posts()).toEqual(ids.map(POST))
  })

  it('is looked for again when there was no time to look that far back', async () => {
    ground.github.state.pageLength = 1
    const [older, newer] = [ground.fail('older', 90), ground.fail('newer', 80)]
    const listing = (pages: number): Partial<RedeliverDependencies> => {
      const { api } = ground.dependencies()
      return {
        api: { ...api, list: async (...asked) => api.list(...asked).finally(() => ground.wait(27_000 / pages)) },
      }
    }
    expect(await ground.run(listing(1))).toEqual([{ ...report, listed: 1, redelivered: 1 }])
    expect(await ground.run(listing(10))).toEqual([{ ...report, listed: 3, redelivered: 1 }])
    expect(ground.github.posts()).toEqual([newer, older].map(POST))
  })

  it('is delivered again after a run that died half-way', async () => {
    const id = ground.fail('unavailable', 90)
    const { redelivered } = ground.dependencies()
    await expect(
      ground.run({ redelivered: { ...redelivered, done: () => Promise.reject(new Error('away')) } }),
    ).rejects.toThrow('away')
    ground.github.hooks.set(
      SHOP_PATH,
      (ground.github.hooks.get(SHOP_PATH) ?? []).filter((one) => one.id === id),
    )
    ground.wait(MINUTE)
    expect(await ground.run()).toEqual([{ ...report, listed: 1, redelivered: 1 }])
  })

  it('is given up when GitHub cannot process it, and the others are delivered', async () => {
    const [lost, other] = [ground.fail('lost', 90), ground.fail('other', 80)]
    ground.github.state.instead = (request) => (request === POST(lost) ? { status: 422 } : undefined)
    expect(await ground.run()).toEqual([{ ...report, listed: 2, redelivered: 1, rejected: 1 }])
    ground.wait(10 * MINUTE)
    await ground.run()
    expect(ground.github.posts()).toEqual([lost, other].map(POST))
  })

  it('is tried again when GitHub fails or the token is not enough, three in a row at the most', async () => {
    const ids = ['a', 'b', 'c', 'd'].map((guid, index) => ground.fail(guid, 90 - index))
    ground.github.state.instead = (request) => (request.startsWith('POST') ? { status: 500 } : undefined)
    const failure = { kind: 'failed', message: 'GitHub answered 500' }
    expect(await ground.run()).toEqual([{ ...report, listed: 4, waiting: 4, failure }])
    expect(ground.github.posts()).toHaveLength(3)
    ground.wait(10 * MINUTE)
    ground.github.state.instead = (request) => (request === POST(ids[1] ?? '') ? { status: 404 } : undefined)
    expect(await ground.run()).toMatchObject([{ redelivered: 3, waiting: 1, failure: { kind: 'denied' } }])
    ground.wait(10 * MINUTE)
    ground.github.state.instead = () => undefined
    expect(await ground.run()).toMatchObject([{ redelivered: 1, waiting: 0 }])
    expect(ground.github.posts().slice(3)).toEqual([ids[0], ids[1], ids[2], ids[3], ids[1]].map((id) => POST(id ?? '')))
  })
})

test('failures that are not in a row do not end the run', async () => {
  const ids = Array.from({ length: 8 }, (_, index) => ground.fail(`guid ${index}`, 90 - index))
  const odd = new Set(ids.filter((_, index) => index % 2 === 1).map(POST))
  ground.github.state.instead = (request) => (odd.has(request) ? { status: 500 } : undefined)
  expect(await ground.run()).toMatchObject([{ redelivered: 4, waiting: 4 }])
})

it('begins with another hook every ten minutes, and leaves those out that no time is left for', async () => {
  const hooks = [SHOP, ACME]
  const order = async () => (await ground.run({ hooks })).map(({ hook }) => hook)
  const first = await order()
  ground.wait(10 * MINUTE)
  expect([...(await order())].reverse()).toEqual(first)
  expect(await ground.run({ hooks, deadlineMillis: ground.clock.nowMillis + 11_000 })).toEqual([])
})
