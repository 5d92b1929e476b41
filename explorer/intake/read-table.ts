import type { Change, ContextFeed } from '../../lib/record/ports.ts'
import { putActivities } from '../warehouse/put-activities.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { contextRecords } from './context-records.ts'

/** Reads the table into the warehouse, each version of an activity once. */
export interface TableReader {
  /** One pass to the table's end; who asks while one is under way waits for that one. Never throws. */
  readonly read: () => Promise<void>
  readonly state: () => ReadState
}

export interface ReadState {
  /** When the table was last read to its end, epoch milliseconds. */
  readonly readMillis?: number
  /** What stands in the way of reading it now, in one sentence. */
  readonly problem?: string
}

/** The table's index is behind the table by a moment, and the clocks of those who write to it differ by one. */
const OVERLAP_MILLIS = 60_000
/** As many as are read and written at a time. */
const BATCH = 500

export const tableReader = (feed: ContextFeed, warehouse: Warehouse, now: () => number): TableReader => {
  let state: ReadState = {}
  let running: Promise<void> | undefined
  const pass = async (): Promise<void> => {
    try {
      await readOnce(feed, warehouse, now)
    } catch (error) {
      state = { ...state, problem: `The table cannot be read now and will be tried again: ${wordsOf(error)}` }
      return
    }
    try {
      // So that whoever asks first does not wait for it.
      await warehouse.index()
      state = { readMillis: now() }
    } catch (error) {
      state = {
        readMillis: now(),
        problem: `The table is read, but what was read cannot be prepared for the explorer now; it will be tried again: ${wordsOf(error)}`,
      }
    }
  }
  return {
    read: () => {
      running ??= pass().finally(() => {
        running = undefined
      })
      return running
    },
    state: () => state,
  }
}

const readOnce = async (feed: ContextFeed, warehouse: Warehouse, now: () => number): Promise<void> => {
  const [before] = await warehouse.query('SELECT max(high_water_ms) AS millis FROM reading')
  const highWater = Number(before?.millis ?? 0)
  const startedMillis = now()
  let seenMillis = highWater
  for await (const changes of feed.changes(Math.max(0, highWater - OVERLAP_MILLIS))) {
    for (let from = 0; from < changes.length; from += BATCH) {
      await take(feed, warehouse, changes.slice(from, from + BATCH))
    }
    seenMillis = changes.reduce((most, { changedMillis }) => Math.max(most, changedMillis), seenMillis)
  }
  // Of a clock that is ahead nothing may follow: what others write meanwhile would lie before it.
  const next = Math.max(highWater, Math.min(seenMillis, startedMillis))
  await warehouse.write(async (query) => {
    await query('DELETE FROM reading')
    await query('INSERT INTO reading VALUES ($high_water, $read)', { high_water: next, read: now() })
  })
}

const wordsOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\.?$/, '.')

/** Reads and writes what is newer than what is known. */
const take = async (feed: ContextFeed, warehouse: Warehouse, changes: readonly Change[]): Promise<void> => {
  const known = await knownVersions(warehouse, changes)
  const newer = changes.filter(({ key, version }) => version > (known.get(key) ?? 0)).map(({ key }) => key)
  if (newer.length === 0) return
  const contexts = await feed.read(newer)
  const activities = contexts.map((context) => ({
    key: context.key,
    version: context.version,
    records: contextRecords(context),
  }))
  await warehouse.write((_query, connection) => putActivities(connection, activities))
}

const knownVersions = async (
  warehouse: Warehouse,
  changes: readonly Change[],
): Promise<ReadonlyMap<string, number>> => {
  if (changes.length === 0) return new Map()
  const names = changes.map((_, at) => `$key_${at}`)
  const rows = await warehouse.query(
    `SELECT activity_key, version FROM activities WHERE activity_key IN (${names.join(', ')})`,
    Object.fromEntries(changes.map(({ key }, at) => [`key_${at}`, key])),
  )
  return new Map(rows.map((row) => [String(row.activity_key), Number(row.version)]))
}
