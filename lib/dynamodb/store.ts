import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import type { ActivityKey } from '../delivery/activity.ts'
import type { Claim, Context } from '../delivery/context.ts'
import type { Placed } from '../delivery/mainline.ts'
import type { Name } from '../delivery/reference.ts'
import {
  type Backlog,
  type ContextStore,
  type Due,
  type Found,
  type MainlinePage,
  type MainlineQuery,
  StoreUnavailable,
} from '../record/ports.ts'
import {
  claimAttribute,
  contextItemKey,
  decodeClaims,
  decodeContext,
  decodeDue,
  decodeEntry,
  decodeWatchers,
  dueShards,
  type Expiry,
  encodeContext,
  encodeEntry,
  encodeSummary,
  expiresAtSeconds,
  type ItemKey,
  isStub,
  mainlineItemKey,
  mainlinePk,
  mainlineSk,
  nameItemKey,
  stub,
  watchAttribute,
} from './codec.ts'

export interface DynamoDbStoreOptions {
  readonly client: DynamoDBDocumentClient
  readonly tableName: string
  readonly now: () => number
  /** How long a context is kept after its last write. */
  readonly ttlSeconds: number
}

/** DynamoDB's bound on the keys of one BatchGetItem. */
const MAX_KEYS = 100
/** Claimants, and watchers, of one name; the oldest give way, so that a busy branch cannot grow its item for ever. */
const MAX_MEMBERS = 200

/** Contexts, names and mainlines in one DynamoDB table with the key `pk`, `sk`. */
export const dynamoDbStore = (options: DynamoDbStoreOptions): ContextStore => {
  const expiry = (): Expiry => ({
    nowMillis: options.now(),
    ttlSeconds: options.ttlSeconds,
  })
  return {
    read: (key, names) => reached(options, () => read(options, key, names)),
    readClaims: (names) =>
      reached(options, async () => claimsIn(names, await getItems(options, names.map(nameItemKey)))),
    write: (context) => reached(options, () => write(options, context, expiry())),
    touch: (key) => reached(options, () => touch(options, key, expiry())),
    register: (claims) => reached(options, () => register(options, claims, expiry())),
    watch: (watcher, names) => reached(options, () => watch(options, watcher, names, expiry())),
    enter: (placed, version) => reached(options, () => enter(options, placed, version, expiry())),
    leave: (placed, version) => reached(options, () => leave(options, placed, version)),
    mainline: (query) => reached(options, () => mainline(options, query)),
    due: (untilMillis, limit) => reached(options, () => due(options, untilMillis, limit)),
    backlog: (untilMillis) => reached(options, () => backlog(options, untilMillis)),
    postpone: (one, untilMillis, attempts) => reached(options, () => postpone(options, one, untilMillis, attempts)),
  }
}

type Item = Record<string, unknown>

const read = async (options: DynamoDbStoreOptions, key: ActivityKey, names: readonly Name[]): Promise<Found> => {
  const items = await getItems(options, [contextItemKey(key), ...names.map(nameItemKey)])
  const item = items.get(contextItemKey(key).pk)
  return {
    context: item === undefined || isStub(item) ? undefined : decodeContext(item),
    version: Number(item?.version ?? 0),
    claims: claimsIn(names, items),
  }
}

const claimsIn = (names: readonly Name[], items: ReadonlyMap<string, Item>): Found['claims'] =>
  new Map(
    names.flatMap((name) => {
      const item = items.get(nameItemKey(name).pk)
      const claims = item === undefined ? [] : decodeClaims(item)
      return claims.length === 0 ? [] : [[name, claims] as const]
    }),
  )

/** Items that stand alone in their partition, by its key. */
const getItems = async (
  options: DynamoDbStoreOptions,
  keys: readonly ItemKey[],
): Promise<ReadonlyMap<string, Item>> => {
  const batches = Array.from({ length: Math.ceil(keys.length / MAX_KEYS) }, (_, index) =>
    keys.slice(index * MAX_KEYS, (index + 1) * MAX_KEYS),
  )
  return new Map((await Promise.all(batches.map((batch) => batchGet(options, batch)))).flat())
}

/** DynamoDB may answer for a part of the keys; the rest is asked for again. */
const batchGet = async (
  { client, tableName }: DynamoDbStoreOptions,
  wanted: readonly ItemKey[],
): Promise<[string, Item][]> => {
  const items: [string, Item][] = []
  let keys: Record<string, unknown>[] = wanted.map((key) => ({ ...key }))
  for (let attempt = 0; keys.length > 0; attempt += 1) {
    if (attempt === 5) throw new Error('DynamoDB keeps leaving keys unprocessed')
    const answer = await client.send(
      new BatchGetCommand({ RequestItems: { [tableName]: { Keys: keys, ConsistentRead: true } } }),
    )
    for (const item of answer.Responses?.[tableName] ?? []) items.push([String(item.pk), item])
    keys = answer.UnprocessedKeys?.[tableName]?.Keys ?? []
  }
  return items
}

const write = async (
  { client, tableName }: DynamoDbStoreOptions,
  context: Context,
  expiry: Expiry,
): Promise<'written' | 'lost'> => {
  const isFirst = context.version === 0
  try {
    await client.send(
      new PutCommand({
        TableName: tableName,
        Item: encodeContext(context, context.version + 1, expiry),
        ConditionExpression: isFirst ? 'attribute_not_exists(pk)' : '#version = :version',
        ...(isFirst
          ? {}
          : {
              ExpressionAttributeNames: { '#version': 'version' },
              ExpressionAttributeValues: { ':version': context.version },
            }),
      }),
    )
    return 'written'
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'lost'
    throw error
  }
}

const touch = async (
  { client, tableName }: DynamoDbStoreOptions,
  key: ActivityKey,
  expiry: Expiry,
): Promise<'touched' | 'there'> => {
  try {
    await client.send(
      new PutCommand({
        TableName: tableName,
        Item: stub(key, expiry),
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    )
    return 'touched'
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'there'
    throw error
  }
}

const register = async (
  options: DynamoDbStoreOptions,
  claims: readonly Claim[],
  expiry: Expiry,
): Promise<readonly ActivityKey[]> => {
  const watchers = await Promise.all(
    claims.map(async ({ name, by, version }) => {
      const item = await setInName(options, name, claimAttribute(by.key), encodeSummary(by, version), expiry, version)
      if (item === undefined) return []
      const claimants = decodeClaims(item).map(({ key, openings }) => ({ key, sinceMillis: openings[0] ?? 0 }))
      await bound(options, name, claimants, claimAttribute)
      return decodeWatchers(item).map(({ key }) => key)
    }),
  )
  const own = new Set(claims.map(({ by }) => by.key))
  return [...new Set(watchers.flat())].filter((key) => !own.has(key))
}

const watch = async (
  options: DynamoDbStoreOptions,
  watcher: ActivityKey,
  names: readonly Name[],
  expiry: Expiry,
): Promise<Found['claims']> => {
  const items = await Promise.all(
    names.map(async (name) => {
      const item = (await setInName(options, name, watchAttribute(watcher), expiry.nowMillis, expiry)) ?? {}
      await bound(options, name, decodeWatchers(item), watchAttribute)
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
  { client, tableName }: DynamoDbStoreOptions,
  name: Name,
  attribute: string,
  value: unknown,
  expiry: Expiry,
  version?: number,
): Promise<Item | undefined> => {
  const isVersioned = version !== undefined
  try {
    const { Attributes: item } = await client.send(
      new UpdateCommand({
        TableName: tableName,
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
        ReturnValues: 'ALL_NEW',
      }),
    )
    return item ?? {}
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined
    throw error
  }
}

/** Lets the oldest of too many members of a name's item go. */
const bound = async (
  { client, tableName }: DynamoDbStoreOptions,
  name: Name,
  members: readonly { readonly key: ActivityKey; readonly sinceMillis: number }[],
  attributeOf: (key: ActivityKey) => string,
): Promise<void> => {
  if (members.length <= MAX_MEMBERS) return
  const oldestFirst = [...members].sort((a, b) => a.sinceMillis - b.sinceMillis)
  const removed = oldestFirst.slice(0, members.length - MAX_MEMBERS).map(({ key }) => attributeOf(key))
  await client.send(
    new UpdateCommand({
      TableName: tableName,
      Key: nameItemKey(name),
      UpdateExpression: `REMOVE ${removed.map((_, index) => `#r${index}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(removed.map((attribute, index) => [`#r${index}`, attribute])),
    }),
  )
}

/** No newer entry stands there. */
const isNotOlder = (version: number) => ({
  ConditionExpression: 'attribute_not_exists(pk) OR #version <= :version',
  ExpressionAttributeNames: { '#version': 'version' },
  ExpressionAttributeValues: { ':version': version },
})

const enter = async (
  { client, tableName }: DynamoDbStoreOptions,
  { repository, entry }: Placed,
  version: number,
  expiry: Expiry,
): Promise<void> =>
  unlessNewer(() =>
    client.send(
      new PutCommand({
        TableName: tableName,
        Item: encodeEntry(repository, entry, version, expiry),
        ...isNotOlder(version),
      }),
    ),
  )

const leave = async (
  { client, tableName }: DynamoDbStoreOptions,
  { repository, entry }: Placed,
  version: number,
): Promise<void> =>
  unlessNewer(() =>
    client.send(
      new DeleteCommand({
        TableName: tableName,
        Key: mainlineItemKey(repository, entry),
        ...isNotOlder(version),
      }),
    ),
  )

const unlessNewer = async (send: () => Promise<unknown>): Promise<void> => {
  try {
    await send()
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error
  }
}

const mainline = async (
  { client, tableName }: DynamoDbStoreOptions,
  { repository, direction, atMillis, after, limit }: MainlineQuery,
): Promise<MainlinePage> => {
  const back = direction === 'back'
  const { Items: items = [], LastEvaluatedKey: last } = await client.send(
    new QueryCommand({
      TableName: tableName,
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
  )
  return { entries: items.map(decodeEntry), isLast: last === undefined }
}

/** The oldest of each shard, then the oldest of all. The index holds keys only, and is behind by a moment. */
const due = async (options: DynamoDbStoreOptions, untilMillis: number, limit: number): Promise<readonly Due[]> => {
  const found = await Promise.all(dueShards.map((shard) => dueIn(options, shard, untilMillis, { Limit: limit })))
  const oldest = found
    .flatMap(({ Items = [] }) => Items)
    .sort((a, b) => Number(a.dueMillis) - Number(b.dueMillis))
    .slice(0, limit)
  const items = await getItems(
    options,
    oldest.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })),
  )
  return oldest.flatMap(({ pk }) => {
    const item = items.get(String(pk))
    return item?.dueMillis === undefined || Number(item.dueMillis) > untilMillis ? [] : [decodeDue(item)]
  })
}

const dueIn = (
  { client, tableName }: DynamoDbStoreOptions,
  shard: string,
  untilMillis: number,
  more: { readonly Limit: number } | { readonly Select: 'COUNT' },
) =>
  client.send(
    new QueryCommand({
      TableName: tableName,
      IndexName: 'due',
      KeyConditionExpression: 'dueShard = :shard AND dueMillis <= :until',
      ExpressionAttributeValues: { ':shard': shard, ':until': untilMillis },
      ...more,
    }),
  )

const backlog = async (options: DynamoDbStoreOptions, untilMillis: number): Promise<Backlog> => {
  const [counts, oldest] = await Promise.all([
    Promise.all(dueShards.map((shard) => dueIn(options, shard, untilMillis, { Select: 'COUNT' }))),
    Promise.all(dueShards.map((shard) => dueIn(options, shard, untilMillis, { Limit: 1 }))),
  ])
  const times = oldest.flatMap(({ Items = [] }) => Items.map(({ dueMillis }) => Number(dueMillis)))
  return {
    count: counts.reduce((sum, { Count = 0 }) => sum + Count, 0),
    oldestMillis: times.length === 0 ? undefined : Math.min(...times),
  }
}

const postpone = async (
  { client, tableName }: DynamoDbStoreOptions,
  { context, dueMillis }: Due,
  untilMillis: number,
  attempts: number,
): Promise<'postponed' | 'lost'> => {
  try {
    const isOver = untilMillis === Number.POSITIVE_INFINITY
    await client.send(
      new UpdateCommand({
        TableName: tableName,
        Key: contextItemKey(context.key),
        UpdateExpression: isOver
          ? 'REMOVE dueShard, dueMillis, attempts'
          : 'SET dueMillis = :until, attempts = :attempts',
        ConditionExpression: '#version = :version AND dueMillis = :due',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: {
          ':version': context.version,
          ':due': dueMillis,
          ...(isOver ? {} : { ':until': untilMillis, ':attempts': attempts }),
        },
      }),
    )
    return 'postponed'
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'lost'
    throw error
  }
}

/** @throws StoreUnavailable in place of whatever the client throws */
const reached = async <T>({ tableName }: DynamoDbStoreOptions, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown'
    throw new StoreUnavailable(`DynamoDB table ${tableName}: ${name}`, error)
  }
}
