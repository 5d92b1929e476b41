import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { Progress, Redelivered } from '../redeliver/ports.ts'

export interface RedeliveredOptions {
  readonly client: DynamoDBDocumentClient
  readonly tableName: string
  readonly now: () => number
}

/** A day more than an Enterprise Server keeps deliveries; GitHub itself keeps them for three. */
const TTL_SECONDS = 8 * 24 * 3600
/** Longer than a redelivery takes, and shorter than the minute after which Lambda runs a function again that has died. */
const TAKEN_MILLIS = 45_000

const StoredProgress = z.object({
  lookedUntilMillis: z.optional(z.number()),
  restUntilMillis: z.optional(z.number()),
})

/** What was redelivered, an item a webhook, and each hook's progress, in the same table as contexts. */
export const dynamoDbRedelivered = ({ client, tableName, now }: RedeliveredOptions): Redelivered => {
  const expiresAtSeconds = () => Math.floor(now() / 1000) + TTL_SECONDS
  return {
    firstTime: async (hook, guid) => {
      try {
        await client.send(
          new PutCommand({
            TableName: tableName,
            Item: {
              ...webhookKey(hook, guid),
              takenUntilMillis: now() + TAKEN_MILLIS,
              expiresAtSeconds: expiresAtSeconds(),
            },
            ConditionExpression: 'attribute_not_exists(pk) OR takenUntilMillis < :now',
            ExpressionAttributeValues: { ':now': now() },
          }),
        )
        return true
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false
        throw error
      }
    },
    done: async (hook, guid) => {
      await client.send(
        new PutCommand({
          TableName: tableName,
          Item: { ...webhookKey(hook, guid), expiresAtSeconds: expiresAtSeconds() },
        }),
      )
    },
    progress: async (hook) => {
      const { Item: item } = await client.send(
        new GetCommand({ TableName: tableName, Key: hookKey(hook), ConsistentRead: true }),
      )
      const { lookedUntilMillis, restUntilMillis } = z.parse(StoredProgress, item ?? {})
      return {
        ...(lookedUntilMillis === undefined ? {} : { lookedUntilMillis }),
        ...(restUntilMillis === undefined ? {} : { restUntilMillis }),
      }
    },
    keep: async (hook: string, { lookedUntilMillis, restUntilMillis }: Progress) => {
      await client.send(
        new PutCommand({
          TableName: tableName,
          Item: { ...hookKey(hook), lookedUntilMillis, restUntilMillis, expiresAtSeconds: expiresAtSeconds() },
        }),
      )
    },
  }
}

const webhookKey = (hook: string, guid: string) => ({ pk: `redelivered#${hook}#${guid}`, sk: '-' })
const hookKey = (hook: string) => ({ pk: `redelivered#${hook}`, sk: '-' })
