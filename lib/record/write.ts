import type { ActivityKey } from '../delivery/activity.ts'
import type { Context, Emission, Facts } from '../delivery/context.ts'
import { type Decision, decideFacts, factsAfter, type Known, placeAfter, watchedFirst } from '../delivery/decide.ts'
import type { DeliveryEvent } from '../delivery/event.ts'
import { because } from '../delivery/explain.ts'
import { isEqual } from '../delivery/identity.ts'
import type { MainlineEntry } from '../delivery/mainline.ts'
import { placeOf } from '../delivery/place.ts'
import { isSameEmission, withSent } from '../delivery/settle.ts'
import { begin } from './begin.ts'
import { type Read, readFor, readTelling, readWatching, toldIn } from './known.ts'
import { readBefore } from './mainline.ts'
import { isLikelyToBeDue, leaseOf, leftToHolder, partOf } from './part.ts'
import { type ContextStore, StoreUnavailable } from './ports.ts'
import {
  type Entering,
  isSame,
  tellingOf,
  tellMainline,
  type Written,
  writeDecision,
  writtenOf,
} from './write-decision.ts'

/** Waits before the given try, from 1, at a write that was lost; grows and varies so that rivals come apart. */
export type Pause = (attempt: number) => Promise<void>

/** Rivals come apart within a few tries; this many means that something is wrong. */
export const MAX_ATTEMPTS = 60

/** What it takes to write what others may write at the same time. */
export interface RivalDependencies {
  readonly store: ContextStore
  readonly pause: Pause
}

export interface WriteDependencies extends RivalDependencies {
  /** Who writes, among all who may at the same time. */
  readonly holder: string
  readonly entering: Entering
}

/**
 * Brings one activity's context up to date: with an event, or, without one, with what has become known of others.
 * Undefined when there is neither an event nor a context.
 *
 * What others have to find of it, its names and its place in a mainline, is written before what others have written is
 * read; so of two activities that come to be known at the same time the second always finds the first.
 *
 * What is likely to have a span fall due is told to the store before anything is read. Who has got the lease by that
 * leaves the context unwritten until the span is out; who has not leaves all to the one who has.
 *
 * @param sent the emissions with what the backend has said of them, of a context that could not be written once its spans were
 * out, since somebody else has written or told more meanwhile
 * @throws StoreUnavailable
 */
export const writeActivity = async (
  key: ActivityKey,
  event: DeliveryEvent | undefined,
  dependencies: WriteDependencies,
  sent?: readonly Emission[],
): Promise<Written | undefined> => {
  const { store, pause, holder, entering } = dependencies
  const told = isLikelyToBeDue(event) ? await readTelling(store, event, holder) : undefined
  if (told !== undefined && leaseOf(told, holder) === 'another') return leftToHolder(told)
  const begun = isBeginning(event) ? await begin(event, entering, store) : undefined
  if (begun?.kind === 'written') return begun.written
  const first = begun === undefined && sent === undefined ? 0 : 1
  for (let attempt = first; attempt < MAX_ATTEMPTS; attempt += 1) {
    if (attempt > first) await pause(attempt)
    const read = attempt === 0 ? (told ?? (await readFirst(store, key, event))) : await readFor(store, key, event)
    if (read.event === undefined && read.context === undefined && read.told.length === 0) {
      // Its first write is under way, with what was known before: that one is to be lost, and tried again.
      if ((await store.touch(key)) === 'there') continue
      return undefined
    }
    const facts = factsAfter(read.context, toldIn(read))
    const mainline = await enterDeploy(read, facts, dependencies)
    const decision = await decideWatching(read, facts, mainline, dependencies, sent ?? [])
    const isTold = read === told
    const part = partOf(decision, read, holder, isTold)
    const telling = tellingOf(decision, read, attempt)
    const watchers = await writeDecision(decision, part, telling, entering, store)
    if (watchers === 'lost') continue
    const affected = await tellMainline(decision, part, telling, entering, store)
    const own = decision.context.key
    const others = [...watchers, ...affected].filter((other) => other !== own)
    return {
      ...writtenOf(decision, part),
      // What was told before it was read for, whoever considers it sees as well.
      affected: [...new Set(!isTold && isToBeChecked(decision, read) ? [own, ...others] : others)],
      lostRaces: attempt - first,
      because: because(decision.attempts, decision.context.parent),
    }
  }
  throw new StoreUnavailable('the activity is being written to by too many others', undefined)
}

/** Whether an event is likely to be the first of its activity. */
const isBeginning = (event: DeliveryEvent | undefined): event is DeliveryEvent => event?.stage === 'started'

const readFirst = (store: ContextStore, key: ActivityKey, event: DeliveryEvent | undefined): Promise<Read> =>
  isBeginning(event) ? readWatching(store, event, watchedFirst(event)) : readFor(store, key, event)

/**
 * Whether an activity has to be considered again itself. Who has told it of a change while it began to look for more than
 * is stored of it has found nothing to change.
 */
const isToBeChecked = ({ watch, changed, context, place, formerPlace }: Decision, read: Read): boolean => {
  const { context: before } = read
  if (before === undefined || !changed) return false
  if (watch.length > 0) return true
  return (
    toldIn(read).length > 0 &&
    (!hasSameRelations(context, before) || (place !== undefined && !isSame(place, formerPlace)))
  )
}

const hasSameRelations = (a: Context, b: Context): boolean =>
  isEqual([a.parent, a.links, a.queuedMillis], [b.parent, b.links, b.queuedMillis])

/** A deploy takes its place in the mainline, and only then reads what stands before it. */
const enterDeploy = async (
  read: Read,
  facts: Facts,
  { store, entering }: WriteDependencies,
): Promise<readonly MainlineEntry[]> => {
  const { key, context, version } = read
  const place = placeAfter(key, context, facts)
  if (place?.entry.kind !== 'deployment') return []
  const stored = context === undefined ? undefined : placeOf(context)
  // What this invocation has put there may have replaced what somebody else had written by then.
  const isReplaced = entering.entered(key).some((old) => !isSame(old, place))
  // What stands there already is no newer than it was: a rival may be about to write something newer.
  if (toldIn(read).length > 0 || isReplaced) await entering.enter(place, isSame(place, stored) ? version : version + 1)
  return readBefore(store, place.repository, place.entry)
}

/** Decides; where names have to be watched, they are, and it is decided again with whoever has claimed them meanwhile. */
const decideWatching = async (
  read: Read,
  facts: Facts,
  mainline: readonly MainlineEntry[],
  { store, holder }: WriteDependencies,
  sent: readonly Emission[],
): Promise<Decision> => {
  const { key, context, version, names, watched = [] } = read
  const emissions = emissionsIn(read, sent, holder)
  const decideWith = (known: Known): Decision => {
    const decision = decideFacts(key, context, facts, known, emissions)
    return { ...decision, context: { ...decision.context, version } }
  }
  const decision = decideWith({ names, mainline })
  const watch = decision.watch.filter((name) => !watched.includes(name))
  if (watch.length === 0) return decision
  const claims = await store.watch(key, watch)
  return decideWith({ names: new Map([...names, ...claims]), mainline })
}

/** With what has gone out meanwhile. Once the lease is over another may have sent something else: that stands then. */
const emissionsIn = (read: Read, sent: readonly Emission[], holder: string): readonly Emission[] => {
  const stored = read.context?.emissions ?? []
  if (leaseOf(read, holder) === 'own') return withSent(stored, sent)
  return stored.map((emission) => sent.find((other) => isSameEmission(other, emission)) ?? emission)
}
