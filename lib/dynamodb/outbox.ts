import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb'
import type { Due, Outbox } from '../record/ports.ts'
import { contextItemKey, decodeDue, shardsOf } from './codec.ts'
import { called, getItems, type Item, onCondition, type Table } from './table.ts'

/** The oldest of each shard, then the oldest of all. The index is behind the table by a moment. */
export const due = async (table: Table, untilMillis: number, limit: number): Promise<readonly Due[]> => {
  const condition = { KeyConditionExpression: 'dueShard = :shard AND dueMillis <= :until', Limit: limit }
  const found = await Promise.all(
    shardsOf('due').map((shard) => query(table, condition, { ':shard': shard, ':until': untilMillis })),
  )
  const oldest = found
    .flatMap(({ Items = [] }) => Items)
    .sort((a, b) => Number(a.dueMillis) - Number(b.dueMillis))
    .slice(0, limit)
  const items = await getItems(
    table,
    oldest.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })),
  )
  return oldest.flatMap(({ pk }) => {
    const item = items.get(String(pk))
    return item?.dueMillis === undefined || Number(item.dueMillis) > untilMillis ? [] : [decodeDue(item)]
  })
}

/** Pages of one megabyte a shard that are counted; with more than these the outbox is large, however large it is. */
const MAX_PAGES = 20

export const outbox = async (table: Table): Promise<Outbox> => {
  const since = (await Promise.all(shardsOf('due').map((shard) => unsentIn(table, shard)))).flat()
  return {
    count: since.length,
    oldestMillis: since.length === 0 ? undefined : since.reduce((a, b) => Math.min(a, b)),
  }
}

/** Since when each context of a shard waits that has something to send, put off or not. */
const unsentIn = async (table: Table, shard: string): Promise<readonly number[]> => {
  const since: number[] = []
  let start: Item | undefined
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { Items = [], LastEvaluatedKey } = await query(
      table,
      {
        KeyConditionExpression: 'dueShard = :shard',
        FilterExpression: 'attribute_exists(unsentMillis)',
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      },
      { ':shard': shard },
    )
    for (const { unsentMillis } of Items) since.push(Number(unsentMillis))
    start = LastEvaluatedKey
    if (start === undefined) break
  }
  return since
}

const query = (table: Table, input: Partial<QueryCommandInput>, values: Record<string, unknown>) =>
  called(table, 'Query', { IndexName: 'due', ...input, ExpressionAttributeValues: values })

export const postpone = async (
  table: Table,
  { key, version, dueMillis }: Due,
  untilMillis: number,
  attempts: number,
): Promise<'postponed' | 'lost'> => {
  const isOver = untilMillis === Number.POSITIVE_INFINITY
  const update = {
    Key: contextItemKey(key),
    UpdateExpression: isOver ? 'REMOVE dueShard, dueMillis, attempts' : 'SET dueMillis = :until, attempts = :attempts',
    ConditionExpression: '#version = :version AND dueMillis = :due',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: {
      ':version': version,
      ':due': dueMillis,
      ...(isOver ? {} : { ':until': untilMillis, ':attempts': attempts }),
    },
  }
  return onCondition(async () => {
    await called(table, 'UpdateItem', update)
    return 'postponed' as const
  }, 'lost' as const)
}
