/** What stands at a path in a JSON value; undefined where nothing does. */
export const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (found, name) => (typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined),
    value,
  )

export const text = (value: unknown): string => (value == null ? '' : String(value))

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
