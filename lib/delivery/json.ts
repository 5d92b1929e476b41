import { MalformedField } from './malformed.ts'

/**
 * Bytes as JSON. Half a character, which JSON can escape and neither a table nor a backend takes, becomes U+FFFD.
 *
 * @throws MalformedField when they are not UTF-8 or not JSON
 */
export const parseJson = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(wholeCharacters(new TextDecoder('utf-8', { fatal: true }).decode(bytes))) as unknown
  } catch {
    throw new MalformedField('body', 'is not JSON in UTF-8')
  }
}

/** A whole character of two escapes, half of one, or any other escape: an escaped backslash before a `u` begins none. */
const ESCAPES = /\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|(\\ud[89a-f][0-9a-f]{2})|\\./gis

const wholeCharacters = (json: string): string =>
  /\\ud[89a-f]/i.test(json)
    ? json.replace(ESCAPES, (escaped: string, half: string | undefined) => (half === undefined ? escaped : '\\ufffd'))
    : json

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
