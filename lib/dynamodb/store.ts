import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { BatchGetCommand, type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Claim, Context } from '../delivery/context.ts'
import { type ContextStore, type Found, StoreUnavailable, type Wanted } from '../record/ports.ts'
import {
  contextPk,
  decodeClaims,
  decodeContext,
  type Expiry,
  encodeContext,
  encodeSummary,
  expiresAtSeconds,
  namePk,
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
/** Activities that one name is kept for; the oldest give way, so that a busy branch cannot grow its item for ever. */
const MAX_CLAIMS = 50
const OUTBOX_DELAY_MILLIS = 60_000

/** Contexts and names in one DynamoDB table with the single key `pk`. */
export const dynamoDbStore = (options: DynamoDbStoreOptions): ContextStore => {
  const expiry = (): Expiry => ({
    nowMillis: options.now(),
    ttlSeconds: options.ttlSeconds,
    outboxDelayMillis: OUTBOX_DELAY_MILLIS,
  })
  return {
    read: (wanted) => reached(options, () => read(options, wanted)),
    write: (context) => reached(options, () => write(options, context, expiry())),
    register: async (claims) => {
      await reached(options, () => Promise.all(claims.map((claim) => claimName(options, claim, expiry()))))
    },
  }
}

const read = async (options: DynamoDbStoreOptions, { keys, names }: Wanted): Promise<Found> => {
  const pks = [...keys.map(contextPk), ...names.map(namePk)]
  const batches = Array.from({ length: Math.ceil(pks.length / MAX_KEYS) }, (_, index) =>
    pks.slice(index * MAX_KEYS, (index + 1) * MAX_KEYS),
  )
  const items = new Map((await Promise.all(batches.map((batch) => batchGet(options, batch)))).flat())
  const contexts = keys.flatMap((key) => entry(key, items.get(contextPk(key)), decodeContext))
  const claims = names.flatMap((name) => entry(name, items.get(namePk(name)), decodeClaims))
  return { contexts: new Map(contexts), claims: new Map(claims) }
}

type Item = Record<string, unknown>

const entry = <T>(id: string, item: Item | undefined, decode: (item: Item) => T): [string, T][] =>
  item === undefined ? [] : [[id, decode(item)]]

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

const claimName = async (
  { client, tableName }: DynamoDbStoreOptions,
  { name, by }: Claim,
  expiry: Expiry,
): Promise<void> => {
  const { Attributes: item } = await client.send(
    new UpdateCommand({
      TableName: tableName,
      Key: { pk: namePk(name) },
      UpdateExpression: 'SET #by = :by, expiresAtSeconds = :expiresAtSeconds',
      ExpressionAttributeNames: { '#by': by.key },
      ExpressionAttributeValues: { ':by': encodeSummary(by), ':expiresAtSeconds': expiresAtSeconds(expiry) },
      ReturnValues: 'ALL_NEW',
    }),
  )
  const claimants = decodeClaims(item ?? {})
  if (claimants.length <= MAX_CLAIMS) return
  const oldestFirst = [...claimants].sort((a, b) => (a.openings[0] ?? 0) - (b.openings[0] ?? 0))
  const removed = oldestFirst.slice(0, claimants.length - MAX_CLAIMS).map(({ key }) => key)
  await client.send(
    new UpdateCommand({
      TableName: tableName,
      Key: { pk: namePk(name) },
      UpdateExpression: `REMOVE ${removed.map((_, index) => `#r${index}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(removed.map((key, index) => [`#r${index}`, key])),
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
