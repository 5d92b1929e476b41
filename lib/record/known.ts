import type { Context } from '../delivery/context.ts'
import type { DeliveryEvent } from '../delivery/event.ts'
import type { Known } from '../delivery/parents.ts'
import { type Name, nameOf, type Reference } from '../delivery/reference.ts'
import type { ContextStore } from './ports.ts'

/**
 * Reads an activity's context and all that its references may find, in one request; in a second one what only the
 * stored context refers to, since a run's end no longer says what its start has said.
 */
export const readFor = async (
  store: ContextStore,
  key: string,
  event: DeliveryEvent | undefined,
): Promise<{ context: Context | undefined; known: Known }> => {
  const names = namesIn(Object.values(event?.references ?? {}).flat())
  const { context, claims } = await store.read(key, names)
  const stored = Object.values(context?.facts.references ?? {}).flatMap((stamped) => stamped?.value ?? [])
  const missing = namesIn(stored).filter((name) => !names.includes(name))
  const more = missing.length === 0 ? [] : await store.readClaims(missing)
  return { context, known: new Map([...claims, ...more]) }
}

const namesIn = (references: readonly (Reference | undefined)[]): readonly Name[] => [
  ...new Set(references.flatMap((reference) => (reference === undefined ? [] : [nameOf(reference)]))),
]
