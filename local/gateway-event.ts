import type { APIGatewayProxyEventV2 } from 'aws-lambda'

/** An HTTP request as it came over the wire, and the route that it matched. */
export interface GatewayRequest {
  readonly method: string
  readonly path: string
  /** Without the question mark. */
  readonly rawQuery: string
  /** Names and values in turn, as Node hands them over: repeated headers are still apart. */
  readonly rawHeaders: readonly string[]
  readonly body: Uint8Array
  readonly sourceIp: string
  readonly port: number
  /** `POST /jenkins/{token}` */
  readonly routeKey: string
  readonly pathParameters: Readonly<Record<string, string>>
}

/** What the gateway itself adds to a request. */
export interface GatewayStamp {
  readonly requestId: string
  readonly atMillis: number
}

/**
 * The event that an HTTP API makes of a request, payload format 2.0.
 *
 * Source: docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const toEvent = (request: GatewayRequest, stamp: GatewayStamp): APIGatewayProxyEventV2 => {
  const headers = joinHeaders(request.rawHeaders)
  const { cookie, ...rest } = headers
  return {
    version: '2.0',
    routeKey: request.routeKey,
    rawPath: request.path,
    rawQueryString: request.rawQuery,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/;\s*/) }),
    headers: { ...rest, ...forwarded(headers, request, stamp) },
    ...(request.rawQuery ? { queryStringParameters: joinQuery(request.rawQuery) } : {}),
    requestContext: contextOf(request, headers, stamp),
    ...(Object.keys(request.pathParameters).length > 0 ? { pathParameters: { ...request.pathParameters } } : {}),
    ...bodyOf(request.body, headers['content-type']),
  }
}

/** What HTTP APIs hand over as text; everything else, a missing content type included, comes as base64. */
const TEXTUAL = /^(text\/[^;]+|application\/(json|javascript|xml))\s*(;|$)/i

const bodyOf = (
  body: Uint8Array,
  contentType: string | undefined,
): Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'> => {
  if (body.length === 0) return { isBase64Encoded: false }
  const isBase64Encoded = !TEXTUAL.test(contentType ?? '')
  return { body: Buffer.from(body).toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded }
}

const join = (pairs: Iterable<readonly [string, string]>): Record<string, string> => {
  const joined = new Map<string, string>()
  for (const [name, value] of pairs) {
    const before = joined.get(name)
    joined.set(name, before === undefined ? value : `${before},${value}`)
  }
  return Object.fromEntries(joined)
}

const joinQuery = (rawQuery: string): Record<string, string> => join(new URLSearchParams(rawQuery))

const joinHeaders = (raw: readonly string[]): Record<string, string> =>
  join(raw.flatMap((name, at) => (at % 2 === 0 ? [[name.toLowerCase(), raw[at + 1] ?? ''] as const] : [])))

const forwarded = (
  headers: Record<string, string>,
  { sourceIp, port }: GatewayRequest,
  { requestId, atMillis }: GatewayStamp,
): Record<string, string> => ({
  'x-amzn-trace-id': `Root=1-${Math.floor(atMillis / 1000).toString(16)}-${requestId.replaceAll('-', '').slice(0, 24)}`,
  'x-forwarded-for': headers['x-forwarded-for'] ? `${headers['x-forwarded-for']}, ${sourceIp}` : sourceIp,
  'x-forwarded-port': String(port),
  'x-forwarded-proto': 'http',
})

const contextOf = (
  { method, path, sourceIp, routeKey }: GatewayRequest,
  headers: Record<string, string>,
  { requestId, atMillis }: GatewayStamp,
): APIGatewayProxyEventV2['requestContext'] => ({
  accountId: '000000000000',
  apiId: 'local',
  domainName: headers.host ?? 'localhost',
  domainPrefix: (headers.host ?? 'localhost').split('.')[0] ?? '',
  http: { method, path, protocol: 'HTTP/1.1', sourceIp, userAgent: headers['user-agent'] ?? '' },
  requestId,
  routeKey,
  stage: '$default',
  time: clfTime(atMillis),
  timeEpoch: atMillis,
})

/** Common log format, as in `30/Sep/2026:09:05:00 +0000`. */
const clfTime = (atMillis: number): string => {
  const [, day, month, year, time] = new Date(atMillis).toUTCString().split(' ')
  return `${day}/${month}/${year}:${time} +0000`
}
