import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { MAX_BODY_BYTES, type WebhookRequest } from '../delivery/source.ts'

/** Base64 has four characters for three bytes; UTF-8 at the most four bytes for a character. */
const MAX_BODY_CHARACTERS = Math.ceil(MAX_BODY_BYTES / 3) * 4

/**
 * An event of API Gateway's HTTP API (payload format 2.0) as a webhook with its raw bytes; undefined when the body is
 * too large to decode. The gateway hands everything but text, JSON, XML and JavaScript over as base64.
 */
export const webhookRequest = (event: APIGatewayProxyEventV2): WebhookRequest | undefined => {
  const text = event.body ?? ''
  if (text.length > MAX_BODY_CHARACTERS) return undefined
  return {
    headers: Object.fromEntries(Object.entries(event.headers).map(([name, value]) => [name.toLowerCase(), value])),
    query: event.queryStringParameters ?? {},
    pathParameters: event.pathParameters ?? {},
    body: Buffer.from(text, event.isBase64Encoded ? 'base64' : 'utf8'),
  }
}
