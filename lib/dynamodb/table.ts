import { StoreUnavailable } from '../record/ports.ts'
import type { ItemKey } from './codec.ts'
import type { Operation, Operations, TableClient } from './table-client.ts'

/** The table, and the way to it. */
export interface Table {
  readonly client: TableClient
  readonly tableName: string
  /** Milliseconds until whoever waits has no more time: calls end by then, and none is begun after it. */
  readonly leftMillis?: () => number
}

export type Item = Record<string, unknown>

/** A call on the table, within the time that there is. */
export const called = <O extends Operation>(
  { client, tableName, leftMillis }: Table,
  operation: O,
  input: Omit<Operations[O][0], 'TableName'>,
): ReturnType<typeof client.call<O>> =>
  client.call(operation, { TableName: tableName, ...input } as Operations[O][0], leftMillis)

/** @throws StoreUnavailable in place of whatever the client throws */
export const reached = async <T>({ tableName, leftMillis }: Table, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    const why = leftMillis !== undefined && leftMillis() <= 0 ? 'not within the time that there is' : reasonOf(error)
    throw new StoreUnavailable(`DynamoDB table ${tableName}: ${why}`, error)
  }
}

/** Node's code, such as ECONNREFUSED, or the name of DynamoDB's error. */
const reasonOf = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return 'unknown'
  if ('code' in error && typeof error.code === 'string') return error.code
  return 'name' in error ? String(error.name) : 'unknown'
}

/** What a conditional call gives, or `otherwise` where its condition does not hold: where it ends in one of these errors. */
export const onCondition = async <T, O>(
  call: () => Promise<T>,
  otherwise: O,
  errors: readonly string[] = ['ConditionalCheckFailedException'],
): Promise<T | O> => {
  try {
    return await call()
  } catch (error) {
    if (error instanceof Error && errors.includes(error.name)) return otherwise
    throw error
  }
}

/** DynamoDB's bound on the keys of one BatchGetItem. */
const MAX_KEYS = 100
/** How often what DynamoDB has left unprocessed is asked for. */
const MAX_ROUNDS = 5

/** Items that stand alone in their partition, by its key. */
export const getItems = async (table: Table, keys: readonly ItemKey[]): Promise<ReadonlyMap<string, Item>> => {
  const batches = Array.from({ length: Math.ceil(keys.length / MAX_KEYS) }, (_, index) =>
    keys.slice(index * MAX_KEYS, (index + 1) * MAX_KEYS),
  )
  return new Map((await Promise.all(batches.map((batch) => batchGet(table, batch)))).flat())
}

/** DynamoDB may answer for a part of the keys; the rest is asked for again. */
const batchGet = async (table: Table, wanted: readonly ItemKey[]): Promise<[string, Item][]> => {
  const { client, tableName, leftMillis } = table
  const items: [string, Item][] = []
  let keys: Record<string, unknown>[] = wanted.map((key) => ({ ...key }))
  for (let round = 0; keys.length > 0; round += 1) {
    if (round === MAX_ROUNDS) throw new Error('DynamoDB keeps leaving keys unprocessed')
    const wanted = { RequestItems: { [tableName]: { Keys: keys, ConsistentRead: true } } }
    const answer = await client.call('BatchGetItem', wanted, leftMillis)
    for (const item of answer.Responses?.[tableName] ?? []) items.push([String(item.pk), item])
    keys = answer.UnprocessedKeys?.[tableName]?.Keys ?? []
  }
  return items
}
