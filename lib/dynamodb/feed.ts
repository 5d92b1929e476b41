import type { Change, ContextFeed } from '../record/ports.ts'
import { activityKeyOf, shardsOf } from './codec.ts'
import { readContexts } from './contexts.ts'
import { called, type Item, reached, type Table } from './table.ts'

/** What has been written to the table, by the index `changes`, which is behind the table by a moment. */
export const dynamoDbFeed = (table: Table): ContextFeed => ({
  changes: async function* (sinceMillis) {
    for (const shard of shardsOf('changed')) {
      let start: Item | undefined
      do {
        const { Items = [], LastEvaluatedKey } = await reached(table, () => page(table, shard, sinceMillis, start))
        yield Items.map(changeOf)
        start = LastEvaluatedKey
      } while (start !== undefined)
    }
  },
  read: (keys) => reached(table, () => readContexts(table, keys)),
})

const page = (table: Table, shard: string, sinceMillis: number, start: Item | undefined) =>
  called(table, 'Query', {
    IndexName: 'changes',
    KeyConditionExpression: 'changedShard = :shard AND changedMillis >= :since',
    ExpressionAttributeValues: { ':shard': shard, ':since': sinceMillis },
    ...(start === undefined ? {} : { ExclusiveStartKey: start }),
  })

const changeOf = ({ pk, version, changedMillis }: Item): Change => ({
  key: activityKeyOf(String(pk)),
  version: Number(version),
  changedMillis: Number(changedMillis),
})
