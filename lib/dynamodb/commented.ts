import * as z from 'zod/mini'
import type { Commented } from '../comment/ports.ts'
import { called } from './table.ts'
import type { TableClient } from './table-client.ts'
import { TTL_SECONDS } from './ttl.ts'

export interface CommentedOptions {
  readonly client: TableClient
  readonly tableName: string
  readonly now: () => number
}

const StoredSaid = z.object({ commentId: z.exactOptional(z.string()), fingerprint: z.string() })
const StoredProgress = z.object({
  lookedUntilMillis: z.exactOptional(z.number()),
  restUntilMillis: z.exactOptional(z.number()),
})

/** What was said, an item an activity, and how far was looked, in the same table as contexts. */
export const dynamoDbCommented = ({ client, tableName, now }: CommentedOptions): Commented => {
  const table = { client, tableName }
  const read = async (pk: string): Promise<unknown> =>
    (await called(table, 'GetItem', { Key: { pk, sk: ALONE }, ConsistentRead: true })).Item
  const write = async (pk: string, item: object): Promise<void> => {
    const expiresAtSeconds = Math.floor(now() / 1000) + TTL_SECONDS
    await called(table, 'PutItem', { Item: { ...item, pk, sk: ALONE, expiresAtSeconds } })
  }
  return {
    said: async (key) => {
      const item = await read(saidPk(key))
      return item === undefined ? undefined : z.parse(StoredSaid, item)
    },
    keepSaid: (key, said) => write(saidPk(key), said),
    progress: async () => z.parse(StoredProgress, (await read(PROGRESS)) ?? {}),
    keep: (progress) => write(PROGRESS, progress),
  }
}

const ALONE = '-'
const PROGRESS = 'commented'
const saidPk = (key: string): string => `commented#${key}`
