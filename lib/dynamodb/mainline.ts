import { DeleteCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import type { Placed } from '../delivery/mainline.ts'
import type { MainlinePage, MainlineQuery } from '../record/ports.ts'
import { decodeEntry, type Expiry, encodeEntry, mainlineItemKey, mainlinePk, mainlineSk } from './codec.ts'
import { inTime, onCondition, type Table } from './table.ts'

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
  const put = new PutCommand({
    TableName: table.tableName,
    Item: encodeEntry(repository, entry, version, expiry),
    ...isNotOlder(version),
  })
  await onCondition(() => table.client.send(put, inTime(table)), undefined)
}

export const leave = async (table: Table, { repository, entry }: Placed, version: number): Promise<void> => {
  const deletion = new DeleteCommand({
    TableName: table.tableName,
    Key: mainlineItemKey(repository, entry),
    ...isNotOlder(version),
  })
  await onCondition(() => table.client.send(deletion, inTime(table)), undefined)
}

export const mainline = async (
  table: Table,
  { repository, direction, atMillis, after, limit }: MainlineQuery,
): Promise<MainlinePage> => {
  const back = direction === 'back'
  const { Items: items = [], LastEvaluatedKey: last } = await table.client.send(
    new QueryCommand({
      TableName: table.tableName,
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
    }),
    inTime(table),
  )
  return { entries: items.map(decodeEntry), isLast: last === undefined }
}
