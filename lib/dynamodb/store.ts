import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { BatchGetCommand, type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { ActivityKey } from '../delivery/activity.ts'
import type { Claim, Context } from '../delivery/context.ts'
import type { Name } from '../delivery/reference.ts'
import { type ContextStore, type Found, StoreUnavailable } from '../record/ports.ts'
import {
  claimAttribute,
  contextPk,
  decodeClaims,
  decodeContext,
  decodeWatchers,
  type Expiry,
  encodeContext,
  encodeSummary,
  expiresAtSeconds,
  namePk,
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
const MAX_MEMBERS = 50
const OUTBOX_DELAY_MILLIS = 60_000

/** Contexts and names in one DynamoDB table with the single key `pk`. */
export const dynamoDbStore = (options: DynamoDbStoreOptions): ContextStore => {
  const expiry = (): Expiry => ({
    nowMillis: options.now(),
    ttlSeconds: options.ttlSeconds,
    outboxDelayMillis: OUTBOX_DELAY_MILLIS,
  })
  return {
    read: (key, names) => reached(options, () => read(options, key, names)),
    readClaims: (names) => reached(options, async () => claimsIn(names, await getItems(options, names.map(namePk)))),
    write: (context) => reached(options, () => write(options, context, expiry())),
    register: (claims) => reached(options, () => register(options, claims, expiry())),
    watch: (watcher, names) => reached(options, () => watch(options, watcher, names, expiry())),
  }
}

type Item = Record<string, unknown>

const read = async (options: DynamoDbStoreOptions, key: ActivityKey, names: readonly Name[]): Promise<Found> => {
  const items = await getItems(options, [contextPk(key), ...names.map(namePk)])
  const item = items.get(contextPk(key))
  return { context: item === undefined ? undefined : decodeContext(item), claims: claimsIn(names, items) }
}

const claimsIn = (names: readonly Name[], items: ReadonlyMap<string, Item>): Found['claims'] =>
  new Map(
    names.flatMap((name) => {
      const item = items.get(namePk(name))
      const claims = item === undefined ? [] : decodeClaims(item)
      return claims.length === 0 ? [] : [[name, claims] as const]
    }),
  )

const getItems = async (options: DynamoDbStoreOptions, pks: readonly string[]): Promise<ReadonlyMap<string, Item>> => {
  const batches = Array.from({ length: Math.ceil(pks.length / MAX_KEYS) }, (_, index) =>
    pks.slice(index * MAX_KEYS, (index + 1) * MAX_KEYS),
  )
  return new Map((await Promise.all(batches.map((batch) => batchGet(options, batch)))).flat())
}

/** DynamoDB may answer for a part of the keys; the rest is asked for again. */
const batchGet = async (
  { client, tableName }: DynamoDbStoreOptions,
  pks: readonly string[],
): Promise<[string, Item][]> => {
  const items: [string, Item][] = []
  let keys: Record<string, unknown>[] = pks.map((pk) => ({ pk }))
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

const register = async (
  options: DynamoDbStoreOptions,
  claims: readonly Claim[],
  expiry: Expiry,
): Promise<readonly ActivityKey[]> => {
  const watchers = await Promise.all(
    claims.map(async ({ name, by }) => {
      const item = await setInName(options, name, claimAttribute(by.key), encodeSummary(by), expiry)
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
      const item = await setInName(options, name, watchAttribute(watcher), expiry.nowMillis, expiry)
      await bound(options, name, decodeWatchers(item), watchAttribute)
      return [namePk(name), item] as const
    }),
  )
  return claimsIn(names, new Map(items))
}

/** Sets one attribute of a name's item, and gives the item as it is then. */
const setInName = async (
  { client, tableName }: DynamoDbStoreOptions,
  name: Name,
  attribute: string,
  value: unknown,
  expiry: Expiry,
): Promise<Item> => {
  const { Attributes: item } = await client.send(
    new UpdateCommand({
      TableName: tableName,
      Key: { pk: namePk(name) },
      UpdateExpression: 'SET #attribute = :value, expiresAtSeconds = :expiresAtSeconds',
      ExpressionAttributeNames: { '#attribute': attribute },
      ExpressionAttributeValues: { ':value': value, ':expiresAtSeconds': expiresAtSeconds(expiry) },
      ReturnValues: 'ALL_NEW',
    }),
  )
  return item ?? {}
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
      Key: { pk: namePk(name) },
      UpdateExpression: `REMOVE ${removed.map((_, index) => `#r${index}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(removed.map((attribute, index) => [`#r${index}`, attribute])),
    }),
  )
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
