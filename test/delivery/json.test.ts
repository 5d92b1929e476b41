import { checked, isShort, parseJson } from '../../lib/delivery/json.ts'
import { HOSTILE_BODIES } from '../support/hostile.ts'

const parsed = (json: string | Uint8Array): unknown => parseJson(Buffer.from(json))

describe('parsing a body', () => {
  it.each(HOSTILE_BODIES)('refuses %s', (_what, body, reason) => {
    expect(() => parsed(body)).toThrow(reason)
  })

  it.each([
    ['half a character', '"a\\ud800b"', 'a\ufffdb'],
    ['the other half, in capitals', '"\\uDC00"', '\ufffd'],
    ['both halves the wrong way round', '"\\udc00\\ud83d"', '\ufffd\ufffd'],
    ['a whole one', '"\\ud83d\\ude00"', '\u{1f600}'],
    ['a whole one and a half', '"\\ud83d\\ude00\\ude00"', '\u{1f600}\ufffd'],
    ['a half beside a quote', '"\\ud800\\u0022"', '\ufffd"'],
    ['an escaped backslash before what looks like one', '"\\\\ud800"', '\\ud800'],
    ['an escaped backslash before a half', '"\\\\\\ud800"', '\\\ufffd'],
  ])('makes %s whole', (_what, json, text) => {
    expect(parsed(json)).toBe(text)
  })

  it('makes the name of a member whole', () => {
    expect(parsed('{"\\ud800":1}')).toEqual({ '\ufffd': 1 })
  })

  it('takes a byte order mark, and of two members of one name the last', () => {
    expect(parsed('\ufeff{"a":1,"a":2}')).toEqual({ a: 2 })
  })

  it('puts nothing into a prototype', () => {
    const value = parsed('{"__proto__":{"polluted":1}}')
    expect([Object.keys(value as object), ({} as { polluted?: number }).polluted]).toEqual([['__proto__'], undefined])
  })
})

describe('checking a payload', () => {
  const wrong = (path: readonly PropertyKey[]) => ({
    safeParse: () => ({ success: false as const, error: { issues: [{ path }] } }),
  })

  it.each([
    [['issue', 'number'], 'issue.number'],
    [['labels', 3, 'name'], 'labels.3.name'],
    [['parameters', 'deploy_type'], 'parameters.deploy_type'],
    [['parameters', 'my secret is 42', 'x'], 'parameters'],
    [['parameters', 'x'.repeat(41)], 'parameters'],
    [['<script>'], 'body'],
    [[], 'body'],
  ])('names of %j no more than looks like names', (path, name) => {
    expect(() => checked(wrong(path), {})).toThrow(`the field ${name} is missing or of the wrong type`)
  })

  it('looks at no list or map that is longer than any payload has', () => {
    const list = Array.from({ length: 5_000 }, () => 0)
    expect([list, [...list, 0], Object.fromEntries([...list, 0].entries()), null, 'x'].map(isShort)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ])
  })
})
