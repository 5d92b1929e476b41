import type { Context, Summary } from '../../lib/delivery/context.ts'
import type { ContextStore } from '../../lib/record/ports.ts'

/** The port's contract in memory; passes the same suite as the real adapter. */
export const memoryStore = (): ContextStore & { readonly contexts: ReadonlyMap<string, Context> } => {
  const contexts = new Map<string, Context>()
  const claims = new Map<string, Map<string, Summary>>()
  return {
    contexts,
    read: async ({ keys, names }) => {
      await Promise.resolve()
      return {
        contexts: new Map(keys.flatMap((key) => entry(key, contexts.get(key)))),
        claims: new Map(
          names.flatMap((name) => entry(name, claims.has(name) ? [...(claims.get(name)?.values() ?? [])] : undefined)),
        ),
      }
    },
    write: async (context) => {
      await Promise.resolve()
      if ((contexts.get(context.key)?.version ?? 0) !== context.version) return 'lost'
      contexts.set(context.key, { ...context, version: context.version + 1 })
      return 'written'
    },
    register: async (registered) => {
      await Promise.resolve()
      for (const { name, by } of registered) claims.set(name, new Map(claims.get(name)).set(by.key, by))
    },
  }
}

const entry = <T>(id: string, value: T | undefined): [string, T][] => (value === undefined ? [] : [[id, value]])
