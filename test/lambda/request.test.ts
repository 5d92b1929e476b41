import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { webhookRequest } from '../../lib/lambda/request.ts'

const event = (more: Partial<APIGatewayProxyEventV2>): APIGatewayProxyEventV2 => ({
  version: '2.0',
  routeKey: 'POST /github',
  rawPath: '/github',
  rawQueryString: '',
  headers: {},
  isBase64Encoded: false,
  requestContext: {} as APIGatewayProxyEventV2['requestContext'],
  ...more,
})
const bytesOf = (more: Partial<APIGatewayProxyEventV2>) => {
  const body = webhookRequest(event(more))?.body
  return body === undefined ? undefined : Buffer.from(body).toString('latin1')
}

describe("a webhook out of API Gateway's event", () => {
  it.each([
    ['text', { body: 'ü' }, '\xc3\xbc'],
    ['base64', { body: 'AP8=', isBase64Encoded: true }, '\x00\xff'],
    ['base64 with garbage in it, as far as it goes', { body: 'A*P\n8=?', isBase64Encoded: true }, '\x00\xff'],
    ['text that is said to be base64', { body: '{"a":1}', isBase64Encoded: true }, '\x6b'],
    ['no body', {}, ''],
  ])('has the bytes of %s', (_what, more, bytes) => {
    expect(bytesOf(more)).toBe(bytes)
  })

  it.each([
    ['text', 8_388_608, false, 8_388_608],
    ['base64', 8_388_608, true, 6_291_456],
  ])(
    'decodes %s of no more characters than the largest body has in base64',
    (_what, length, isBase64Encoded, bytes) => {
      expect(webhookRequest(event({ body: 'A'.repeat(length), isBase64Encoded }))?.body.byteLength).toBe(bytes)
      expect(webhookRequest(event({ body: 'A'.repeat(length + 1), isBase64Encoded }))).toBeUndefined()
    },
  )

  it('has the headers in lower case, and none of them in a prototype', () => {
    const headers = { 'X-Hub-Signature-256': 'a', ['__proto__']: 'b', constructor: 'c' }
    const request = webhookRequest(event({ headers }))
    expect(Object.entries(request?.headers ?? {})).toEqual([
      ['x-hub-signature-256', 'a'],
      ['__proto__', 'b'],
      ['constructor', 'c'],
    ])
    expect(request?.query.token).toBeUndefined()
  })
})
