import type { ActivityKey } from '../delivery/activity.ts'
import type { Claim, Context } from '../delivery/context.ts'
import { claimsOf, type Decision } from '../delivery/decide.ts'
import { isEqual } from '../delivery/identity.ts'
import type { Placed } from '../delivery/mainline.ts'
import type { Read } from './known.ts'
import { readAffected } from './mainline.ts'
import type { Part } from './part.ts'
import type { ContextStore } from './ports.ts'

/** What has become of one activity by one report, or by what has become known of others. */
export interface Written {
  /** As it is stored now, or is to be stored. */
  readonly context: Context
  readonly spans: Decision['spans']
  /** What is to be sent. */
  readonly due: Decision['due']
  /** That it is to be written once that is out, by whom the lease is held; nobody else sends anything of it. */
  readonly isUnwritten: boolean
  /**
   * Who has to be considered again: who watches a name that the activity is now known by, or deploys what it has landed;
   * the activity itself, where somebody may have told it of a change meanwhile.
   */
  readonly affected: readonly ActivityKey[]
  readonly lostRaces: number
  /** One sentence: which parent and why, or why none. */
  readonly because: string
}

export const writtenOf = (
  { context, spans, due }: Decision,
  { kind }: Part,
): Pick<Written, 'context' | 'spans' | 'due' | 'isUnwritten'> => ({
  context: kind === 'write' || kind === 'leave' ? { ...context, version: context.version + 1 } : context,
  spans,
  due: kind === 'write' || kind === 'send' ? due : [],
  isUnwritten: kind === 'send',
})

/**
 * Where one invocation has put activities in a mainline, in whatever way it has come to each of them: what it puts elsewhere
 * later is not to stay there.
 */
export interface Entering {
  readonly enter: (place: Placed, version: number) => Promise<void>
  readonly entered: (key: ActivityKey) => readonly Placed[]
}

export const entering = (store: ContextStore): Entering => {
  const places: Placed[] = []
  return {
    enter: async (place, version) => {
      await store.enter(place, version)
      if (!places.some((other) => isSame(other, place))) places.push(place)
    },
    entered: (key) => places.filter(({ entry }) => entry.key === key),
  }
}

/**
 * What of an activity others have to be told: only what has changed, all of it, or nothing. Who has lost a race, and who
 * is told again what is written already, cannot know that all of it stands: a rival may have left something older there.
 */
export type Telling = 'changes' | 'all' | 'nothing'

export const tellingOf = ({ changed }: Decision, { event }: Read, attempt: number): Telling => {
  if (attempt === 0 && changed) return 'changes'
  return attempt > 0 || event !== undefined ? 'all' : 'nothing'
}

/**
 * Writes what was decided, where that is to be done now, and at the same time tells others the names that it goes by and where
 * it has landed.
 *
 * @returns who watches those names
 */
export const writeDecision = async (
  decision: Decision,
  part: Part,
  telling: Telling,
  { enter }: Entering,
  store: ContextStore,
): Promise<readonly ActivityKey[] | 'lost'> => {
  const { context, place } = decision
  const claims = telling === 'changes' ? decision.claims : claimsOf(context, undefined)
  const version = versionAfter(decision, part)
  const isLanding = place?.entry.kind === 'landing' && isToBeTold(decision, telling)
  const [watchers, outcome] = await Promise.all([
    telling === 'nothing' || claims.length === 0
      ? []
      : store.register(claims.map((claim): Claim => ({ ...claim, version }))),
    write(context, part, store),
    isLanding ? enter(place, version) : undefined,
  ])
  return outcome === 'lost' ? 'lost' : watchers
}

const write = async (context: Context, part: Part, store: ContextStore): Promise<'written' | 'lost' | undefined> => {
  if (part.kind === 'write') return store.write(context)
  return part.kind === 'leave' ? store.write({ ...context, emissions: part.emissions }, part.lease) : undefined
}

const versionAfter = ({ context }: Decision, { kind }: Part): number => context.version + Number(kind !== 'nothing')

/** Takes away where the activity stood before, and gives the deploys that look at the mainline anew. */
export const tellMainline = async (
  decision: Decision,
  part: Part,
  telling: Telling,
  { entered }: Entering,
  store: ContextStore,
): Promise<readonly ActivityKey[]> => {
  const { place, formerPlace, context } = decision
  const stood = [...entered(context.key), ...(formerPlace === undefined ? [] : [formerPlace])]
  const former = stood.filter(
    (old, index) => !isSame(old, place) && stood.findIndex((one) => isSame(one, old)) === index,
  )
  const stale = former.filter((old) => !isSamePlace(old, place))
  await Promise.all(stale.map((old) => store.leave(old, versionAfter(decision, part))))
  const present = place !== undefined && isToBeTold(decision, telling) ? [place] : []
  return readAffected(store, [...present, ...former])
}

const isToBeTold = ({ place, formerPlace }: Decision, telling: Telling): boolean =>
  telling === 'all' || (telling === 'changes' && place !== undefined && !isSame(place, formerPlace))

export const isSame = (a: Placed, b: Placed | undefined): boolean => isEqual(a, b)

const isSamePlace = (a: Placed, b: Placed | undefined): boolean =>
  a.repository === b?.repository && a.entry.atMillis === b.entry.atMillis
