import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'

/** The HTTP response that an HTTP API makes of what a function returned, payload format 2.0. */
export const toResponse = (result: APIGatewayProxyStructuredResultV2): Response => {
  const headers = new Headers()
  for (const [name, value] of Object.entries(result.headers ?? {})) headers.set(name, String(value))
  for (const cookie of result.cookies ?? []) headers.append('set-cookie', cookie)
  if (!headers.has('content-type') && result.body) headers.set('content-type', 'text/plain;charset=UTF-8')
  return new Response(bodyOf(result), { status: result.statusCode ?? 200, headers })
}

/** What the gateway answers by itself, in AWS's words. */
export const gatewayAnswer = (status: 404 | 413 | 500 | 503): Response => {
  const messages = {
    404: 'Not Found',
    413: 'Request Entity Too Large',
    500: 'Internal Server Error',
    503: 'Service Unavailable',
  }
  return Response.json({ message: messages[status] }, { status })
}

/** Statuses that HTTP allows no body for; `Response` throws on one. */
const BODILESS = new Set([204, 205, 304])

const bodyOf = ({ statusCode, body, isBase64Encoded }: APIGatewayProxyStructuredResultV2) => {
  if (!body || BODILESS.has(statusCode ?? 200)) return null
  return isBase64Encoded ? Buffer.from(body, 'base64') : body
}
