import fc from 'fast-check'
import { toEvent } from '../../local/gateway-event.ts'

const STAMP = { requestId: '72d3162e-cc78-11e3-81ab-4c9367dc0958', atMillis: Date.UTC(2026, 8, 30, 9, 5) }
const event = (body: Uint8Array, contentType?: string) =>
  toEvent(
    {
      method: 'POST',
      path: '/jenkins/t',
      rawQuery: 'a=1&a=2&b=%20x',
      rawHeaders: [
        'Host',
        'localhost',
        'X-Two',
        '1',
        'x-two',
        '2',
        ...(contentType ? ['Content-Type', contentType] : []),
      ],
      body,
      sourceIp: '127.0.0.1',
      port: 3000,
      routeKey: 'POST /jenkins/{token}',
      pathParameters: { token: 't' },
    },
    STAMP,
  )

describe('the event that the local gateway makes', () => {
  it('is an HTTP API’s of payload format 2.0', () => {
    expect(event(Buffer.from('{}'), 'application/json')).toMatchObject({
      version: '2.0',
      routeKey: 'POST /jenkins/{token}',
      rawPath: '/jenkins/t',
      rawQueryString: 'a=1&a=2&b=%20x',
      queryStringParameters: { a: '1,2', b: ' x' },
      headers: { host: 'localhost', 'x-two': '1,2', 'content-type': 'application/json' },
      pathParameters: { token: 't' },
      body: '{}',
      isBase64Encoded: false,
    })
  })

  it.each([
    ['application/json; charset=utf-8', false],
    ['text/plain', false],
    ['application/xml', false],
    ['application/x-www-form-urlencoded', true],
    ['application/vnd.github+json', true],
    [undefined, true],
  ])('has a body of type %s as base64: %s', (contentType, isBase64Encoded) => {
    expect(event(Buffer.from('x'), contentType).isBase64Encoded).toBe(isBase64Encoded)
  })

  it('keeps every byte of what is no text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        expect(Buffer.from(event(bytes).body ?? '', 'base64')).toEqual(Buffer.from(bytes))
      }),
    )
  })
})
