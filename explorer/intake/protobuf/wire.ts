/** A body that is no protobuf, or not what it should be. The message says what is wrong. */
export class Malformed extends Error {}

/** One field as it lies in the bytes. A length is of bytes that are looked at, not copied. */
export type Field =
  | { readonly number: number; readonly kind: 'varint'; readonly value: bigint }
  | { readonly number: number; readonly kind: 'fixed32' | 'fixed64' | 'bytes'; readonly value: Buffer }

/**
 * The fields of a message, in order.
 *
 * Source: protobuf.dev/programming-guides/encoding
 *
 * @throws Malformed at the first byte that cannot be read
 */
export const fieldsOf = (message: Buffer): readonly Field[] => {
  const fields: Field[] = []
  let at = 0
  while (at < message.length) {
    const [tag, afterTag] = varint(message, at)
    const [number, type] = [Number(tag >> 3n), Number(tag & 7n)]
    if (number < 1 || number > 0x1fffffff) throw new Malformed(`there is no field ${number}`)
    const [field, end] = fieldAt(message, afterTag, number, type)
    fields.push(field)
    at = end
  }
  return fields
}

const fieldAt = (message: Buffer, at: number, number: number, type: number): readonly [Field, end: number] => {
  switch (type) {
    case 0: {
      const [value, end] = varint(message, at)
      return [{ number, kind: 'varint', value }, end]
    }
    case 1:
      return [{ number, kind: 'fixed64', value: bytes(message, at, 8) }, at + 8]
    case 2: {
      const [length, start] = varint(message, at)
      const value = bytes(message, start, Number(length))
      return [{ number, kind: 'bytes', value }, start + value.length]
    }
    case 5:
      return [{ number, kind: 'fixed32', value: bytes(message, at, 4) }, at + 4]
    default:
      throw new Malformed(`there is no wire type ${type}, as of field ${number}`)
  }
}

const bytes = (message: Buffer, at: number, length: number): Buffer => {
  if (length > message.length - at) throw new Malformed('it ends in the middle of a field')
  return message.subarray(at, at + length)
}

/** A number of 64 bits takes ten bytes at most. */
const MAX_VARINT = 10

const varint = (message: Buffer, from: number): readonly [value: bigint, end: number] => {
  let value = 0n
  for (let at = from; at < from + MAX_VARINT; at += 1) {
    const byte = message[at]
    if (byte === undefined) throw new Malformed('it ends in the middle of a number')
    value |= BigInt(byte & 0x7f) << BigInt(7 * (at - from))
    if (byte < 0x80) return [BigInt.asUintN(64, value), at + 1]
  }
  throw new Malformed('a number has more than 64 bits')
}
