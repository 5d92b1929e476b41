import fc from 'fast-check'
import { type GatewayRequest, toEvent } from '../../local/gateway-event.ts'

const stamp = { requestId: '0f7ad23a-4ab2-4f0b-9d3c-2f8f0c7f9a11', atMillis: Date.UTC(2026, 8, 30, 9, 5) }

const request = (over: Partial<GatewayRequest> = {}): GatewayRequest => ({
  method: 'POST',
  path: '/github',
  rawQuery: '',
  rawHeaders: ['Host', 'localhost:3000', 'Content-Type', 'application/json'],
  body: Buffer.from('{"ä":1}'),
  sourceIp: '127.0.0.1',
  port: 3000,
  routeKey: 'POST /github',
  pathParameters: {},
  ...over,
})

test('a JSON webhook becomes the event that an HTTP API makes of it', () => {
  expect(toEvent(request({ rawHeaders: [...request().rawHeaders, 'User-Agent', 'GitHub-Hookshot/1'] }), stamp)).toEqual(
    {
      version: '2.0',
      routeKey: 'POST /github',
      rawPath: '/github',
      rawQueryString: '',
      headers: {
        host: 'localhost:3000',
        'content-type': 'application/json',
        'user-agent': 'GitHub-Hookshot/1',
        'x-amzn-trace-id': 'Root=1-6abcd0bc-0f7ad23a4ab24f0b9d3c2f8f',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': '3000',
        'x-forwarded-proto': 'http',
      },
      requestContext: {
        accountId: '000000000000',
        apiId: 'local',
        domainName: 'localhost:3000',
        domainPrefix: 'localhost:3000',
        http: {
          method: 'POST',
          path: '/github',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'GitHub-Hookshot/1',
        },
        requestId: '0f7ad23a-4ab2-4f0b-9d3c-2f8f0c7f9a11',
        routeKey: 'POST /github',
        stage: '$default',
        time: '30/Sep/2026:09:05:00 +0000',
        timeEpoch: 1790759100000,
      },
      body: '{"ä":1}',
      isBase64Encoded: false,
    },
  )
})

test.each([
  'text/plain',
  'text/html; charset=utf-8',
  'application/json',
  'application/json;charset=UTF-8',
  'APPLICATION/JSON',
  'application/xml',
  'application/javascript; charset=utf-8',
])('a body of type %s comes as text', (contentType) => {
  const event = toEvent(request({ rawHeaders: ['content-type', contentType] }), stamp)
  expect([event.body, event.isBase64Encoded]).toEqual(['{"ä":1}', false])
})

test.each([
  'application/x-www-form-urlencoded',
  'application/octet-stream',
  'application/vnd.github+json',
  'application/jsonp',
  'multipart/form-data; boundary=x',
  'text',
])('a body of type %s comes as base64', (contentType) => {
  const event = toEvent(request({ rawHeaders: ['content-type', contentType] }), stamp)
  expect([event.body, event.isBase64Encoded]).toEqual(['eyLDpCI6MX0=', true])
})

test('a body without a content type comes as base64', () => {
  const event = toEvent(request({ rawHeaders: [] }), stamp)
  expect([event.body, event.isBase64Encoded]).toEqual(['eyLDpCI6MX0=', true])
})

test('a request without a body has none in the event', () => {
  const event = toEvent(request({ body: Buffer.alloc(0) }), stamp)
  expect([Object.hasOwn(event, 'body'), event.isBase64Encoded]).toEqual([false, false])
})

test('repeated headers and repeated query parameters are joined by commas, and cookies stand apart', () => {
  const rawHeaders = ['X-Part', 'a', 'x-part', 'b', 'Cookie', 'one=1; two=2', 'X-Forwarded-For', '203.0.113.9']
  const event = toEvent(request({ rawHeaders, rawQuery: 'token=a&token=b%20c&flag' }), stamp)
  expect(event.headers['x-part']).toBe('a,b')
  expect(event.headers.cookie).toBeUndefined()
  expect(event.headers['x-forwarded-for']).toBe('203.0.113.9, 127.0.0.1')
  expect(event.cookies).toEqual(['one=1', 'two=2'])
  expect(event.rawQueryString).toBe('token=a&token=b%20c&flag')
  expect(event.queryStringParameters).toEqual({ token: 'a,b c', flag: '' })
})

test('whatever the bytes and the type of a body, they can be had back when the bytes are those of text', () => {
  const contentTypes = fc.constantFrom('application/json', 'text/plain', 'application/x-www-form-urlencoded', '')
  fc.assert(
    fc.property(contentTypes, fc.string({ unit: 'grapheme' }), (contentType, text) => {
      const event = toEvent(request({ rawHeaders: ['content-type', contentType], body: Buffer.from(text) }), stamp)
      const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8')
      expect(body.equals(Buffer.from(text))).toBe(true)
    }),
  )
})

test('the bytes of a form post are never touched', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const rawHeaders = ['content-type', 'application/x-www-form-urlencoded']
      const event = toEvent(request({ rawHeaders, body: bytes }), stamp)
      expect(Buffer.from(event.body ?? '', 'base64').equals(Buffer.from(bytes))).toBe(true)
    }),
  )
})
