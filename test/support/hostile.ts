const deep = (open: string, close: string, levels = 100_000): string => `${open.repeat(levels)}1${close.repeat(levels)}`

const NOT_JSON = 'the field body is not JSON in UTF-8'

/** Bodies that no source sends, and what is said of them whatever the source. */
export const HOSTILE_BODIES: readonly (readonly [what: string, body: string | Uint8Array, reason: string])[] = [
  ['nothing', '', NOT_JSON],
  ['half of an object', '{"action":"ope', NOT_JSON],
  ['an object and more', '{}{}', NOT_JSON],
  ['a zero byte before it', '\u0000{}', NOT_JSON],
  ['bytes that are no UTF-8', Buffer.from('{"action":"\xff"}', 'latin1'), NOT_JSON],
  ['UTF-16', Buffer.from('{"action":"opened"}', 'utf16le'), NOT_JSON],
  ['lists that do not close, 100,000 of them', '['.repeat(100_000), NOT_JSON],
]

/** Values in the place of a field that is read: deep, long, or nothing that it can be. */
export const HOSTILE_VALUES: readonly (readonly [what: string, json: string])[] = [
  ['lists in lists, 100,000 levels of them', deep('[', ']')],
  ['objects in objects, 100,000 levels of them', deep('{"a":', '}')],
  ['200,000 members', `[${'0,'.repeat(199_999)}0]`],
  [
    'an object with the names of a prototype',
    '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
  ],
  ['a number beyond all', '1e999'],
  ['a fraction', '0.5'],
  ['true', 'true'],
]
