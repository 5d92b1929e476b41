import type { ActivityKey } from '../../lib/delivery/activity.ts'
import type { Context, Summary } from '../../lib/delivery/context.ts'
import type { Name } from '../../lib/delivery/reference.ts'
import type { ContextStore, Found } from '../../lib/record/ports.ts'

/** The port's contract in memory; passes the same suite as the real adapter. */
export const memoryStore = (): ContextStore & { readonly contexts: ReadonlyMap<string, Context> } => {
  const contexts = new Map<ActivityKey, Context>()
  const claims = new Map<Name, Map<ActivityKey, Summary>>()
  const watchers = new Map<Name, Set<ActivityKey>>()

  const readClaims = async (names: readonly Name[]): Promise<Found['claims']> => {
    await Promise.resolve()
    return new Map(
      names.flatMap((name) => {
        const of = claims.get(name)
        return of === undefined ? [] : [[name, [...of.values()]] as const]
      }),
    )
  }
  return {
    contexts,
    readClaims,
    read: async (key, names) => ({ context: contexts.get(key), claims: await readClaims(names) }),
    write: async (context) => {
      await Promise.resolve()
      if ((contexts.get(context.key)?.version ?? 0) !== context.version) return 'lost'
      contexts.set(context.key, { ...context, version: context.version + 1 })
      return 'written'
    },
    register: async (registered) => {
      await Promise.resolve()
      for (const { name, by } of registered) claims.set(name, new Map(claims.get(name)).set(by.key, by))
      const own = new Set(registered.map(({ by }) => by.key))
      const watching = new Set(registered.flatMap(({ name }) => [...(watchers.get(name) ?? [])]))
      return [...watching].filter((key) => !own.has(key))
    },
    watch: async (watcher, names) => {
      for (const name of names) watchers.set(name, new Set(watchers.get(name)).add(watcher))
      return readClaims(names)
    },
  }
}
