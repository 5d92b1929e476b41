import * as z from 'zod/mini'
import type { Progress, Redelivered } from '../redeliver/ports.ts'
import { called, onCondition } from './table.ts'
import type { TableClient } from './table-client.ts'

export interface RedeliveredOptions {
  readonly client: TableClient
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
  const table = { client, tableName }
  const put = (item: Readonly<Record<string, unknown>>, condition: object = {}) =>
    called(table, 'PutItem', {
      Item: { ...item, expiresAtSeconds: Math.floor(now() / 1000) + TTL_SECONDS },
      ...condition,
    })
  return {
    firstTime: (hook, guid) => {
      const taken = { ...webhookKey(hook, guid), takenUntilMillis: now() + TAKEN_MILLIS }
      return onCondition(async () => {
        await put(taken, {
          ConditionExpression: 'attribute_not_exists(pk) OR takenUntilMillis < :now',
          ExpressionAttributeValues: { ':now': now() },
        })
        return true
      }, false)
    },
    done: async (hook, guid) => {
      await put(webhookKey(hook, guid))
    },
    progress: async (hook) => {
      const { Item: item } = await called(table, 'GetItem', { Key: hookKey(hook), ConsistentRead: true })
      const { lookedUntilMillis, restUntilMillis } = z.parse(StoredProgress, item ?? {})
      return {
        ...(lookedUntilMillis === undefined ? {} : { lookedUntilMillis }),
        ...(restUntilMillis === undefined ? {} : { restUntilMillis }),
      }
    },
    keep: async (hook: string, { lookedUntilMillis, restUntilMillis }: Progress) => {
      await put({ ...hookKey(hook), lookedUntilMillis, restUntilMillis })
    },
  }
}

const webhookKey = (hook: string, guid: string) => ({ pk: `redelivered#${hook}#${guid}`, sk: '-' })
const hookKey = (hook: string) => ({ pk: `redelivered#${hook}`, sk: '-' })
