import { request } from 'node:http'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { gateway } from '../../local/gateway.ts'
import { type ListeningServer, listen } from '../../local/server.ts'
import { type UnderWay, underWay } from '../../local/under-way.ts'

type Invoke = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>

let server: ListeningServer
let requests: UnderWay
let invoke: Invoke
let events: APIGatewayProxyEventV2[]

beforeEach(async () => {
  events = []
  invoke = async () => ({ statusCode: 202, headers: { 'content-type': 'application/json' }, body: '{"outcome":"ok"}' })
  const route = (path: string) => ({
    method: 'POST',
    path,
    functionName: 'jenkins',
    handler: 'functions/jenkins/handler.handler',
    invoke: async (event: APIGatewayProxyEventV2) => {
      events.push(event)
      return invoke(event)
    },
  })
  requests = underWay()
  const app = gateway([route('/jenkins'), route('/jenkins/{token}')], requests)
  server = await listen(app.notFound(() => Response.json({ message: 'Not Found' }, { status: 404 })).fetch, 0)
})

afterEach(() => server.close())

const post = (path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${server.port}${path}`, { method: 'POST', body: '{}', ...init })

test('a path parameter reaches the function, and its answer the client', async () => {
  const response = await post('/jenkins/s3cret?a=1', { headers: { 'content-type': 'application/json' } })
  expect([response.status, response.headers.get('content-type'), await response.json()]).toEqual([
    202,
    'application/json',
    { outcome: 'ok' },
  ])
  expect(
    events.map(({ routeKey, rawPath, rawQueryString, pathParameters, body }) => [
      routeKey,
      rawPath,
      rawQueryString,
      pathParameters,
      body,
    ]),
  ).toEqual([['POST /jenkins/{token}', '/jenkins/s3cret', 'a=1', { token: 's3cret' }, '{}']])
})

test('bytes that are no text arrive as they were sent', async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, at) => at)
  await post('/jenkins', { body: bytes, headers: { 'content-type': 'application/octet-stream' } })
  expect(Buffer.from(events[0]?.body ?? '', 'base64').equals(Buffer.from(bytes))).toBe(true)
})

test.each([
  ['POST', '/nothing'],
  ['GET', '/jenkins'],
  ['POST', '/jenkins/a/b'],
])('%s %s is no route: 404', async (method, path) => {
  const response = await post(path, method === 'GET' ? { method, body: null } : {})
  expect([response.status, await response.json()]).toEqual([404, { message: 'Not Found' }])
  expect(events).toEqual([])
})

test('a body above 10 MB is answered 413 without invoking the function', async () => {
  const response = await post('/jenkins', { body: new Uint8Array(10 * 1024 * 1024 + 1) })
  expect([response.status, await response.json()]).toEqual([413, { message: 'Request Entity Too Large' }])
  expect(events).toEqual([])
})

test('a body above 10 MB is also refused when it comes in chunks of unannounced length', async () => {
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const outgoing = request({ port: server.port, host: '127.0.0.1', method: 'POST', path: '/jenkins' }, (incoming) => {
      incoming.resume()
      resolve(incoming.statusCode)
    })
    outgoing.on('error', reject)
    for (let at = 0; at < 11; at += 1) outgoing.write(Buffer.alloc(1024 * 1024))
    outgoing.end()
  })
  expect(status).toBe(413)
})

test('a function that throws is a 500 and one line', async () => {
  const error = jest.spyOn(console, 'error').mockImplementation(() => {})
  invoke = async () => {
    throw new TypeError('first\nsecond')
  }
  const response = await post('/jenkins')
  expect([response.status, await response.json()]).toEqual([500, { message: 'Internal Server Error' }])
  expect(error.mock.calls).toEqual([['The function jenkins threw TypeError: first second']])
  error.mockRestore()
})

test('base64 in an answer is decoded, cookies become headers, and a bodiless status has no body', async () => {
  invoke = async () => ({
    statusCode: 200,
    isBase64Encoded: true,
    body: 'AP8=',
    cookies: ['a=1', 'b=2'],
    headers: { 'content-type': 'application/octet-stream', 'x-count': 2, 'x-flag': true },
  })
  const response = await post('/jenkins')
  expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255])
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  expect([response.headers.get('x-count'), response.headers.get('x-flag')]).toEqual(['2', 'true'])

  invoke = async () => ({ statusCode: 204, body: 'ignored' })
  const empty = await post('/jenkins')
  expect([empty.status, await empty.text()]).toEqual([204, ''])
})

test('a stop waits for the request under way and refuses the next one', async () => {
  const gate = { open: () => {} }
  const opened = new Promise<void>((resolve) => {
    gate.open = resolve
  })
  invoke = async () => {
    await opened
    return { statusCode: 202, body: 'late' }
  }
  const first = post('/jenkins')
  while (events.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  const drained = jest.fn()
  const drain = requests.drain().then(drained)
  const second = await post('/jenkins')
  expect([second.status, await second.json()]).toEqual([503, { message: 'Service Unavailable' }])
  expect(drained).not.toHaveBeenCalled()
  gate.open()
  expect(await (await first).text()).toBe('late')
  await drain
  expect(drained).toHaveBeenCalledTimes(1)
})
