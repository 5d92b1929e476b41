import type {
  BatchGetCommandInput,
  BatchGetCommandOutput,
  DeleteCommandInput,
  DeleteCommandOutput,
  GetCommandInput,
  GetCommandOutput,
  PutCommandInput,
  PutCommandOutput,
  QueryCommandInput,
  QueryCommandOutput,
  ScanCommandInput,
  ScanCommandOutput,
  UpdateCommandInput,
  UpdateCommandOutput,
} from '@aws-sdk/lib-dynamodb'

/** The operations on items that are made, with the shapes of AWS's own document client. */
export interface Operations {
  readonly BatchGetItem: readonly [BatchGetCommandInput, BatchGetCommandOutput]
  readonly DeleteItem: readonly [DeleteCommandInput, DeleteCommandOutput]
  readonly GetItem: readonly [GetCommandInput, GetCommandOutput]
  readonly PutItem: readonly [PutCommandInput, PutCommandOutput]
  readonly Query: readonly [QueryCommandInput, QueryCommandOutput]
  readonly Scan: readonly [ScanCommandInput, ScanCommandOutput]
  readonly UpdateItem: readonly [UpdateCommandInput, UpdateCommandOutput]
}
export type Operation = keyof Operations

/**
 * The way to DynamoDB: AWS's SDK, or what the functions have in its place ({@link wireClient}). What was throttled or went
 * wrong on the way is tried again, for as long as there is time left.
 *
 * Rejects with an error that has the name of DynamoDB's, such as `ConditionalCheckFailedException`.
 */
export interface TableClient {
  readonly call: <O extends Operation>(
    operation: O,
    input: Operations[O][0],
    leftMillis?: () => number,
  ) => Promise<Omit<Operations[O][1], '$metadata'>>
}
