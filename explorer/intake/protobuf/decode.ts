import { type FieldShape, MESSAGES, type MessageName } from './messages.ts'
import { type Field, fieldsOf, Malformed } from './wire.ts'

/** Values may hold values; nobody nests them deeper than this but to make a reader fall over. */
const MAX_DEPTH = 64

/**
 * An OTLP export request in protobuf as what it is in OTLP's JSON, which is checked afterwards as any JSON is.
 *
 * @throws Malformed
 */
export const decodeExport = (body: Buffer): unknown => decode(body, 'ExportTraceServiceRequest', 0)

type Message = Readonly<Record<string, unknown>>

const decode = (body: Buffer, name: MessageName, depth: number): Message => {
  if (depth > MAX_DEPTH) throw new Malformed('values are nested too deep')
  const { fields, defaults } = MESSAGES[name]
  const message: Record<string, unknown> = { ...defaults }
  for (const field of fieldsOf(body)) {
    const shape = fields[field.number]
    if (shape === undefined) continue
    const value = readValue(field, shape, depth)
    if (shape.isRepeated === undefined) message[shape.name] = value
    else listIn(message, shape.name).push(value)
  }
  return message
}

const listIn = (message: Record<string, unknown>, name: string): unknown[] => {
  const known = message[name]
  if (Array.isArray(known)) return known
  const list: unknown[] = []
  message[name] = list
  return list
}

const readValue = (field: Field, { name, type }: FieldShape, depth: number): unknown => {
  switch (type) {
    case 'int64':
      return String(BigInt.asIntN(64, varintOf(field, name)))
    case 'enum':
      return Number(BigInt.asIntN(32, varintOf(field, name)))
    case 'bool':
      return varintOf(field, name) !== 0n
    case 'fixed64':
      return String(bytesOf(field, name, 'fixed64').readBigUInt64LE())
    case 'double':
      return doubleOf(bytesOf(field, name, 'fixed64').readDoubleLE())
    case 'string':
      return textOf(bytesOf(field, name, 'bytes'), name)
    case 'hex':
      return bytesOf(field, name, 'bytes').toString('hex')
    case 'base64':
      return bytesOf(field, name, 'bytes').toString('base64')
    default:
      return decode(bytesOf(field, name, 'bytes'), type, depth + 1)
  }
}

const varintOf = (field: Field, name: string): bigint => {
  if (field.kind === 'varint') return field.value
  throw new Malformed(`${name} is not a number`)
}

const bytesOf = (field: Field, name: string, kind: 'fixed64' | 'bytes'): Buffer => {
  if (field.kind === kind) return field.value
  throw new Malformed(`${name} is of another type`)
}

/** What JSON has no number for is a word there. */
const doubleOf = (value: number): number | string => (Number.isFinite(value) ? value : String(value))

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const textOf = (bytes: Buffer, name: string): string => {
  try {
    return utf8.decode(bytes)
  } catch {
    throw new Malformed(`${name} is not UTF-8`)
  }
}
