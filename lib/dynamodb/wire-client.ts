import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import type { Environment } from '../aws/endpoint.ts'
import { jsonService } from '../aws/json-service.ts'
import type { TableClient } from './table-client.ts'

type Record = { readonly [name: string]: unknown }

/**
 * DynamoDB without AWS's SDK, for the functions: region and credentials are those that Lambda puts into the environment.
 *
 * @throws when the environment names no region
 */
export const wireClient = (env: Environment): TableClient & { readonly warm: () => void } => {
  const { call, warm } = jsonService(
    { host: 'dynamodb', variable: 'DYNAMODB', protocol: '1.0', target: 'DynamoDB_20120810' },
    env,
  )
  return {
    call: async (operation, input, leftMillis) =>
      // The shapes are those of the operation, which is how the two of them belong together.
      fromWire((await call(operation, toWire(input), leftMillis)) as Record) as never,
    warm,
  }
}

/** Where items and their parts stand in what is asked. Everything else is the same on the wire. */
const toWire = (input: object): Record =>
  mapped(input, {
    Item: typed,
    Key: typed,
    ExclusiveStartKey: typed,
    ExpressionAttributeValues: typed,
    RequestItems: (tables) =>
      mapEach(tables, (table) => mapped(table, { Keys: (keys) => (keys as readonly Record[]).map(typed) })),
  })

/** Where they stand in what is answered. */
const fromWire = (output: Record): Record =>
  mapped(output, {
    Item: plain,
    Items: (items) => (items as readonly Record[]).map(plain),
    Attributes: plain,
    LastEvaluatedKey: plain,
    Responses: (tables) => mapEach(tables, (items) => (items as readonly Record[]).map(plain)),
    UnprocessedKeys: (tables) =>
      mapEach(tables, (table) => mapped(table, { Keys: (keys) => (keys as readonly Record[]).map(plain) })),
  })

const typed = (item: unknown): Record => marshall(item, { removeUndefinedValues: true })

const plain = (item: unknown): Record => unmarshall(item as Parameters<typeof unmarshall>[0])

const mapped = (of: unknown, parts: { readonly [name: string]: (part: unknown) => unknown }): Record => {
  const result: { [name: string]: unknown } = { ...(of as Record) }
  for (const [name, change] of Object.entries(parts)) {
    if (result[name] !== undefined && result[name] !== null) result[name] = change(result[name])
  }
  return result
}

const mapEach = (tables: unknown, change: (table: unknown) => unknown): Record =>
  Object.fromEntries(Object.entries(tables as Record).map(([name, table]) => [name, change(table)]))
