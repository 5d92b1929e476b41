import type { Random } from '../../demo/history/random.ts'
import { wellFormed } from '../../lib/delivery/text.ts'
import { CANARY } from '../canary.ts'

/** What may be done to a payload once it is text; each gives the bytes of the body. */
const OPERATIONS: Readonly<Record<string, (random: Random, text: string) => Uint8Array>> = {
  truncated: (random, text) => Buffer.from(text).subarray(0, Math.floor(random.next() * text.length)),
  empty: () => new Uint8Array(),
  'byte order mark': (_, text) => Buffer.from(`\ufeff${text}`),
  'invalid UTF-8': (random, text) => {
    const bytes = Buffer.from(text)
    bytes[Math.floor(random.next() * bytes.length)] = random.pick([0xff, 0xc0, 0x80, 0xed, 0xf5])
    return bytes
  },
  'zero bytes': (_, text) => Buffer.from(`\u0000${text}\u0000`),
  'UTF-16': (_, text) => Buffer.from(text, 'utf16le'),
  'latin 1': (_, text) => Buffer.from(text.replaceAll(' ', '\u00e9'), 'latin1'),
  'duplicate keys': (random, text) =>
    Buffer.from(
      text.replace(
        '{',
        `{"action":"${random.pick(['closed', CANARY, '__proto__'])}","repository":1,"type":[],"ciUrl":0,`,
      ),
    ),
  'many duplicate keys': (_, text) => Buffer.from(text.replace('{', `{${'"action":{"a":1},'.repeat(50_000)}`)),
  'prototype keys': (_, text) =>
    Buffer.from(text.replaceAll('{', `{"__proto__":{"polluted":"${CANARY}"},`).replaceAll(/,(?=\s*\})/g, '')),
  'more behind': (_, text) => Buffer.from(`${text}${text}`),
  'much white space': (_, text) => Buffer.from(`${' \n'.repeat(400_000)}${text}`),
  scalar: (random) =>
    Buffer.from(random.pick(['1', '"x"', 'null', 'true', '[]', '{}', '[[]]', 'NaN', '-', `"${CANARY}"`])),
  'no JSON': (random) =>
    Buffer.from(random.pick([`<xml>${CANARY}</xml>`, 'a=b', "{'a':1}", '{"a":1,}', '//', '\u2028'])),
  'deep list': (random) => Buffer.from('['.repeat(random.pick([1_000, 100_000, 500_000]))),
  'deep list, closed': () => Buffer.from('['.repeat(100_000) + ']'.repeat(100_000)),
  'deep object': () => Buffer.from(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
  'as large as may be': (_, text) =>
    Buffer.from(text.replace('{', `{"padding":"${'x'.repeat(6 * 1024 * 1024 - text.length - 14)}",`)),
  'too large': (_, text) => Buffer.from(text.replace('{', `{"padding":"${'x'.repeat(6 * 1024 * 1024)}",`)),
}
/** Megabytes take long to make and to look for: most of what goes wrong goes wrong with less. */
const RARE = new Set(['as large as may be', 'too large', 'much white space', 'many duplicate keys', 'deep list'])
const WEIGHTS = Object.fromEntries(Object.keys(OPERATIONS).map((name) => [name, RARE.has(name) ? 1 : 5]))

export const mutateBytes = (random: Random, text: string): { readonly name: string; readonly bytes: Uint8Array } => {
  const name = random.weighted(WEIGHTS)
  return { name, bytes: OPERATIONS[name]?.(random, text) ?? Buffer.from(text) }
}

/** A body as GitHub posts it with content type form, well and not. */
export const formOf = (random: Random, text: string): { readonly name: string; readonly bytes: Uint8Array } => {
  const name = random.pick(['well', 'odd escapes', 'no payload', 'two payloads', 'many fields', 'plus signs'] as const)
  const encoded = encodeURIComponent(wellFormed(text))
  const bodies = {
    well: `payload=${encoded}`,
    'odd escapes': `payload=%7B%zz%u0041%${encoded}%`,
    'no payload': `${CANARY}=${encoded.slice(0, 100)}`,
    'two payloads': `payload=%7B%7D&payload=${encoded}`,
    'many fields': `${'a&'.repeat(50_000)}payload=${encoded}`,
    'plus signs': `payload=${text.replaceAll(' ', '+')}`,
  }
  return { name: `form, ${name}`, bytes: Buffer.from(bodies[name]) }
}
