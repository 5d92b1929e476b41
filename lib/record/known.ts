import { type Context, summaryOf } from '../delivery/context.ts'
import type { DeliveryEvent } from '../delivery/event.ts'
import type { Known } from '../delivery/parents.ts'
import type { Reference } from '../delivery/reference.ts'
import type { ContextStore, Found, Wanted } from './ports.ts'

/**
 * Reads an activity's context and all that its references may find, in one request; in a second one what only the
 * stored context refers to, since a run's end no longer says what its start has said.
 */
export const readFor = async (
  store: ContextStore,
  event: DeliveryEvent,
): Promise<{ context: Context | undefined; known: Known }> => {
  const first = wantedBy(Object.values(event.references).flat())
  const found = await store.read({ keys: [event.key, ...first.keys], names: first.names })
  const context = found.contexts.get(event.key)
  const stored = Object.values(context?.facts.references ?? {}).flatMap((stamped) => stamped?.value ?? [])
  const missing = without(wantedBy(stored), first)
  const more = missing.keys.length + missing.names.length === 0 ? undefined : await store.read(missing)
  return { context, known: knownOf(more === undefined ? [found] : [found, more]) }
}

const wantedBy = (references: readonly (Reference | undefined)[]): Wanted => {
  const keys = references.flatMap((reference) => (reference?.kind === 'activity' ? [reference.key] : []))
  const names = references.flatMap((reference) => (reference?.kind === 'name' ? [reference.name] : []))
  return { keys: [...new Set(keys)], names: [...new Set(names)] }
}

const without = (wanted: Wanted, had: Wanted): Wanted => ({
  keys: wanted.keys.filter((key) => !had.keys.includes(key)),
  names: wanted.names.filter((name) => !had.names.includes(name)),
})

const knownOf = (found: readonly Found[]): Known => ({
  byKey: new Map(
    found.flatMap(({ contexts }) => [...contexts.values()].map((context) => [context.key, summaryOf(context)])),
  ),
  byName: new Map(found.flatMap(({ claims }) => [...claims])),
})
