import { dueAtMillis } from '../../lib/delivery/abandoned.ts'
import type { ActivityKey } from '../../lib/delivery/activity.ts'
import type { Claim, Context, Facts } from '../../lib/delivery/context.ts'
import type { MainlineEntry, Placed } from '../../lib/delivery/mainline.ts'
import type { Name } from '../../lib/delivery/reference.ts'
import { heldEmissions, pendingEmissions } from '../../lib/delivery/settle.ts'
import type { ContextFeed, ContextStore, Due, Found, Lease, Stored } from '../../lib/record/ports.ts'

const MAX_TOLD = 16

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
        return due.dueMillis > untilMillis ? [] : [dueOf(key, due)]
      })
      .sort((a, b) => a.dueMillis - b.dueMillis)
  const contexts = new Map<ActivityKey, Context>()
  const writtenMillis = new Map<ActivityKey, number>()
  const versions = new Map<ActivityKey, number>()
  const tellings = new Map<ActivityKey, { readonly told: readonly Facts[]; readonly sinceMillis: number }>()
  const leases = new Map<ActivityKey, Lease>()
  const claims = new Map<Name, Map<ActivityKey, Claim>>()
  const watchers = new Map<Name, Set<ActivityKey>>()
  const mainlines = new Map<string, Map<string, { readonly entry: MainlineEntry; readonly version: number }>>()
  const versionOf = (key: ActivityKey): number => versions.get(key) ?? 0
  const setVersion = (key: ActivityKey, version: number): void => {
    versions.set(key, version)
    const context = contexts.get(key)
    if (context !== undefined) contexts.set(key, { ...context, version })
  }
  const dueOf = (key: ActivityKey, due: Pick<Due, 'dueMillis' | 'attempts'>): Due => ({
    key,
    context: contexts.get(key),
    version: versionOf(key),
    undecided: tellings.has(key) || leases.has(key),
    ...due,
  })
  const storedOf = (key: ActivityKey): Stored => {
    const lease = leases.get(key)
    return {
      context: contexts.get(key),
      version: versionOf(key),
      told: tellings.get(key)?.told ?? [],
      ...(lease !== undefined && lease.untilMillis > now() ? { lease } : {}),
    }
  }
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
  const write = async (context: Context, lease?: Lease): Promise<'written' | 'lost'> => {
    await Promise.resolve()
    const { key, version } = context
    if (versionOf(key) !== version) return 'lost'
    contexts.set(key, context)
    setVersion(key, version + 1)
    tellings.delete(key)
    if (lease === undefined) leases.delete(key)
    else leases.set(key, lease)
    writtenMillis.set(key, now())
    if (lease === undefined) setDue(context)
    else dues.set(key, { dueMillis: lease.untilMillis, attempts: 0 })
    return 'written'
  }
  return {
    contexts,
    feed,
    readClaims,
    read: async (key, names) => ({ ...storedOf(key), claims: await readClaims(names) }),
    tell: async (key, facts, holder) => {
      await Promise.resolve()
      const { told, sinceMillis } = tellings.get(key) ?? { told: [], sinceMillis: now() }
      if (told.length === MAX_TOLD) return 'full'
      const untilMillis = now() + 60_000
      tellings.set(key, { told: [...told, facts], sinceMillis })
      if (!leases.has(key)) leases.set(key, { holder, untilMillis })
      dues.set(key, { dueMillis: untilMillis, attempts: dues.get(key)?.attempts ?? 0 })
      setVersion(key, versionOf(key) + 1)
      return { ...storedOf(key), told }
    },
    write,
    writeEmissions: async (context) => {
      await Promise.resolve()
      if (!tellings.has(context.key) && !leases.has(context.key)) return write(context)
      if (versionOf(context.key) !== context.version) return 'lost'
      contexts.set(context.key, context)
      setVersion(context.key, context.version + 1)
      return 'written'
    },
    takeBack: async (key) => {
      await Promise.resolve()
      if (versionOf(key) !== 1) return
      for (const map of [contexts, versions, tellings, leases, dues]) map.delete(key)
    },
    touch: async (key) => {
      await Promise.resolve()
      if (versionOf(key) > 0) return 'there'
      versions.set(key, 1)
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
      const since = [
        ...[...contexts.values()]
          .filter(({ key }) => !tellings.has(key))
          .filter((context) => leases.has(context.key) || pendingEmissions(context).length > 0)
          .map(({ key }) => writtenMillis.get(key) ?? 0),
        ...[...tellings.values()].map(({ sinceMillis }) => sinceMillis),
      ]
      return { count: since.length, oldestMillis: since.length === 0 ? undefined : Math.min(...since) }
    },
    postpone: async ({ key, version, dueMillis }, untilMillis, attempts) => {
      await Promise.resolve()
      const isSame = dues.get(key)?.dueMillis === dueMillis && versionOf(key) === version
      if (!isSame) return 'lost'
      if (untilMillis === Number.POSITIVE_INFINITY) dues.delete(key)
      else dues.set(key, { dueMillis: untilMillis, attempts })
      return 'postponed'
    },
  }
}
