import type { Placed } from '../delivery/mainline.ts'
import type { MainlinePage, MainlineQuery } from '../record/ports.ts'
import { decodeEntry, type Expiry, encodeEntry, mainlineItemKey, mainlinePk, mainlineSk } from './codec.ts'
import { called, onCondition, type Table } from './table.ts'

/** No newer entry stands there. */
const isNotOlder = (version: number) => ({
  ConditionExpression: 'attribute_not_exists(pk) OR #version <= :version',
  ExpressionAttributeNames: { '#version': 'version' },
  ExpressionAttributeValues: { ':version': version },
})

export const enter = async (
  table: Table,
  { repository, entry }: Placed,
  version: number,
  expiry: Expiry,
): Promise<void> => {
  const put = { Item: encodeEntry(repository, entry, version, expiry), ...isNotOlder(version) }
  await onCondition(() => called(table, 'PutItem', put), undefined)
}

export const leave = async (table: Table, { repository, entry }: Placed, version: number): Promise<void> => {
  const deletion = { Key: mainlineItemKey(repository, entry), ...isNotOlder(version) }
  await onCondition(() => called(table, 'DeleteItem', deletion), undefined)
}

export const mainline = async (
  table: Table,
  { repository, direction, atMillis, after, limit }: MainlineQuery,
): Promise<MainlinePage> => {
  const back = direction === 'back'
  const { Items: items = [], LastEvaluatedKey: last } = await called(table, 'Query', {
    ConsistentRead: true,
    // A name that follows a time sorts after the bare time, and `~` after every name.
    KeyConditionExpression: `pk = :pk AND sk ${back ? '<=' : '>='} :sk`,
    ExpressionAttributeValues: {
      ':pk': mainlinePk(repository),
      ':sk': back ? `${mainlineSk(atMillis)}#~` : mainlineSk(atMillis),
    },
    ScanIndexForward: !back,
    Limit: limit,
    ...(after === undefined ? {} : { ExclusiveStartKey: mainlineItemKey(repository, after) }),
  })
  return { entries: items.map(decodeEntry), isLast: last === undefined }
}
