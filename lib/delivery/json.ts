import { MalformedField } from './malformed.ts'

/**
 * Bytes as JSON.
 *
 * @throws MalformedField when they are not UTF-8 or not JSON
 */
export const parseJson = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown
  } catch {
    throw new MalformedField('body', 'is not JSON in UTF-8')
  }
}

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
  const path = outcome.error.issues[0]?.path.map(String).join('.')
  throw new MalformedField(path === undefined || path === '' ? 'body' : path, 'is missing or of the wrong type')
}
