import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'

/**
 * A client whose tries end well within the ten seconds that GitHub waits. Region, credentials and a local endpoint
 * (`AWS_ENDPOINT_URL_DYNAMODB`) come from the SDK's own environment variables.
 */
export const dynamoDbClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({ maxAttempts: 3, requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000 } }),
    { marshallOptions: { removeUndefinedValues: true } },
  )
