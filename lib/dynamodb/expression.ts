/** The names of an expression, `#name` for each attribute. */
export const namesOf = (attributes: readonly string[]): Record<string, string> =>
  Object.fromEntries(attributes.map((name) => [`#${name}`, name]))

/** The values of an expression, `:name` for each attribute. */
export const valuesOf = (attributes: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`:${name}`, value]))
