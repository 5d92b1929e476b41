import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AwsError, type JsonService, jsonService } from '../../lib/aws/json-service.ts'
import { listening } from '../support/listening.ts'

const SHAPE = { host: 'dynamodb', variable: 'DYNAMODB', protocol: '1.0', target: 'DynamoDB_20120810' } as const
type Answer = (outgoing: ServerResponse, incoming: IncomingMessage) => void
const json =
  (status: number, body: object): Answer =>
  (outgoing) =>
    outgoing.writeHead(status).end(JSON.stringify(body))
const THROTTLED = json(400, { __type: 'com.amazonaws.dynamodb.v20120810#ThrottlingException', message: 'slow down' })

let answers: Answer[] = []
let seen: IncomingMessage[] = []
let service: JsonService
const server: Server = createServer((incoming, outgoing) => {
  seen.push(incoming)
  const answer = answers.shift()
  incoming.resume().on('end', () => answer?.(outgoing, incoming))
})

beforeAll(async () => {
  service = jsonService(SHAPE, {
    AWS_ENDPOINT_URL_DYNAMODB: await listening(server),
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'session',
  })
})
beforeEach(() => {
  answers = []
  seen = []
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

describe("a call to one of AWS's JSON services", () => {
  it('is a signed POST that says what is asked for', async () => {
    answers = [json(200, { Item: { pk: { S: 'here' } } })]
    expect(await service.call('GetItem', { TableName: 't' })).toEqual({ Item: { pk: { S: 'here' } } })
    expect(seen.map(({ method, url }) => [method, url])).toEqual([['POST', '/']])
    expect(seen[0]?.headers).toMatchObject({
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.GetItem',
      'x-amz-security-token': 'session',
      authorization: expect.stringContaining(
        '/us-east-1/dynamodb/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, Signature=',
      ),
    })
  })

  it('is made again when the service throttles, fails or goes away', async () => {
    const away: Answer = (_, incoming) => incoming.socket.destroy()
    answers = [THROTTLED, json(500, {}), away, json(200, {})]
    expect(await service.call('GetItem', {})).toEqual({})
    expect(seen).toHaveLength(4)
  })

  it('is made again when it was not answered in two seconds', async () => {
    answers = [() => undefined, json(200, {})]
    expect(await service.call('GetItem', {})).toEqual({})
    expect(seen).toHaveLength(2)
  }, 20_000)

  it('gives up after five tries, with what the service has said', async () => {
    answers = Array.from({ length: 9 }, () => THROTTLED)
    await expect(service.call('GetItem', {})).rejects.toMatchObject({ name: 'ThrottlingException', status: 400 })
    expect(seen).toHaveLength(5)
  })

  it('is made once where the service refuses', async () => {
    answers = [json(400, { __type: 'x#ConditionalCheckFailedException' }), json(200, {})]
    await expect(service.call('PutItem', {})).rejects.toThrow(AwsError)
    expect(seen).toHaveLength(1)
  })

  it('names the status where what stands between answers in HTML', async () => {
    answers = [(outgoing) => outgoing.writeHead(403).end('<html>no</html>')]
    await expect(service.call('PutItem', {})).rejects.toMatchObject({ name: 'HTTP 403', status: 403 })
  })

  it('ends when no time is left, and is not begun after that', async () => {
    const untilMillis = Date.now() + 50
    const leftMillis = () => untilMillis - Date.now()
    answers = [() => undefined]
    await expect(service.call('GetItem', {}, leftMillis)).rejects.toMatchObject({ code: 'ETIMEDOUT' })
    await expect(service.call('GetItem', {}, leftMillis)).rejects.toMatchObject({ code: 'ETIMEDOUT' })
    expect(seen).toHaveLength(1)
  })

  it('opens a connection beforehand, and says nothing where that fails', async () => {
    const env = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' }
    const { port } = server.address() as AddressInfo
    const fresh = jsonService(SHAPE, { ...env, AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` })
    answers = [json(404, {}), json(200, {})]
    fresh.warm()
    await fresh.call('GetItem', {})
    expect(seen.map(({ method }) => method)).toEqual(['GET', 'POST'])
    expect(new Set(seen.map(({ socket }) => socket.remotePort)).size).toBe(1)
    jsonService(SHAPE, { ...env, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }).warm()
  })
})

it('names the setting that is missing', async () => {
  expect(() => jsonService(SHAPE, {})).toThrow('AWS_REGION is not set')
  await expect(jsonService(SHAPE, { AWS_REGION: 'us-east-1' }).call('GetItem', {})).rejects.toThrow(
    'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set',
  )
})
