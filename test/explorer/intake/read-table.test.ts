import { tableReader } from '../../../explorer/intake/read-table.ts'
import { openWarehouse, type Warehouse } from '../../../explorer/warehouse/warehouse.ts'
import type { Context } from '../../../lib/delivery/context.ts'
import type { Change, ContextFeed } from '../../../lib/record/ports.ts'
import { contextOf, event, KEY, START } from './contexts.ts'

/** A table that keeps account of what is asked of it. */
const table = () => {
  const written = new Map<string, { readonly context: Context; readonly changedMillis: number }>()
  const asked: number[] = []
  const read: string[] = []
  const feed: ContextFeed = {
    changes: async function* (sinceMillis) {
      asked.push(sinceMillis)
      for (const { context, changedMillis } of written.values()) {
        const change: Change = { key: context.key, version: context.version, changedMillis }
        if (changedMillis >= sinceMillis) yield await Promise.resolve([change])
      }
    },
    read: async (keys) => {
      read.push(...keys)
      return Promise.resolve(keys.flatMap((key) => written.get(key)?.context ?? []))
    },
  }
  return { written, asked, read, feed }
}

let warehouse: Warehouse
beforeEach(async () => {
  warehouse = await openWarehouse({ path: ':memory:' })
})
afterEach(() => warehouse.close())

const kept = () => warehouse.query('SELECT episode, duration_ms, is_stored, title FROM spans ORDER BY episode')

describe('reading the table', () => {
  it('brings what is in it, each version once, and looks again a minute before where it was', async () => {
    const { written, asked, read, feed } = table()
    const reader = tableReader(feed, warehouse, () => START + 500_000)
    written.set(KEY, { context: contextOf(event('started', START)), changedMillis: START + 100_000 })
    await reader.read()
    expect(await kept()).toEqual(
      [{ episode: 1, duration_ms: null, is_stored: true, title: '# as of 0' }].map((row) => ({
        ...row,
        title: 'issue',
      })),
    )
    await reader.read()
    written.set(KEY, {
      context: contextOf(event('started', START), event('finished', START + 9)),
      changedMillis: START + 100_000,
    })
    await reader.read()
    await reader.read()
    expect(await kept()).toEqual([{ episode: 1, duration_ms: 9, is_stored: true, title: 'issue' }])
    expect([asked, read]).toEqual([
      [0, START + 40_000, START + 40_000, START + 40_000],
      [KEY, KEY],
    ])
    expect(reader.state()).toEqual({ readMillis: START + 500_000 })
  })

  it('takes away an episode that the table knows no more', async () => {
    const { written, feed } = table()
    const reader = tableReader(feed, warehouse, () => START)
    const first = contextOf(event('started', START), event('finished', START + 9), event('reopened', START + 20))
    written.set(KEY, { context: first, changedMillis: START })
    await reader.read()
    written.set(KEY, {
      context: { ...contextOf(event('started', START), event('finished', START + 9)), version: 7 },
      changedMillis: START,
    })
    await reader.read()
    expect((await kept()).map(({ episode }) => episode)).toEqual([1])
    expect(await warehouse.query('SELECT * FROM activities')).toEqual([{ activity_key: KEY, version: 7 }])
    expect(await warehouse.query('SELECT count(*) AS spans FROM marks SEMI JOIN spans USING (span_no)')).toEqual(
      await warehouse.query('SELECT count(*) AS spans FROM marks'),
    )
  })

  it('does not go by a clock that is ahead', async () => {
    const { written, asked, feed } = table()
    const reader = tableReader(feed, warehouse, () => START)
    written.set(KEY, { context: contextOf(event('started', START)), changedMillis: START + 9_000_000 })
    await reader.read()
    await reader.read()
    expect(asked).toEqual([0, START - 60_000])
  })

  it('says in one sentence what stands in the way, and goes on where it was', async () => {
    const { written, read, feed } = table()
    let isDown = true
    const failing: ContextFeed = {
      ...feed,
      read: (keys) => (isDown ? Promise.reject(new Error('DynamoDB table t: timed out')) : feed.read(keys)),
    }
    const reader = tableReader(failing, warehouse, () => START)
    written.set(KEY, { context: contextOf(event('started', START)), changedMillis: START })
    await reader.read()
    expect(reader.state()).toEqual({
      problem: 'The table cannot be read now and will be tried again: DynamoDB table t: timed out.',
    })
    isDown = false
    await Promise.all([reader.read(), reader.read()])
    expect(reader.state()).toEqual({ readMillis: START })
    expect([(await kept()).length, read]).toEqual([1, [KEY]])
  })
  it('says so when it has read the table and what it read cannot be prepared', async () => {
    const { feed } = table()
    let isFull = true
    const index = () => (isFull ? Promise.reject(new Error('disk full')) : warehouse.index())
    const reader = tableReader(feed, { ...warehouse, index }, () => START)
    await reader.read()
    expect(reader.state()).toEqual({
      readMillis: START,
      problem:
        'The table is read, but what was read cannot be prepared for the explorer now; it will be tried again: disk full.',
    })
    isFull = false
    await reader.read()
    expect(reader.state()).toEqual({ readMillis: START })
  })
})
