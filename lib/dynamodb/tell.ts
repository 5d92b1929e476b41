import type { ActivityKey } from '../delivery/activity.ts'
import type { Facts } from '../delivery/context.ts'
import type { Stored } from '../record/ports.ts'
import { contextItemKey, decodeStored, type Expiry, encodeTold } from './codec.ts'
import { namesOf, valuesOf } from './expression.ts'
import { called, type Item, onCondition, type Table } from './table.ts'

/** What was told of one activity and not written: the dead have left it there, or many speak at once. */
const MAX_TOLD = 16

/** Of what is told, what stands beside the facts and the lease each time anew. */
const DUE = ['dueShard', 'dueMillis', 'expiresAtSeconds'] as const
const EXPRESSION = {
  UpdateExpression: [
    'SET #told = list_append(if_not_exists(#told, :none), :told), #lease = if_not_exists(#lease, :lease)',
    '#unsentMillis = if_not_exists(#unsentMillis, :unsentMillis), #version = if_not_exists(#version, :zero) + :one',
    ...DUE.map((name) => `#${name} = :${name}`),
  ].join(', '),
  ConditionExpression: 'attribute_not_exists(#told) OR size(#told) < :most',
  ExpressionAttributeNames: namesOf(['told', 'lease', 'unsentMillis', 'version', ...DUE]),
  ReturnValues: 'ALL_NEW',
} as const

export const tell = async (
  table: Table,
  key: ActivityKey,
  facts: Facts,
  holder: string,
  expiry: Expiry,
): Promise<Stored | 'full'> => {
  const update = {
    ...EXPRESSION,
    Key: contextItemKey(key),
    ExpressionAttributeValues: {
      ...valuesOf(encodeTold(key, facts, holder, expiry)),
      ':none': [],
      ':zero': 0,
      ':one': 1,
      ':most': MAX_TOLD,
    },
  }
  return onCondition(
    async () => before((await called(table, 'UpdateItem', update)).Attributes, expiry.nowMillis),
    'full' as const,
    // An item with this beside it would be larger than DynamoDB's 400 KB.
    ['ConditionalCheckFailedException', 'ValidationException'],
  )
}

/** What there is without what was told just now, which stands last. */
const before = (item: Item | undefined, nowMillis: number): Stored =>
  decodeStored({ ...item, told: (item?.told as readonly unknown[] | undefined)?.slice(0, -1) }, nowMillis)
