import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
} from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { fromDocumentClient } from '../lib/dynamodb/sdk-client.ts'
import type { Table } from '../lib/dynamodb/table.ts'
import { refusal } from './refusal.ts'
import type { TableDefinition } from './table-definition.ts'

export interface TableAddress {
  readonly endpoint: string
  readonly name: string
}

/** Any will do: the embedded database checks none. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' }
export const LOCAL_REGION = 'us-east-1'

/** The embedded database's table, for who looks into it beside the functions. */
export const localTable = ({ endpoint, name }: TableAddress): Table => ({
  client: fromDocumentClient(
    DynamoDBDocumentClient.from(
      new DynamoDBClient({ endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS }),
      // As the functions' own client does.
      { marshallOptions: { removeUndefinedValues: true } },
    ),
  ),
  tableName: name,
})

/**
 * Creates the table where it is missing.
 *
 * @throws Refusal when a table of another shape is there, which an older version has left
 */
export const ensureTable = async ({ endpoint, name }: TableAddress, definition: TableDefinition): Promise<void> => {
  const client = new DynamoDBClient({ endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS })
  try {
    const present = await describe(client, name)
    if (!present) {
      await client.send(new CreateTableCommand({ TableName: name, BillingMode: 'PAY_PER_REQUEST', ...definition }))
    } else if (shapeOf(present) !== shapeOf(definition)) {
      throw refusal(`The table ${name} was made by another version: set VALUESTREAM_HOME to a new folder.`)
    }
  } finally {
    client.destroy()
  }
}

const describe = async (client: DynamoDBClient, name: string): Promise<TableDescription | undefined> => {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined
    throw error
  }
}

const shapeOf = ({ KeySchema, GlobalSecondaryIndexes }: TableDescription | TableDefinition): string => {
  const keys = (schema: TableDescription['KeySchema']) =>
    (schema ?? []).map(({ KeyType, AttributeName }) => `${KeyType} ${AttributeName}`)
  const indexes = (GlobalSecondaryIndexes ?? []).map(
    ({ IndexName, KeySchema, Projection }) => `${IndexName}: ${keys(KeySchema)}; ${Projection?.ProjectionType}`,
  )
  return JSON.stringify([keys(KeySchema), indexes.sort()])
}
