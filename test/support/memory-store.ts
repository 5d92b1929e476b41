import { dueAtMillis } from '../../lib/delivery/abandoned.ts'
import type { ActivityKey } from '../../lib/delivery/activity.ts'
import type { Claim, Context } from '../../lib/delivery/context.ts'
import type { MainlineEntry, Placed } from '../../lib/delivery/mainline.ts'
import type { Name } from '../../lib/delivery/reference.ts'
import { heldEmissions, pendingEmissions } from '../../lib/delivery/settle.ts'
import type { ContextFeed, ContextStore, Due, Found } from '../../lib/record/ports.ts'

/** The port's contract in memory; passes the same suite as the real adapter. */
export const memoryStore = (
  now: () => number = () => Date.now(),
): ContextStore & { readonly contexts: ReadonlyMap<string, Context>; readonly feed: ContextFeed } => {
  const dues = new Map<ActivityKey, { readonly dueMillis: number; readonly attempts: number }>()
  const setDue = (context: Context): void => {
    const pending = pendingEmissions(context).length > 0 ? now() + 60_000 : undefined
    const held = heldEmissions(context).length > 0 ? now() + 300_000 : undefined
    const dueMillis = pending ?? held ?? dueAtMillis(context)
    if (dueMillis === undefined) dues.delete(context.key)
    else dues.set(context.key, { dueMillis, attempts: 0 })
  }
  const dueNow = (untilMillis: number): readonly Due[] =>
    [...dues]
      .flatMap(([key, due]) => {
        const context = contexts.get(key)
        return context === undefined || due.dueMillis > untilMillis ? [] : [{ context, ...due }]
      })
      .sort((a, b) => a.dueMillis - b.dueMillis)
  const contexts = new Map<ActivityKey, Context>()
  const writtenMillis = new Map<ActivityKey, number>()
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
  const feed: ContextFeed = {
    changes: async function* (sinceMillis) {
      await Promise.resolve()
      yield [...contexts.values()]
        .map(({ key, version }) => ({ key, version, changedMillis: writtenMillis.get(key) ?? 0 }))
        .filter(({ changedMillis }) => changedMillis >= sinceMillis)
    },
    read: async (keys) => {
      await Promise.resolve()
      return keys.flatMap((key) => contexts.get(key) ?? [])
    },
  }
  const write = async (context: Context): Promise<'written' | 'lost'> => {
    await Promise.resolve()
    if (versionOf(context.key) !== context.version) return 'lost'
    contexts.set(context.key, { ...context, version: context.version + 1 })
    writtenMillis.set(context.key, now())
    setDue(context)
    return 'written'
  }
  return {
    contexts,
    feed,
    readClaims,
    read: async (key, names) => ({
      context: contexts.get(key),
      version: versionOf(key),
      claims: await readClaims(names),
    }),
    write,
    writeEmissions: (context) => write(context),
    takeBack: async (key) => {
      await Promise.resolve()
      if (contexts.get(key)?.version !== 1) return
      contexts.delete(key)
      dues.delete(key)
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
    due: async (untilMillis, limit) => {
      await Promise.resolve()
      return dueNow(untilMillis).slice(0, limit)
    },
    outbox: async () => {
      await Promise.resolve()
      const since = [...contexts.values()]
        .filter((context) => pendingEmissions(context).length > 0)
        .map(({ key }) => writtenMillis.get(key) ?? 0)
      return { count: since.length, oldestMillis: since.length === 0 ? undefined : Math.min(...since) }
    },
    postpone: async ({ context, dueMillis }, untilMillis, attempts) => {
      await Promise.resolve()
      const isSame = dues.get(context.key)?.dueMillis === dueMillis && versionOf(context.key) === context.version
      if (!isSame) return 'lost'
      if (untilMillis === Number.POSITIVE_INFINITY) dues.delete(context.key)
      else dues.set(context.key, { dueMillis: untilMillis, attempts })
      return 'postponed'
    },
  }
}
