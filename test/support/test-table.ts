import type { Server } from 'node:http'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import dynalite from 'dynalite'
import { fromDocumentClient } from '../../lib/dynamodb/sdk-client.ts'
import type { TableClient } from '../../lib/dynamodb/table-client.ts'
import { wireClient } from '../../lib/dynamodb/wire-client.ts'
import { ensureTable, LOCAL_CREDENTIALS, LOCAL_REGION } from '../../local/table.ts'
import { readTableDefinition } from '../../local/table-definition.ts'
import { listening } from './listening.ts'

export interface TestTable {
  readonly client: TableClient
  /** The same table, as the functions reach it. */
  readonly wire: TableClient
  readonly endpoint: string
  readonly tableName: string
  readonly close: () => Promise<void>
}

/** A table as it is deployed, in a `dynalite` of its own in memory. */
export const openTestTable = async (): Promise<TestTable> => {
  const server: Server = dynalite({ createTableMs: 0 })
  const endpoint = await listening(server)
  const tableName = 'contexts'
  await ensureTable({ endpoint, name: tableName }, readTableDefinition('infra/table.yml'))
  const client = new DynamoDBClient({ endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS, maxAttempts: 1 })
  return {
    client: fromDocumentClient(
      DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    ),
    wire: wireClient({
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_REGION: LOCAL_REGION,
      AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    }),
    endpoint,
    tableName,
    close: async () => {
      client.destroy()
      server.closeIdleConnections()
      if (server.listening) await new Promise((resolve) => server.close(resolve))
    },
  }
}
