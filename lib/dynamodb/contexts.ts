import type { ActivityKey } from '../delivery/activity.ts'
import type { Context } from '../delivery/context.ts'
import type { Name } from '../delivery/reference.ts'
import type { Found, Lease } from '../record/ports.ts'
import {
  contextIn,
  contextItemKey,
  decodeStored,
  type Expiry,
  encodeContext,
  encodeEmissions,
  nameItemKey,
  stub,
} from './codec.ts'
import { namesOf, valuesOf } from './expression.ts'
import { claimsIn } from './names.ts'
import { called, getItems, onCondition, type Table } from './table.ts'

export const read = async (
  table: Table,
  key: ActivityKey,
  names: readonly Name[],
  nowMillis: number,
): Promise<Found> => {
  const items = await getItems(table, [contextItemKey(key), ...names.map(nameItemKey)])
  return { ...decodeStored(items.get(contextItemKey(key).pk), nowMillis), claims: claimsIn(names, items) }
}

export const readContexts = async (table: Table, keys: readonly ActivityKey[]): Promise<readonly Context[]> => {
  const items = await getItems(table, keys.map(contextItemKey))
  return [...items.values()].flatMap((item) => contextIn(item) ?? [])
}

export const write = async (
  table: Table,
  context: Context,
  expiry: Expiry,
  lease?: Lease,
): Promise<'written' | 'lost'> => {
  const isFirst = context.version === 0
  const put = {
    Item: encodeContext(context, context.version + 1, expiry, lease),
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

/** What of an item goes with the emissions of its context; where others are to be decided, it goes on being due for those. */
const OF_EMISSIONS = ['emissions', 'version', 'changedMillis', 'expiresAtSeconds'] as const
const OF_DUES = ['dueShard', 'dueMillis', 'unsentMillis', 'attempts'] as const

export const writeEmissions = async (table: Table, context: Context, expiry: Expiry): Promise<'written' | 'lost'> => {
  const item = encodeEmissions(context, context.version + 1, expiry)
  const update = async (names: readonly string[], condition: string) => {
    const isSet = (name: string): boolean => Object.hasOwn(item, name)
    const [set, removed] = [names.filter(isSet), names.filter((name) => !isSet(name))]
    await called(table, 'UpdateItem', {
      Key: contextItemKey(context.key),
      UpdateExpression: [
        `SET ${set.map((name) => `#${name} = :${name}`).join(', ')}`,
        ...(removed.length === 0 ? [] : [`REMOVE ${removed.map((name) => `#${name}`).join(', ')}`]),
      ].join(' '),
      ConditionExpression: `#version = :before AND ${condition}`,
      ExpressionAttributeNames: namesOf(['told', 'lease', ...names]),
      ExpressionAttributeValues: {
        ...valuesOf(Object.fromEntries(set.map((name) => [name, item[name]]))),
        ':before': context.version,
      },
    })
    return 'written' as const
  }
  const usual = () =>
    update([...OF_EMISSIONS, ...OF_DUES], 'attribute_not_exists(#told) AND attribute_not_exists(#lease)')
  const beside = () => update(OF_EMISSIONS, '(attribute_exists(#told) OR attribute_exists(#lease))')
  return (await onCondition(usual, undefined)) ?? onCondition(beside, 'lost' as const)
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
