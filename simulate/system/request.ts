import { createHmac, randomUUID } from 'node:crypto'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { guidOf } from '../../demo/history/hash.ts'
import { toEvent } from '../../local/gateway-event.ts'
import type { Delivery } from '../deliveries/delivery.ts'

export const GITHUB_SECRET = 'github-secret'
export const JENKINS_TOKEN = 'jenkins-token'

/** A delivery as API Gateway hands it to the function: GitHub's is signed, Jenkins's bears its token in the address. */
export const eventOf = ({ id, target, body }: Delivery): APIGatewayProxyEventV2 => {
  const bytes = Buffer.from(JSON.stringify(body()))
  const headers =
    target.source === 'github'
      ? [
          ...['user-agent', 'GitHub-Hookshot/044aadd', 'x-github-event', target.event],
          ...['x-github-delivery', guidOf(id), 'x-hub-signature-256', signature(bytes)],
        ]
      : ['user-agent', 'Java/17.0.9']
  return toEvent(
    {
      method: 'POST',
      path: `/${target.source}`,
      rawQuery: target.source === 'jenkins' ? `token=${JENKINS_TOKEN}` : '',
      rawHeaders: ['content-type', 'application/json', ...headers],
      body: bytes,
      sourceIp: '127.0.0.1',
      port: 443,
      routeKey: `POST /${target.source}`,
      pathParameters: {},
    },
    { requestId: randomUUID(), atMillis: Date.now() },
  )
}

const signature = (bytes: Uint8Array): string =>
  `sha256=${createHmac('sha256', GITHUB_SECRET).update(bytes).digest('hex')}`
