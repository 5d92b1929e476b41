/** What a payload is made of. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }
export type JsonObject = { readonly [name: string]: Json }

/** `{ hooks_url: '<base>/hooks' }`: GitHub's payloads are full of addresses that follow from one. */
export const addresses = (base: string, tails: Readonly<Record<string, string>>): JsonObject =>
  Object.fromEntries(Object.entries(tails).map(([name, tail]) => [name, `${base}${tail}`]))
