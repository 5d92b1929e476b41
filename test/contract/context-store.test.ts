import fc from 'fast-check'
import { issueKey, pullRequestKey } from '../../lib/delivery/activity.ts'
import type { Claim, Context } from '../../lib/delivery/context.ts'
import { decide } from '../../lib/delivery/decide.ts'
import { branchName, shaName } from '../../lib/delivery/reference.ts'
import { dynamoDbStore } from '../../lib/dynamodb/store.ts'
import type { ContextStore } from '../../lib/record/ports.ts'
import { deliveryEvent, KNOWN } from '../support/arbitraries.ts'
import { at, closed, opened, SHOP } from '../support/events.ts'
import { memoryStore } from '../support/memory-store.ts'
import { openTestTable, type TestTable } from '../support/test-table.ts'

const NOTHING = { byKey: new Map(), byName: new Map() }
let table: TestTable

beforeAll(async () => {
  table = await openTestTable()
})
afterAll(() => table.close())

const memory = memoryStore()
const adapters: readonly (readonly [string, () => ContextStore])[] = [
  ['in memory', () => memory],
  [
    'DynamoDB',
    () =>
      dynamoDbStore({ client: table.client, tableName: table.tableName, now: () => 1_790_000_000_000, ttlSeconds: 60 }),
  ],
]

describe.each(adapters)('a context store %s', (_name, store) => {
  const readOne = async (key: string): Promise<Context | undefined> =>
    (await store().read({ keys: [key], names: [] })).contexts.get(key)

  it('has nothing of what nobody has written', async () => {
    const found = await store().read({ keys: [issueKey(SHOP, 1)], names: [shaName('f'.repeat(40))] })
    expect(found).toEqual({ contexts: new Map(), claims: new Map() })
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
    })
    await store().register([by(7, 'old'), by(8, 'other')])
    await store().register([by(7, 'new')])
    const { claims } = await store().read({ keys: [], names: [name] })
    expect([...(claims.get(name) ?? [])].sort((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
      { key: pullRequestKey(SHOP, 7), traceId: 'new', openings: [7] },
      { key: pullRequestKey(SHOP, 8), traceId: 'other', openings: [8] },
    ])
  })

  it('reads more than a hundred keys at once', async () => {
    const keys = Array.from({ length: 230 }, (_, index) => issueKey(SHOP, 2000 + index))
    const contexts = keys.map((key) => decide(undefined, NOTHING, { ...opened, key }).context)
    await Promise.all(contexts.map((context) => store().write(context)))
    const found = await store().read({ keys, names: [] })
    expect([...found.contexts.keys()].sort()).toEqual([...keys].sort())
  })
})
