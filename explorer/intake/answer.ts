import type { Encoding } from './parse-export.ts'

const CONTENT_TYPES = { json: 'application/json', protobuf: 'application/x-protobuf' } as const

/** google.rpc codes, which OTLP's errors carry. */
const CODES = { 400: 3, 413: 3, 415: 3, 503: 14 } as const
export type RefusedStatus = keyof typeof CODES

/** That everything was taken: an empty message. */
export const accepted = (encoding: Encoding): Response => answer(200, encoding, encoding === 'json' ? '{}' : '')

/** Why a request was not taken, as a google.rpc.Status in the request's own encoding. */
export const refused = (status: RefusedStatus, encoding: Encoding, message: string): Response => {
  const code = CODES[status]
  return answer(status, encoding, encoding === 'json' ? JSON.stringify({ code, message }) : statusBytes(code, message))
}

const answer = (status: number, encoding: Encoding, body: string | Uint8Array<ArrayBuffer>): Response =>
  new Response(body, { status, headers: { 'content-type': CONTENT_TYPES[encoding] } })

/** `int32 code = 1; string message = 2;` The messages are of fewer than 16,384 bytes, so their length takes two at most. */
const statusBytes = (code: number, message: string): Uint8Array<ArrayBuffer> => {
  const text = new TextEncoder().encode(message)
  const length = text.length < 0x80 ? [text.length] : [(text.length & 0x7f) | 0x80, text.length >> 7]
  return new Uint8Array([0x08, code, 0x12, ...length, ...text])
}
