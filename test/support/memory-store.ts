import type { ActivityKey } from '../../lib/delivery/activity.ts'
import type { Claim, Context } from '../../lib/delivery/context.ts'
import type { MainlineEntry, Placed } from '../../lib/delivery/mainline.ts'
import type { Name } from '../../lib/delivery/reference.ts'
import type { ContextStore, Found } from '../../lib/record/ports.ts'

/** The port's contract in memory; passes the same suite as the real adapter. */
export const memoryStore = (): ContextStore & { readonly contexts: ReadonlyMap<string, Context> } => {
  const contexts = new Map<ActivityKey, Context>()
  const stubs = new Set<ActivityKey>()
  const claims = new Map<Name, Map<ActivityKey, Claim>>()
  const watchers = new Map<Name, Set<ActivityKey>>()
  const mainlines = new Map<string, Map<string, { readonly entry: MainlineEntry; readonly version: number }>>()
  const versionOf = (key: ActivityKey): number => contexts.get(key)?.version ?? Number(stubs.has(key))
  const placeKey = ({ atMillis, key }: MainlineEntry): string => `${String(atMillis).padStart(15, '0')}#${key}`

  const readClaims = async (names: readonly Name[]): Promise<Found['claims']> => {
    await Promise.resolve()
    return new Map(
      names.flatMap((name) => {
        const of = claims.get(name)
        return of === undefined ? [] : [[name, [...of.values()].map(({ by }) => by)] as const]
      }),
    )
  }
  return {
    contexts,
    readClaims,
    read: async (key, names) => ({
      context: contexts.get(key),
      version: versionOf(key),
      claims: await readClaims(names),
    }),
    write: async (context) => {
      await Promise.resolve()
      if (versionOf(context.key) !== context.version) return 'lost'
      contexts.set(context.key, { ...context, version: context.version + 1 })
      return 'written'
    },
    touch: async (key) => {
      await Promise.resolve()
      if (versionOf(key) > 0) return 'there'
      stubs.add(key)
      return 'touched'
    },
    register: async (registered) => {
      await Promise.resolve()
      const standing = registered.filter(({ name, by, version }) => {
        if ((claims.get(name)?.get(by.key)?.version ?? 0) > version) return false
        claims.set(name, new Map(claims.get(name)).set(by.key, { name, by, version }))
        return true
      })
      const own = new Set(registered.map(({ by }) => by.key))
      const watching = new Set(standing.flatMap(({ name }) => [...(watchers.get(name) ?? [])]))
      return [...watching].filter((key) => !own.has(key))
    },
    watch: async (watcher, names) => {
      for (const name of names) watchers.set(name, new Set(watchers.get(name)).add(watcher))
      return readClaims(names)
    },
    enter: async ({ repository, entry }: Placed, version) => {
      await Promise.resolve()
      const place = mainlines.get(repository)?.get(placeKey(entry))
      if ((place?.version ?? 0) > version) return
      mainlines.set(repository, new Map(mainlines.get(repository)).set(placeKey(entry), { entry, version }))
    },
    leave: async ({ repository, entry }: Placed, version) => {
      await Promise.resolve()
      const mainline = mainlines.get(repository)
      if ((mainline?.get(placeKey(entry))?.version ?? 0) <= version) mainline?.delete(placeKey(entry))
    },
    mainline: async ({ repository, direction, atMillis, after, limit }) => {
      await Promise.resolve()
      const sign = direction === 'back' ? -1 : 1
      const wanted = [...(mainlines.get(repository) ?? [])]
        .sort(([a], [b]) => (a < b ? -sign : sign))
        .filter(([, { entry }]) => (entry.atMillis - atMillis) * sign >= 0)
        .filter(
          ([place]) =>
            after === undefined || (direction === 'back' ? place < placeKey(after) : place > placeKey(after)),
        )
      return { entries: wanted.slice(0, limit).map(([, { entry }]) => entry), isLast: wanted.length <= limit }
    },
  }
}
