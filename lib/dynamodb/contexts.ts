import type { ActivityKey } from '../delivery/activity.ts'
import type { Context } from '../delivery/context.ts'
import type { Name } from '../delivery/reference.ts'
import type { Found } from '../record/ports.ts'
import { contextItemKey, decodeContext, type Expiry, encodeContext, isStub, nameItemKey, stub } from './codec.ts'
import { claimsIn } from './names.ts'
import { called, getItems, onCondition, type Table } from './table.ts'

export const read = async (table: Table, key: ActivityKey, names: readonly Name[]): Promise<Found> => {
  const items = await getItems(table, [contextItemKey(key), ...names.map(nameItemKey)])
  const item = items.get(contextItemKey(key).pk)
  return {
    context: item === undefined || isStub(item) ? undefined : decodeContext(item),
    version: Number(item?.version ?? 0),
    claims: claimsIn(names, items),
  }
}

export const readContexts = async (table: Table, keys: readonly ActivityKey[]): Promise<readonly Context[]> => {
  const items = await getItems(table, keys.map(contextItemKey))
  return [...items.values()].filter((item) => !isStub(item)).map(decodeContext)
}

export const write = async (table: Table, context: Context, expiry: Expiry): Promise<'written' | 'lost'> => {
  const isFirst = context.version === 0
  const put = {
    Item: encodeContext(context, context.version + 1, expiry),
    ConditionExpression: isFirst ? 'attribute_not_exists(pk)' : '#version = :version',
    ...(isFirst
      ? {}
      : {
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': context.version },
        }),
  }
  return onCondition(async () => {
    await called(table, 'PutItem', put)
    return 'written' as const
  }, 'lost' as const)
}

/** What of an item goes with the emissions of its context. */
const OF_EMISSIONS = [
  'emissions',
  'version',
  'dueShard',
  'dueMillis',
  'unsentMillis',
  'changedMillis',
  'expiresAtSeconds',
  'attempts',
] as const

export const writeEmissions = async (table: Table, context: Context, expiry: Expiry): Promise<'written' | 'lost'> => {
  const item = encodeContext(context, context.version + 1, expiry)
  const [set, removed] = [true, false].map((has) => OF_EMISSIONS.filter((name) => Object.hasOwn(item, name) === has))
  const update = {
    Key: contextItemKey(context.key),
    UpdateExpression: [
      `SET ${set?.map((name) => `#${name} = :${name}`).join(', ')}`,
      `REMOVE ${removed?.map((name) => `#${name}`).join(', ')}`,
    ].join(' '),
    ConditionExpression: '#version = :before',
    ExpressionAttributeNames: Object.fromEntries(OF_EMISSIONS.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(set?.map((name) => [`:${name}`, item[name]]) ?? []),
      ':before': context.version,
    },
  }
  return onCondition(async () => {
    await called(table, 'UpdateItem', update)
    return 'written' as const
  }, 'lost' as const)
}

export const takeBack = async (table: Table, key: ActivityKey): Promise<void> => {
  const deletion = {
    Key: contextItemKey(key),
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': 1 },
  }
  await onCondition(() => called(table, 'DeleteItem', deletion), undefined)
}

export const touch = async (table: Table, key: ActivityKey, expiry: Expiry): Promise<'touched' | 'there'> => {
  const put = { Item: stub(key, expiry), ConditionExpression: 'attribute_not_exists(pk)' }
  return onCondition(async () => {
    await called(table, 'PutItem', put)
    return 'touched' as const
  }, 'there' as const)
}
