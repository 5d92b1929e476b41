import { createServer, type Server } from 'node:http'
import { GetCommand } from '@aws-sdk/lib-dynamodb'
import { dynamoDbClient } from '../../lib/dynamodb/client.ts'
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../../local/table.ts'
import { listening } from '../support/listening.ts'

it('tries again what was not answered in two seconds', async () => {
  let requests = 0
  const server: Server = createServer((incoming, outgoing) => {
    requests += 1
    if (requests > 1) incoming.resume().on('end', () => outgoing.end('{"Item":{"pk":{"S":"here"}}}'))
  })
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: await listening(server),
    AWS_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
  })
  try {
    const { Item } = await dynamoDbClient().send(new GetCommand({ TableName: 't', Key: { pk: 'here', sk: '-' } }))
    expect([Item, requests]).toEqual([{ pk: 'here' }, 2])
  } finally {
    server.closeAllConnections()
    server.close()
  }
}, 20_000)
