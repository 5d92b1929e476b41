import type { ActivityKey } from '../delivery/activity.ts'
import { bytesOf, LIMITS } from '../delivery/bounds.ts'
import type { Context, Facts } from '../delivery/context.ts'
import { factsAfter, type Known, placeAfter } from '../delivery/decide.ts'
import type { DeliveryEvent } from '../delivery/event.ts'
import { factsOf } from '../delivery/join.ts'
import type { KnownNames } from '../delivery/parents.ts'
import { type Name, nameOf, type Reference } from '../delivery/reference.ts'
import { formerNames, relocate } from '../delivery/relocate.ts'
import { readBefore } from './mainline.ts'
import type { ContextStore, Stored } from './ports.ts'

/** What is read before a decision; `event` bears the names by which its repositories were first known. */
export interface Read extends Stored {
  /** Of the event, where there is one. */
  readonly key: ActivityKey
  readonly event: DeliveryEvent | undefined
  readonly names: KnownNames
  /** The names that are watched already. */
  readonly watched?: readonly Name[]
}

/** What is to be decided with what is written. */
export const toldIn = ({ told, event }: Read): readonly Facts[] =>
  event === undefined ? told : [...told, factsOf(event)]

/**
 * All that a decision on an event would be made with; for who wants to know without recording it.
 *
 * @throws StoreUnavailable
 */
export const readKnown = async (
  store: ContextStore,
  event: DeliveryEvent,
): Promise<{ readonly event: DeliveryEvent; readonly context: Context | undefined; readonly known: Known }> => {
  const { event: relocated = event, context, names } = await readFor(store, event.key, event)
  const place = placeAfter(relocated.key, context, factsAfter(context, [factsOf(relocated)]))
  const mainline = place?.entry.kind === 'deployment' ? await readBefore(store, place.repository, place.entry) : []
  return { event: relocated, context, known: { names, mainline } }
}

/** How often a repository may have been renamed. */
const MAX_RENAMES = 10

/**
 * Reads an activity's context and all that its references may find, in one request; in a second one what only the
 * stored context refers to, since a run's end no longer says what its start has said.
 *
 * @param key the activity's, where there is no event
 */
export const readFor = async (
  store: ContextStore,
  key: ActivityKey,
  event: DeliveryEvent | undefined,
): Promise<Read> => {
  if (event === undefined) return readStored(store, key, undefined, new Map())
  let current = event
  let names: KnownNames = new Map()
  for (let renames = 0; renames < MAX_RENAMES; renames += 1) {
    const wanted = namesOf(current)
    const found = await store.read(current.key, wanted)
    names = new Map([...names, ...found.claims])
    const moved = relocate(current, names)
    if (moved === current) return complete(store, { key: current.key, event: current, ...found, names }, wanted)
    current = moved
  }
  return readStored(store, current.key, current, names)
}

/**
 * The same for an event that is likely to be the first of its activity: what it refers to is watched at once, which it would
 * be next, and which gives who has claimed it as well.
 */
export const readWatching = async (
  store: ContextStore,
  event: DeliveryEvent,
  watch: readonly Name[],
): Promise<Read> => {
  const wanted = namesOf(event)
  const [found, claims] = await Promise.all([
    store.read(
      event.key,
      wanted.filter((name) => !watch.includes(name)),
    ),
    store.watch(event.key, watch),
  ])
  const names = new Map([...found.claims, ...claims])
  if (relocate(event, names) !== event) return readFor(store, event.key, event)
  return complete(store, { key: event.key, event, ...found, names, watched: watch }, wanted)
}

/**
 * The same for an event that is likely to have a span fall due: it is told to the store at once, which gives what is there;
 * whoever has the lease then is to write it.
 *
 * @returns undefined where the event was not kept, and has to be read for as any other
 */
export const readTelling = async (
  store: ContextStore,
  event: DeliveryEvent,
  holder: string,
): Promise<Read | undefined> => {
  const wanted = namesOf(event)
  const [stored, names] = await Promise.all([store.tell(event.key, factsOf(event), holder), store.readClaims(wanted)])
  if (stored === 'full') return undefined
  if (relocate(event, names) === event) return complete(store, { key: event.key, event, ...stored, names }, wanted)
  await untell(store, event.key, stored)
  return undefined
}

/** Takes back what was told under the new name of a renamed repository, which only the reading tells. */
const untell = async (store: ContextStore, key: ActivityKey, { context, version, told }: Stored): Promise<void> => {
  if (version === 1) await store.takeBack(key)
  else if (context !== undefined && told.length === 0) await store.write(context)
}

/** Whether an event refers to nothing that would have to be read before it can be decided. */
export const refersToNothing = (event: DeliveryEvent): boolean =>
  Object.values(event.references).every((references) => references.length === 0)

const readStored = async (
  store: ContextStore,
  key: ActivityKey,
  event: DeliveryEvent | undefined,
  names: KnownNames,
): Promise<Read> => {
  const wanted = event === undefined ? [] : namesOf(event)
  const found = await store.read(key, wanted)
  return complete(store, { key, event, ...found, names: new Map([...names, ...found.claims]) }, wanted)
}

const complete = async (store: ContextStore, read: Read, wanted: readonly Name[]): Promise<Read> => {
  const facts = read.context === undefined ? read.told : [read.context.facts, ...read.told]
  const referred = facts.flatMap(({ references }) => Object.values(references).flatMap(({ value }) => value))
  const missing = [...new Set(referred.map(nameOf))].filter((name) => !wanted.includes(name))
  if (missing.length === 0) return read
  return { ...read, names: new Map([...read.names, ...(await store.readClaims(missing))]) }
}

const namesOf = (event: DeliveryEvent): readonly Name[] => {
  // What is kept of them: a name may be longer than a key of the table.
  const references: readonly Reference[] = Object.values(factsOf(event).references).flatMap(({ value }) => value)
  const former = formerNames(event).filter((name) => bytesOf(name) <= LIMITS.nameBytes)
  return [...new Set([...references.map(nameOf), ...former])]
}
