import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { issueKey, pullRequestKey } from '../../lib/delivery/activity.ts'
import type { Claim, Context } from '../../lib/delivery/context.ts'
import { decide } from '../../lib/delivery/decide.ts'
import { factsOf } from '../../lib/delivery/join.ts'
import type { MainlineEntry } from '../../lib/delivery/mainline.ts'
import { branchName, headName } from '../../lib/delivery/reference.ts'
import { settle } from '../../lib/delivery/settle.ts'
import { dynamoDbFeed } from '../../lib/dynamodb/feed.ts'
import { dynamoDbStore } from '../../lib/dynamodb/store.ts'
import type { TableClient } from '../../lib/dynamodb/table-client.ts'
import type { Change, ContextFeed, ContextStore } from '../../lib/record/ports.ts'
import { deliveryEvent, KNOWN } from '../support/arbitraries.ts'
import { at, closed, opened, SHOP } from '../support/events.ts'
import { memoryStore } from '../support/memory-store.ts'
import { openTestTable, type TestTable } from '../support/test-table.ts'

/** Text that cannot be packed. */
const noise = (seed: number, length: number): string =>
  Array.from({ length: Math.ceil(length / 43) }, (_, at) =>
    createHash('sha256').update(`${seed} ${at}`).digest('base64url'),
  )
    .join('')
    .slice(0, length)

const NOTHING = { names: new Map(), mainline: [] }
let table: TestTable
let other: TestTable

beforeAll(async () => {
  ;[table, other] = await Promise.all([openTestTable(), openTestTable()])
})
afterAll(() => Promise.all([table.close(), other.close()]))

const memory = memoryStore(() => 1_790_000_000_000)
const feeds: Readonly<Record<string, () => ContextFeed>> = {
  'in memory': () => memory.feed,
  "DynamoDB by AWS's SDK": () => dynamoDbFeed(table),
  'DynamoDB as the functions speak it': () => dynamoDbFeed({ ...other, client: other.wire }),
}
const dynamoDb = (client: TableClient, tableName: string) =>
  dynamoDbStore({ client, tableName, now: () => 1_790_000_000_000, ttlSeconds: 60 })
const adapters: readonly (readonly [string, () => ContextStore])[] = [
  ['in memory', () => memory],
  ["DynamoDB by AWS's SDK", () => dynamoDb(table.client, table.tableName)],
  ['DynamoDB as the functions speak it', () => dynamoDb(other.wire, other.tableName)],
]

describe.each(adapters)('a context store %s', (name, store) => {
  const readOne = async (key: string): Promise<Context | undefined> => (await store().read(key, [])).context

  it('has nothing of what nobody has written', async () => {
    const found = await store().read(issueKey(SHOP, 1), [headName('f'.repeat(40))])
    expect(found).toEqual({ context: undefined, version: 0, told: [], claims: new Map() })
  })

  it('gives back what was written, with one version more', async () => {
    const { context } = decide(undefined, NOTHING, at(2, closed))
    expect(await store().write(context)).toBe('written')
    expect(await readOne(context.key)).toEqual({ ...context, version: 1 })
  })

  it('gives back any context whole', async () => {
    let number = 1000
    await fc.assert(
      fc.asyncProperty(fc.array(deliveryEvent, { minLength: 1, maxLength: 5 }), async (events) => {
        number += 1
        const key = pullRequestKey(SHOP, number)
        let context: Context | undefined
        for (const event of events) context = decide(context, KNOWN, { ...event, key }).context
        if (context === undefined) throw new Error('no events')
        expect(await store().write(context)).toBe('written')
        expect(await readOne(key)).toEqual({ ...context, version: 1 })
      }),
      { numRuns: 50 },
    )
  })

  it('lets the first of two writers of the same version win', async () => {
    const first = decide(undefined, NOTHING, at(3, opened)).context
    const second = decide(undefined, NOTHING, at(3, closed)).context
    expect([await store().write(first), await store().write(second)]).toEqual(['written', 'lost'])
    expect(await readOne(first.key)).toEqual({ ...first, version: 1 })
    const next = decide({ ...first, version: 1 }, NOTHING, at(3, closed)).context
    expect([await store().write(next), await store().write(next)]).toEqual(['written', 'lost'])
    expect((await readOne(first.key))?.version).toBe(2)
  })

  it('lets exactly one of fifty writers at once win', async () => {
    const { context } = decide(undefined, NOTHING, at(4, closed))
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => store().write(context)))
    expect(outcomes.filter((outcome) => outcome === 'written')).toHaveLength(1)
  })

  it('keeps every claim on a name, and the latest of each claimant', async () => {
    const name = branchName(SHOP, 'feature/x')
    const by = (number: number, traceId: string): Claim => ({
      name,
      by: { key: pullRequestKey(SHOP, number), traceId, openings: [number] },
      version: 1,
    })
    await store().register([by(7, 'old'), by(8, 'other')])
    await store().register([by(7, 'new')])
    const claims = await store().readClaims([name])
    expect([...(claims.get(name) ?? [])].sort((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
      { key: pullRequestKey(SHOP, 7), traceId: 'new', openings: [7] },
      { key: pullRequestKey(SHOP, 8), traceId: 'other', openings: [8] },
    ])
  })

  it('reads more than a hundred names at once', async () => {
    const names = Array.from({ length: 230 }, (_, index) => branchName(SHOP, `b${index}`))
    await store().register(
      names.map((name) => ({ name, by: { key: issueKey(SHOP, 5), traceId: 't', openings: [1] }, version: 1 })),
    )
    const { claims } = await store().read(issueKey(SHOP, 6), names)
    expect([...claims.keys()].sort()).toEqual([...names].sort())
  })

  it('tells who watches a name to who claims it, and who has claimed it to who watches it', async () => {
    const name = branchName(SHOP, 'watched')
    const by = { key: pullRequestKey(SHOP, 9), traceId: 't', openings: [1] }
    expect(await store().watch('run:first', [name])).toEqual(new Map())
    expect(await store().register([{ name, by, version: 1 }])).toEqual(['run:first'])
    expect(await store().watch('run:second', [name])).toEqual(new Map([[name, [by]]]))
    expect([...(await store().register([{ name, by, version: 1 }]))].sort()).toEqual(['run:first', 'run:second'])
    expect(await store().readClaims([name])).toEqual(new Map([[name, [by]]]))
  })

  it('lets none of a claim and a watch at once miss the other', async () => {
    await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const name = branchName(SHOP, `race${index}`)
        const by = { key: pullRequestKey(SHOP, 10), traceId: 't', openings: [1] }
        const [claims, watchers] = await Promise.all([
          store().watch('run:racing', [name]),
          store().register([{ name, by, version: 1 }]),
        ])
        expect(claims.has(name) || watchers.includes('run:racing')).toBe(true)
      }),
    )
  })

  it('keeps the claim of the higher version, whichever comes last, and tells its watchers nothing of the other', async () => {
    const name = branchName(SHOP, 'versions')
    const claim = (version: number): Claim => ({
      name,
      by: { key: pullRequestKey(SHOP, 11), traceId: `t${version}`, openings: [1] },
      version,
    })
    await store().watch('run:watching', [name])
    expect(await store().register([claim(2)])).toEqual(['run:watching'])
    expect(await store().register([claim(1)])).toEqual([])
    expect(await store().readClaims([name])).toEqual(new Map([[name, [claim(2).by]]]))
    expect(await store().register([claim(2)])).toEqual(['run:watching'])
  })

  it('has a first write lost that was decided before the touch', async () => {
    const { context } = decide(undefined, NOTHING, at(12, closed))
    expect(await store().touch(context.key)).toBe('touched')
    expect(await store().touch(context.key)).toBe('there')
    expect(await store().write(context)).toBe('lost')
    const found = await store().read(context.key, [])
    expect(found).toEqual({ context: undefined, version: 1, told: [], claims: new Map() })
    expect(await store().write({ ...context, version: found.version })).toBe('written')
    expect(await readOne(context.key)).toEqual({ ...context, version: 2 })
    expect(await store().touch(context.key)).toBe('there')
  })

  it('writes emissions alone, on the same condition, and what goes with them', async () => {
    const { context } = decide(undefined, NOTHING, at(16, closed))
    await store().write(context)
    const stored = { ...context, version: 1 }
    const settled = settle(stored, stored.emissions, { state: 'accepted' })
    const before = (await store().outbox()).count
    expect(await store().writeEmissions(settled)).toBe('written')
    expect(await store().writeEmissions(settled)).toBe('lost')
    expect(await readOne(context.key)).toEqual({ ...settled, version: 2 })
    expect((await store().outbox()).count).toBe(before - 1)
    const refused = settle({ ...stored, version: 2 }, stored.emissions, { state: 'undeliverable', message: 'too old' })
    expect(await store().writeEmissions(refused)).toBe('written')
    expect(await readOne(context.key)).toEqual({ ...refused, version: 3 })
    expect(await store().writeEmissions({ ...stored, version: 3 })).toBe('written')
    expect((await store().outbox()).count).toBe(before)
  })

  describe('told of an activity', () => {
    const NOW = 1_790_000_000_000
    const [first, second] = [at(21, opened), at(21, closed)]
    const untilMillis = NOW + 60_000

    it('keeps what was told beside the context, and gives the lease to the first', async () => {
      const { context } = decide(undefined, NOTHING, at(20, opened))
      await store().write(context)
      const [a, b] = [at(20, closed), { ...at(20, closed), observedMillis: 1 }].map(factsOf)
      if (a === undefined || b === undefined) throw new Error('no facts')
      const lease = { holder: 'a', untilMillis }
      const stored = { ...context, version: 2 }
      expect(await store().tell(context.key, a, 'a')).toEqual({ context: stored, version: 2, told: [], lease })
      const whole = { context: { ...context, version: 3 }, version: 3, told: [a], lease }
      expect(await store().tell(context.key, b, 'b')).toEqual(whole)
      expect(await store().read(context.key, [])).toEqual({ ...whole, told: [a, b], claims: new Map() })
    })

    it('has it due in a minute, and in the outbox, whether there is a context or not', async () => {
      const before = (await store().outbox()).count
      await store().tell(first.key, factsOf(second), 'a')
      expect(await store().outbox()).toEqual({ count: before + 1, oldestMillis: NOW })
      const dueAt = async (millis: number) => (await store().due(millis, 500)).filter(({ key }) => key === first.key)
      expect(await dueAt(untilMillis - 1)).toEqual([])
      const [due] = await dueAt(untilMillis)
      const nothing = { key: first.key, context: undefined, version: 1, undecided: true }
      expect(due).toEqual({ ...nothing, dueMillis: untilMillis, attempts: 0 })
      if (due === undefined) throw new Error('it is not due')
      expect(await store().postpone(due, untilMillis + 1, 1)).toBe('postponed')
      expect(await dueAt(untilMillis)).toEqual([])
    })

    it('has every write lost that does not know of it, and a context written in its place', async () => {
      const { context } = decide(undefined, NOTHING, first)
      expect(await store().write(context)).toBe('lost')
      const before = (await store().outbox()).count
      expect(await store().write({ ...context, version: 1 })).toBe('written')
      const found = { context: { ...context, version: 2 }, version: 2, told: [], claims: new Map() }
      expect(await store().read(first.key, [])).toEqual(found)
      expect((await store().outbox()).count).toBe(before - 1)
    })

    it('keeps a lease that goes on through a write, and the told through a write of emissions', async () => {
      const lease = { holder: 'a', untilMillis }
      const { context } = decide(undefined, NOTHING, second)
      await store().tell(first.key, factsOf(second), 'a')
      expect(await store().write({ ...context, version: 3 }, lease)).toBe('written')
      expect(await store().read(first.key, [])).toMatchObject({ version: 4, told: [], lease })
      const [due] = (await store().due(untilMillis, 500)).filter(({ key }) => key === first.key)
      expect(due).toMatchObject({ version: 4, undecided: true })
      await store().tell(first.key, factsOf(first), 'b')
      const settled = settle({ ...context, version: 5 }, context.emissions, { state: 'accepted' })
      const before = await store().outbox()
      expect(await store().writeEmissions(settled)).toBe('written')
      expect(await store().outbox()).toEqual(before)
      const told = [factsOf(first)]
      const whole = { context: { ...settled, version: 6 }, version: 6, told, lease, claims: new Map() }
      expect(await store().read(first.key, [])).toEqual(whole)
      expect(await store().writeEmissions(settled)).toBe('lost')
    })

    it('takes it back where nothing else was', async () => {
      const { key } = at(22, closed)
      await store().tell(key, factsOf(at(22, closed)), 'a')
      await store().takeBack(key)
      expect(await store().read(key, [])).toEqual({ context: undefined, version: 0, told: [], claims: new Map() })
      await store().tell(key, factsOf(at(22, closed)), 'a')
      await store().tell(key, factsOf(at(22, closed)), 'a')
      await store().takeBack(key)
      expect((await store().read(key, [])).told).toHaveLength(2)
    })

    it('is full at some time, and has then lost nothing of it', async () => {
      const { key } = at(23, closed)
      const facts = factsOf(at(23, closed))
      const outcomes = await Promise.all(Array.from({ length: 20 }, () => store().tell(key, facts, 'a')))
      const full = outcomes.filter((outcome) => outcome === 'full').length
      expect([full, (await store().read(key, [])).told.length]).toEqual([4, 16])
    })

    it('is full where its item would be too large', async () => {
      const { key } = at(24, closed)
      const names = Array.from({ length: 150 }, (_, index) => branchName(SHOP, noise(index, 850)))
      const facts = factsOf({ ...at(24, closed), names })
      const outcomes = [await store().tell(key, facts, 'a'), await store().tell(key, facts, 'a')]
      outcomes.push(await store().tell(key, facts, 'a'), await store().tell(key, facts, 'a'))
      const kept = (await store().read(key, [])).told.length
      expect(kept).toBe(outcomes.filter((outcome) => outcome !== 'full').length)
      expect(kept).toBe(name === 'in memory' ? 4 : 3)
    })
  })

  it('takes back a first write, and no other', async () => {
    const { context } = decide(undefined, NOTHING, at(15, opened))
    await store().write(context)
    await store().takeBack(context.key)
    expect(await store().read(context.key, [])).toEqual({ context: undefined, version: 0, told: [], claims: new Map() })
    await store().takeBack(context.key)
    await store().write(context)
    await store().write({ ...context, version: 1 })
    await store().takeBack(context.key)
    expect((await readOne(context.key))?.version).toBe(2)
  })

  it('gives a mainline in order of time, back and on, page by page', async () => {
    const repository = 'github.com/acme/mainline'
    const landing = (atMillis: number, number: number): MainlineEntry => ({
      kind: 'landing',
      key: pullRequestKey(SHOP, number),
      atMillis,
      sha: String(number),
      traceId: 't',
      spanId: 's',
    })
    const deploy: MainlineEntry = {
      kind: 'deployment',
      key: 'run:https://ci/job/x/1/',
      atMillis: 2000,
      environment: 'production',
      sha: 'abc',
      succeeded: true,
    }
    const entries = [landing(1000, 1), landing(2000, 2), deploy, landing(3000, 3)]
    await Promise.all([...entries].reverse().map((entry) => store().enter({ repository, entry }, 1)))
    const query = { repository, atMillis: 2000, limit: 2 } as const
    const back = await store().mainline({ ...query, direction: 'back' })
    expect(back).toEqual({ entries: [deploy, landing(2000, 2)], isLast: false })
    const rest = await store().mainline({ ...query, direction: 'back', after: landing(2000, 2) })
    expect(rest.entries).toEqual([landing(1000, 1)])
    const on = await store().mainline({ ...query, direction: 'on', limit: 10 })
    expect(on).toEqual({ entries: [landing(2000, 2), deploy, landing(3000, 3)], isLast: true })
    await store().enter({ repository, entry: { ...deploy, succeeded: false } }, 3)
    await store().enter({ repository, entry: deploy }, 2)
    await store().leave({ repository, entry: deploy }, 2)
    await store().leave({ repository, entry: landing(2000, 2) }, 1)
    const left = await store().mainline({ ...query, direction: 'on', limit: 10 })
    expect(left.entries).toEqual([{ ...deploy, succeeded: false }, landing(3000, 3)])
  })

  it('tells who reads along what was written last, and gives it', async () => {
    const feed = feeds[name]?.() ?? memory.feed
    const changesSince = async (sinceMillis: number): Promise<readonly Change[]> => {
      const all: Change[] = []
      for await (const page of feed.changes(sinceMillis)) all.push(...page)
      return all
    }
    const { context } = decide(undefined, NOTHING, at(13, opened))
    await store().write(context)
    await store().write({ ...context, version: 1 })
    const own = (changes: readonly Change[]) => changes.filter(({ key }) => key === context.key)
    expect(own(await changesSince(1_790_000_000_000))).toEqual([
      { key: context.key, version: 2, changedMillis: 1_790_000_000_000 },
    ])
    expect(await changesSince(1_790_000_000_001)).toEqual([])
    expect(await feed.read([context.key, issueKey(SHOP, 99_999)])).toEqual([{ ...context, version: 2 }])
  })

  it('counts what has not got out, whether it was put off or not, until it was taken', async () => {
    const before = await store().outbox()
    const { context } = decide(undefined, NOTHING, at(14, closed))
    await store().write(context)
    const stored = { ...context, version: 1 }
    expect(await store().outbox()).toEqual({ count: before.count + 1, oldestMillis: 1_790_000_000_000 })
    const [due] = (await store().due(1_790_000_060_000, 500)).filter((one) => one.key === context.key)
    if (due === undefined) throw new Error('it is not due')
    expect(await store().postpone(due, 1_790_009_000_000, 1)).toBe('postponed')
    expect((await store().outbox()).count).toBe(before.count + 1)
    await store().write(settle(stored, stored.emissions, { state: 'accepted' }))
    expect((await store().outbox()).count).toBe(before.count)
  })
})
