import { dynamoDbRedelivered } from '../../lib/dynamodb/redelivered.ts'
import type { Redelivered } from '../../lib/redeliver/ports.ts'
import { openTestTable, type TestTable } from '../support/test-table.ts'

const HOOK = 'acme/shop#123'
const clock = { nowMillis: 1_790_000_000_000 }
let table: TestTable
let redelivered: Redelivered
beforeAll(async () => {
  table = await openTestTable()
  redelivered = dynamoDbRedelivered({ client: table.client, tableName: table.tableName, now: () => clock.nowMillis })
})
afterAll(() => table.close())

describe('what was redelivered', () => {
  it('is taken by one of many at once, a webhook and a hook', async () => {
    const at = await Promise.all(Array.from({ length: 8 }, () => redelivered.firstTime(HOOK, 'at-once')))
    expect(at.filter((isFirst) => isFirst)).toEqual([true])
    expect(await redelivered.firstTime('acme#45', 'at-once')).toBe(true)
  })

  it('can be taken again when who took it has died, and never once it is done', async () => {
    expect(await redelivered.firstTime(HOOK, 'died')).toBe(true)
    clock.nowMillis += 45_000
    expect(await redelivered.firstTime(HOOK, 'died')).toBe(false)
    clock.nowMillis += 1
    expect(await redelivered.firstTime(HOOK, 'died')).toBe(true)
    await redelivered.done(HOOK, 'died')
    clock.nowMillis += 7 * 24 * 3_600_000
    expect(await redelivered.firstTime(HOOK, 'died')).toBe(false)
  })

  it('is kept for eight days, in items of its own', async () => {
    clock.nowMillis = 1_790_000_000_000
    await redelivered.firstTime(HOOK, 'kept')
    const item = async (pk: string) =>
      (await table.client.call('GetItem', { TableName: table.tableName, Key: { pk, sk: '-' } })).Item
    const key = { pk: 'redelivered#acme/shop#123#kept', sk: '-' }
    expect(await item(key.pk)).toEqual({ ...key, takenUntilMillis: 1_790_000_045_000, expiresAtSeconds: 1_790_691_200 })
    await redelivered.done(HOOK, 'kept')
    expect(await item(key.pk)).toEqual({ ...key, expiresAtSeconds: 1_790_691_200 })
  })

  it("keeps a hook's progress", async () => {
    expect(await redelivered.progress(HOOK)).toEqual({})
    await redelivered.keep(HOOK, { lookedUntilMillis: 1, restUntilMillis: 2 })
    expect(await redelivered.progress(HOOK)).toEqual({ lookedUntilMillis: 1, restUntilMillis: 2 })
    await redelivered.keep(HOOK, { lookedUntilMillis: 3 })
    expect(await redelivered.progress(HOOK)).toEqual({ lookedUntilMillis: 3 })
  })
})
