import type { ActivityKey } from '../delivery/activity.ts'
import type { Context } from '../delivery/context.ts'
import { type Decision, decide, type Known, placeAfter, reconsider, watchedFirst } from '../delivery/decide.ts'
import type { DeliveryEvent } from '../delivery/event.ts'
import { because } from '../delivery/explain.ts'
import { isEqual } from '../delivery/identity.ts'
import { type MainlineEntry, type Placed, placeOf } from '../delivery/mainline.ts'
import { begin } from './begin.ts'
import { type Read, readFor, readWatching } from './known.ts'
import { readBefore } from './mainline.ts'
import { type ContextStore, StoreUnavailable } from './ports.ts'
import { enter, isSame, tellingOf, tellMainline, type Written, writeDecision, writtenOf } from './write-decision.ts'

/** Waits before the given try, from 1, at a write that was lost; grows and varies so that rivals come apart. */
export type Pause = (attempt: number) => Promise<void>

/** Rivals come apart within a few tries; this many means that something is wrong. */
export const MAX_ATTEMPTS = 60

export interface WriteDependencies {
  readonly store: ContextStore
  readonly pause: Pause
}

/**
 * Brings one activity's context up to date: with an event, or, without one, with what has become known of others.
 * Undefined when there is neither an event nor a context.
 *
 * What others have to find of it, its names and its place in a mainline, is written before what others have written is
 * read; so of two activities that come to be known at the same time the second always finds the first.
 *
 * @throws StoreUnavailable
 */
export const writeActivity = async (
  key: ActivityKey,
  event: DeliveryEvent | undefined,
  dependencies: WriteDependencies,
): Promise<Written | undefined> => {
  const { store, pause } = dependencies
  const entered: Placed[] = []
  // An event that is likely to be the first of its activity.
  const beginning = event?.stage === 'started' ? event : undefined
  const begun = beginning === undefined ? undefined : await begin(beginning, store)
  if (begun?.kind === 'written') return begun.written
  const first = begun === undefined ? 0 : 1
  for (let attempt = first; attempt < MAX_ATTEMPTS; attempt += 1) {
    if (attempt > first) await pause(attempt)
    const read =
      attempt === 0 && beginning !== undefined
        ? await readWatching(store, beginning, watchedFirst(beginning))
        : await readFor(store, key, event)
    if (read.event === undefined && read.context === undefined) {
      // Its first write is under way, with what was known before: that one is to be lost, and tried again.
      if ((await store.touch(key)) === 'there') continue
      return undefined
    }
    const mainline = await enterDeploy(read, entered, store)
    const decision = await decideWatching(read, mainline, store)
    const telling = tellingOf(decision, read, attempt)
    const outcome = await writeDecision(decision, telling, entered, store)
    if (outcome.kind === 'lost') continue
    const affected = await tellMainline(decision, telling, entered, store)
    const others = [...outcome.watchers, ...affected].filter((other) => other !== decision.context.key)
    return {
      ...writtenOf(decision, outcome.kind),
      affected: [...new Set(isToBeChecked(decision, read) ? [decision.context.key, ...others] : others)],
      lostRaces: attempt - first,
      because: because(decision.attempts, decision.context.parent),
    }
  }
  throw new StoreUnavailable('the activity is being written to by too many others', undefined)
}

/**
 * Whether an activity has to be considered again itself. Who has told it of a change while it began to look for more than
 * is stored of it has found nothing to change.
 */
const isToBeChecked = (
  { watch, changed, context, place, formerPlace }: Decision,
  { event, context: before }: Read,
): boolean => {
  if (before === undefined || !changed) return false
  if (watch.length > 0) return true
  return (
    event !== undefined && (!hasSameRelations(context, before) || (place !== undefined && !isSame(place, formerPlace)))
  )
}

const hasSameRelations = (a: Context, b: Context): boolean =>
  isEqual([a.parent, a.links, a.queuedMillis], [b.parent, b.links, b.queuedMillis])

/** A deploy takes its place in the mainline, and only then reads what stands before it. */
const enterDeploy = async (
  { event, context, version }: Read,
  entered: Placed[],
  store: ContextStore,
): Promise<readonly MainlineEntry[]> => {
  const place = placeAfter(context, event)
  if (place?.entry.kind !== 'deployment') return []
  const stored = context === undefined ? undefined : placeOf(context)
  // What stands there already is no newer than it was: a rival may be about to write something newer.
  if (event !== undefined) await enter(place, isSame(place, stored) ? version : version + 1, entered, store)
  return readBefore(store, place.repository, place.entry)
}

/** Decides; where names have to be watched, they are, and it is decided again with whoever has claimed them meanwhile. */
const decideWatching = async (
  read: Read,
  mainline: readonly MainlineEntry[],
  store: ContextStore,
): Promise<Decision> => {
  const { event, context, version, names, watched = [] } = read
  const decideWith = (known: Known): Decision => {
    const decision = event === undefined && context !== undefined ? reconsider(context, known) : undefined
    if (decision !== undefined) return decision
    if (event === undefined) throw new Error('nothing to decide')
    const first = decide(context, known, event)
    return context === undefined ? { ...first, context: { ...first.context, version } } : first
  }
  const decision = decideWith({ names, mainline })
  const watch = decision.watch.filter((name) => !watched.includes(name))
  if (watch.length === 0) return decision
  const claims = await store.watch(decision.context.key, watch)
  return decideWith({ names: new Map([...names, ...claims]), mainline })
}
