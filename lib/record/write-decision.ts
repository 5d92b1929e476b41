import type { ActivityKey } from '../delivery/activity.ts'
import type { Claim, Context } from '../delivery/context.ts'
import { claimsOf, type Decision } from '../delivery/decide.ts'
import { isEqual } from '../delivery/identity.ts'
import type { Placed } from '../delivery/mainline.ts'
import type { Read } from './known.ts'
import { readAffected } from './mainline.ts'
import type { ContextStore } from './ports.ts'

/** What has become of one activity by one report, or by what has become known of others. */
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

export const writtenOf = (
  { context, due }: Decision,
  outcome: 'written' | 'unchanged',
): Pick<Written, 'context' | 'due'> =>
  outcome === 'unchanged' ? { context, due: [] } : { context: { ...context, version: context.version + 1 }, due }

/**
 * What of an activity others have to be told: only what has changed, all of it, or nothing. Who has lost a race, and who
 * is told again what is written already, cannot know that all of it stands: a rival may have left something older there.
 */
export type Telling = 'changes' | 'all' | 'nothing'

export const tellingOf = ({ changed }: Decision, { event }: Read, attempt: number): Telling => {
  if (attempt === 0 && changed) return 'changes'
  return attempt > 0 || event !== undefined ? 'all' : 'nothing'
}

type Outcome =
  | { readonly kind: 'written' | 'unchanged'; readonly watchers: readonly ActivityKey[] }
  | { readonly kind: 'lost' }

/** Writes what was decided and, at the same time, tells others the names that it goes by and where it has landed. */
export const writeDecision = async (
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
export const tellMainline = async (
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

export const isSame = (a: Placed, b: Placed | undefined): boolean => isEqual(a, b)

const isSamePlace = (a: Placed, b: Placed | undefined): boolean =>
  a.repository === b?.repository && a.entry.atMillis === b.entry.atMillis

export const enter = async (place: Placed, version: number, entered: Placed[], store: ContextStore): Promise<void> => {
  await store.enter(place, version)
  entered.push(place)
}
