import type { ActivityKey } from '../delivery/activity.ts'
import type { Claim, Context } from '../delivery/context.ts'
import { claimsOf, type Decision, decide, type Known, placeAfter, reconsider } from '../delivery/decide.ts'
import type { DeliveryEvent } from '../delivery/event.ts'
import { because } from '../delivery/explain.ts'
import { isEqual } from '../delivery/identity.ts'
import { type MainlineEntry, type Placed, placeOf } from '../delivery/mainline.ts'
import { type Read, readFor, readWatching, refersToNothing } from './known.ts'
import { readAffected, readBefore } from './mainline.ts'
import { type ContextStore, StoreUnavailable } from './ports.ts'

/** Waits before the given try, from 1, at a write that was lost; grows and varies so that rivals come apart. */
export type Pause = (attempt: number) => Promise<void>

/** Rivals come apart within a few tries; this many means that something is wrong. */
export const MAX_ATTEMPTS = 60

export interface Written {
  /** As it is stored now. */
  readonly context: Context
  readonly due: Decision['due']
  /**
   * Who has to be considered again: who watches a name that the activity is now known by, or deploys what it has landed;
   * the activity itself, where somebody may have told it of a change meanwhile.
   */
  readonly affected: readonly ActivityKey[]
  readonly lostRaces: number
  /** One sentence: which parent and why, or why none. */
  readonly because: string
}

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
  const beginning = event?.stage === 'started' ? { event, guess: decide(undefined, NOTHING_KNOWN, event) } : undefined
  const begun = beginning === undefined ? undefined : await begin(beginning, store)
  if (begun?.kind === 'written') return begun.written
  const first = begun === undefined ? 0 : 1
  for (let attempt = first; attempt < MAX_ATTEMPTS; attempt += 1) {
    if (attempt > first) await pause(attempt)
    const read =
      attempt === 0 && beginning !== undefined
        ? await readWatching(store, beginning.event, beginning.guess.watch)
        : await readFor(store, key, event)
    if (read.event === undefined && read.context === undefined) {
      // Its first write is under way, with what was known before: that one is to be lost, and tried again.
      if ((await store.touch(key)) === 'there') continue
      return undefined
    }
    const mainline = await enterDeploy(read, entered, store)
    const decision = await decideWatching(read, mainline, store)
    const telling = tellingOf(decision, read, attempt)
    const outcome = await write(decision, telling, entered, store)
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

const NOTHING_KNOWN: Known = { names: new Map(), mainline: [] }

/** An event that is likely to be the first of its activity, and what it would make if nothing else were known. */
interface Beginning {
  readonly event: DeliveryEvent
  readonly guess: Decision
}

/**
 * Writes what refers to nothing before anything was read, as who has read too early to find anything would: where it is
 * known already, the write is lost. What was written under the new name of a renamed repository, which only the reading
 * tells, is taken back.
 *
 * @returns undefined where something has to be read first
 */
const begin = async (
  { event, guess }: Beginning,
  store: ContextStore,
): Promise<{ readonly kind: 'written'; readonly written: Written } | { readonly kind: 'lost' } | undefined> => {
  if (guess.place !== undefined || !refersToNothing(event)) return undefined
  const [read, outcome] = await Promise.all([readFor(store, event.key, event), write(guess, 'changes', [], store)])
  if (outcome.kind === 'lost') return outcome
  if (read.event !== event) {
    await store.takeBack(event.key)
    return { kind: 'lost' }
  }
  const written = {
    ...writtenOf(guess, 'written'),
    affected: outcome.watchers.filter((other) => other !== event.key),
    lostRaces: 0,
    because: because(guess.attempts, undefined),
  }
  return { kind: 'written', written }
}

const writtenOf = ({ context, due }: Decision, outcome: 'written' | 'unchanged'): Pick<Written, 'context' | 'due'> =>
  outcome === 'unchanged' ? { context, due: [] } : { context: { ...context, version: context.version + 1 }, due }

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

const enter = async (place: Placed, version: number, entered: Placed[], store: ContextStore): Promise<void> => {
  await store.enter(place, version)
  entered.push(place)
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

/**
 * What of an activity others have to be told: only what has changed, all of it, or nothing. Who has lost a race, and who
 * is told again what is written already, cannot know that all of it stands: a rival may have left something older there.
 */
type Telling = 'changes' | 'all' | 'nothing'

const tellingOf = ({ changed }: Decision, { event }: Read, attempt: number): Telling => {
  if (attempt === 0 && changed) return 'changes'
  return attempt > 0 || event !== undefined ? 'all' : 'nothing'
}

type Outcome =
  | { readonly kind: 'written' | 'unchanged'; readonly watchers: readonly ActivityKey[] }
  | { readonly kind: 'lost' }

const write = async (
  decision: Decision,
  telling: Telling,
  entered: Placed[],
  store: ContextStore,
): Promise<Outcome> => {
  const { context, changed, place } = decision
  const claims = telling === 'changes' ? decision.claims : claimsOf(context, undefined)
  const version = versionAfter(decision)
  const isLanding = place?.entry.kind === 'landing' && isToBeTold(decision, telling)
  const [watchers, outcome] = await Promise.all([
    telling === 'nothing' ? [] : store.register(claims.map((claim): Claim => ({ ...claim, version }))),
    changed ? store.write(context) : ('unchanged' as const),
    isLanding ? enter(place, version, entered, store) : undefined,
  ])
  return outcome === 'lost' ? { kind: 'lost' } : { kind: outcome, watchers }
}

const versionAfter = ({ context, changed }: Decision): number => (changed ? context.version + 1 : context.version)

/** Takes away where the activity stood before, and gives the deploys that look at the mainline anew. */
const tellMainline = async (
  decision: Decision,
  telling: Telling,
  entered: readonly Placed[],
  store: ContextStore,
): Promise<readonly ActivityKey[]> => {
  const { place, formerPlace } = decision
  const former = [...entered, ...(formerPlace === undefined ? [] : [formerPlace])].filter((old) => !isSame(old, place))
  const stale = former.filter((old) => !isSamePlace(old, place))
  await Promise.all(stale.map((old) => store.leave(old, versionAfter(decision))))
  const present = place !== undefined && isToBeTold(decision, telling) ? [place] : []
  return readAffected(store, [...present, ...former])
}

const isToBeTold = ({ place, formerPlace }: Decision, telling: Telling): boolean =>
  telling === 'all' || (telling === 'changes' && place !== undefined && !isSame(place, formerPlace))

const isSame = (a: Placed, b: Placed | undefined): boolean => isEqual(a, b)

const isSamePlace = (a: Placed, b: Placed | undefined): boolean =>
  a.repository === b?.repository && a.entry.atMillis === b.entry.atMillis
