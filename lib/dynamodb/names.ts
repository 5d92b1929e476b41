import type { ActivityKey } from '../delivery/activity.ts'
import type { Claim } from '../delivery/context.ts'
import type { Name } from '../delivery/reference.ts'
import type { Found } from '../record/ports.ts'
import {
  claimAttribute,
  decodeClaims,
  decodeWatchers,
  type Expiry,
  encodeSummary,
  expiresAtSeconds,
  nameItemKey,
  watchAttribute,
} from './codec.ts'
import { called, getItems, type Item, onCondition, type Table } from './table.ts'

/**
 * Claimants, and watchers, of one name, and the bytes of their keys; the oldest give way, so that a busy branch cannot
 * grow its item for ever, nor to DynamoDB's 400 KB. A quarter of them at a time, since it takes a request of its own.
 */
const MAX_MEMBERS = 200
const MAX_MEMBER_BYTES = 50_000
const KEPT_SHARE = 0.75

export const readClaims = async (table: Table, names: readonly Name[]): Promise<Found['claims']> =>
  claimsIn(names, await getItems(table, names.map(nameItemKey)))

export const claimsIn = (names: readonly Name[], items: ReadonlyMap<string, Item>): Found['claims'] =>
  new Map(
    names.flatMap((name) => {
      const item = items.get(nameItemKey(name).pk)
      const claims = item === undefined ? [] : decodeClaims(item)
      return claims.length === 0 ? [] : [[name, claims] as const]
    }),
  )

export const register = async (
  table: Table,
  claims: readonly Claim[],
  expiry: Expiry,
): Promise<readonly ActivityKey[]> => {
  const watchers = await Promise.all(
    claims.map(async ({ name, by, version }) => {
      const item = await setInName(table, name, claimAttribute(by.key), encodeSummary(by, version), expiry, version)
      if (item === undefined) return []
      const claimants = decodeClaims(item).map(({ key, openings }) => ({ key, sinceMillis: openings[0] ?? 0 }))
      await bound(table, name, claimants, claimAttribute)
      return decodeWatchers(item).map(({ key }) => key)
    }),
  )
  const own = new Set(claims.map(({ by }) => by.key))
  return [...new Set(watchers.flat())].filter((key) => !own.has(key))
}

export const watch = async (
  table: Table,
  watcher: ActivityKey,
  names: readonly Name[],
  expiry: Expiry,
): Promise<Found['claims']> => {
  const items = await Promise.all(
    names.map(async (name) => {
      const item = (await setInName(table, name, watchAttribute(watcher), expiry.nowMillis, expiry)) ?? {}
      await bound(table, name, decodeWatchers(item), watchAttribute)
      return [nameItemKey(name).pk, item] as const
    }),
  )
  return claimsIn(names, new Map(items))
}

/**
 * Sets one attribute of a name's item, and gives the item as it is then; undefined where the attribute has a higher
 * version than the one that is given.
 */
const setInName = async (
  table: Table,
  name: Name,
  attribute: string,
  value: unknown,
  expiry: Expiry,
  version?: number,
): Promise<Item | undefined> => {
  const isVersioned = version !== undefined
  const update = {
    Key: nameItemKey(name),
    UpdateExpression: 'SET #attribute = :value, expiresAtSeconds = :expiresAtSeconds',
    ...(isVersioned
      ? { ConditionExpression: 'attribute_not_exists(#attribute) OR #attribute.#version <= :version' }
      : {}),
    ExpressionAttributeNames: { '#attribute': attribute, ...(isVersioned ? { '#version': 'version' } : {}) },
    ExpressionAttributeValues: {
      ':value': value,
      ':expiresAtSeconds': expiresAtSeconds(expiry),
      ...(isVersioned ? { ':version': version } : {}),
    },
    ReturnValues: 'ALL_NEW' as const,
  }
  return onCondition(async () => (await called(table, 'UpdateItem', update)).Attributes ?? {}, undefined)
}

interface Member {
  readonly key: ActivityKey
  readonly sinceMillis: number
}

/** Lets the oldest of too many members of a name's item go. */
const bound = async (
  table: Table,
  name: Name,
  members: readonly Member[],
  attributeOf: (key: ActivityKey) => string,
): Promise<void> => {
  const removed = tooMany(members).map(({ key }) => attributeOf(key))
  if (removed.length === 0) return
  await called(table, 'UpdateItem', {
    Key: nameItemKey(name),
    UpdateExpression: `REMOVE ${removed.map((_, index) => `#r${index}`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(removed.map((attribute, index) => [`#r${index}`, attribute])),
  })
}

const tooMany = (members: readonly Member[]): readonly Member[] => {
  const bytes = members.reduce((sum, { key }) => sum + Buffer.byteLength(key), 0)
  if (members.length <= MAX_MEMBERS && bytes <= MAX_MEMBER_BYTES) return []
  const newestFirst = [...members].sort((a, b) => b.sinceMillis - a.sinceMillis)
  let kept = 0
  const isTooMuch = ({ key }: Member, index: number): boolean => {
    kept += Buffer.byteLength(key)
    return index >= MAX_MEMBERS * KEPT_SHARE || kept > MAX_MEMBER_BYTES * KEPT_SHARE
  }
  return newestFirst.filter(isTooMuch).reverse()
}
