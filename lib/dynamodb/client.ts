import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'

/**
 * A client that tries again what was throttled or went wrong on the way, for as long as its caller's signal lets it. Region, credentials and a local endpoint
 * (`AWS_ENDPOINT_URL_DYNAMODB`) come from the SDK's own environment variables.
 */
export const dynamoDbClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      maxAttempts: 5,
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  )
