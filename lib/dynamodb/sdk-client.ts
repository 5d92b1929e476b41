import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import type { TableClient } from './table-client.ts'

const COMMANDS = {
  BatchGetItem: BatchGetCommand,
  DeleteItem: DeleteCommand,
  GetItem: GetCommand,
  PutItem: PutCommand,
  Query: QueryCommand,
  Scan: ScanCommand,
  UpdateItem: UpdateCommand,
}

/** AWS's SDK, for who is at a terminal: it knows profiles, single sign-on, and all the other ways to credentials. */
export const sdkClient = (): TableClient =>
  fromDocumentClient(
    DynamoDBDocumentClient.from(
      new DynamoDBClient({
        maxAttempts: 5,
        requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
      }),
      { marshallOptions: { removeUndefinedValues: true } },
    ),
  )

/** A document client that somebody else has made. */
export const fromDocumentClient = (client: DynamoDBDocumentClient): TableClient => ({
  call: async (operation, input, leftMillis) => {
    // Each name goes with its own command and answer; that they belong together, no type can tell.
    const command = new COMMANDS[operation](input as never)
    const options = leftMillis === undefined ? {} : { abortSignal: endingIn(leftMillis()) }
    return (await client.send(command as never, options)) as never
  },
})

const endingIn = (millis: number): AbortSignal => (millis > 0 ? AbortSignal.timeout(millis) : AbortSignal.abort())
