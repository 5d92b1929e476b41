import { ExportRequest } from './otlp-payload.ts'
import { decodeExport } from './protobuf/decode.ts'
import { Malformed } from './protobuf/wire.ts'

/** How a request is written, and its answer. */
export type Encoding = 'json' | 'protobuf'

/** The encoding that a content type names; undefined for one that the receiver does not read. */
export const encodingOf = (contentType: string | undefined): Encoding | undefined => {
  switch (contentType?.split(';')[0]?.trim().toLowerCase()) {
    case 'application/json':
      return 'json'
    case 'application/x-protobuf':
      return 'protobuf'
    default:
      return undefined
  }
}

export type ParsedExport =
  | { readonly kind: 'request'; readonly request: ExportRequest }
  /** One sentence. */
  | { readonly kind: 'malformed'; readonly reason: string }

/** Reads an export request. Both encodings become the same and are checked the same way. */
export const parseExport = (body: Buffer, encoding: Encoding): ParsedExport => {
  try {
    const read: unknown = encoding === 'json' ? JSON.parse(body.toString('utf8')) : decodeExport(body)
    const result = ExportRequest.safeParse(read)
    if (result.success) return { kind: 'request', request: result.data }
    const [issue] = result.error.issues
    return { kind: 'malformed', reason: `${issue?.path.join('.') || 'the body'}: ${issue?.message ?? 'invalid'}` }
  } catch (error) {
    if (error instanceof Malformed) return { kind: 'malformed', reason: `The body is no protobuf: ${error.message}.` }
    if (error instanceof SyntaxError) return { kind: 'malformed', reason: 'The body is no JSON.' }
    // Checking what is nested without end fills the stack.
    if (error instanceof RangeError) return { kind: 'malformed', reason: 'The body is nested too deep.' }
    throw error
  }
}
