import { MalformedField } from './malformed.ts'

/**
 * Bytes as JSON. Half a character, which JSON can escape and neither a table nor a backend takes, becomes U+FFFD.
 *
 * @throws MalformedField when they are not UTF-8 or not JSON
 */
export const parseJson = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(wholeCharacters(UTF_8.decode(bytes))) as unknown
  } catch {
    throw new MalformedField('body', 'is not JSON in UTF-8')
  }
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true })

/** Escape by escape, so that an escaped backslash before a `u` begins none; without a regular expression, which is slower. */
const wholeCharacters = (json: string): string => {
  if (!json.includes('\\ud') && !json.includes('\\uD')) return json
  const kept: string[] = []
  let from = 0
  for (let at = json.indexOf('\\'); at !== -1; at = json.indexOf('\\', at)) {
    const half = halfAt(json, at)
    if (half === undefined) at += 2
    else if (half === 'first' && halfAt(json, at + 6) === 'second') at += 12
    else {
      kept.push(json.slice(from, at), '\\ufffd')
      at += 6
      from = at
    }
  }
  return kept.concat(json.slice(from)).join('')
}

/** Which half of a character is escaped there, if any. */
const halfAt = (json: string, at: number): 'first' | 'second' | undefined => {
  if (!json.startsWith('\\u', at)) return undefined
  const unit = Number.parseInt(json.slice(at + 2, at + 6), 16)
  if (!(unit >= 0xd800 && unit <= 0xdfff)) return undefined
  return unit < 0xdc00 ? 'first' : 'second'
}

/** More members than any list or map of a payload has: GitHub's longest are the 2048 commits of a push. */
const MAX_MEMBERS = 5_000

/** Whether a list or a map is short enough to be looked at: each member that is wrong would be told of. */
export const isShort = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length <= MAX_MEMBERS

/** What `checked` needs of a schema, so that the domain knows no schema library. */
interface Schema<T> {
  readonly safeParse: (value: unknown) =>
    | { readonly success: true; readonly data: T }
    | {
        readonly success: false
        readonly error: { readonly issues: readonly { readonly path: readonly PropertyKey[] }[] }
      }
}

/**
 * A value of the schema's type.
 *
 * @throws MalformedField naming the first field that is wrong
 */
export const checked = <T>(schema: Schema<T>, value: unknown): T => {
  const outcome = schema.safeParse(value)
  if (outcome.success) return outcome.data
  throw new MalformedField(nameOf(outcome.error.issues[0]?.path ?? []), 'is missing or of the wrong type')
}

/** As far as it is made of names: in a map of a payload's own, such as a run's parameters, a name may be anything. */
const nameOf = (path: readonly PropertyKey[]): string => {
  const names = path.map(String)
  const odd = names.findIndex((name) => !/^[\w.-]{1,40}$/.test(name))
  return names.slice(0, odd === -1 ? undefined : odd).join('.') || 'body'
}
