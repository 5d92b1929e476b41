import {
  byTime,
  type DeploymentEntry,
  deploysBefore,
  type LandingEntry,
  landedIn,
  type MainlineEntry,
  positionIn,
  TOLD_APART_MILLIS,
} from './mainline.ts'

/** What a deploy brings, by the mainline before it. */
export interface Cargo {
  /** The pull requests merged since the last successful deploy to the same environment, oldest first. */
  readonly carried: readonly LandingEntry[]
  /** Whether it puts an older revision in place of a newer one. */
  readonly rollback: boolean
}

/** Of a deploy that was long in coming; the newest are kept. */
const MAX_CARRIED = 100

/**
 * What a deploy brings. Its place in the mainline is that of its commit, or of its start where it names none; a deploy of
 * a commit that never came onto the default branch has none, and brings nothing but itself.
 *
 * @param mainline the entries before the deploy, in any order, its own among them or not
 */
export const cargoOf = (deploy: DeploymentEntry, mainline: readonly MainlineEntry[]): Cargo => {
  const landings = mainline.filter((entry) => entry.kind === 'landing')
  const position = positionIn(landings)
  const own = position(deploy)
  const earlier = deploysBefore(deploy, mainline)
  const previous = earlier.find((other) => position(other) !== undefined)
  const from = previous === undefined ? undefined : position(previous)
  const carried =
    own === undefined || from === undefined
      ? []
      : mergesIn(landings).filter(({ atMillis }) => atMillis > from && atMillis <= own)
  const isLast = previous !== undefined && previous === earlier[0]
  const rollback =
    isLast && own !== undefined && from !== undefined && deploy.sha !== undefined
      ? own < revisionOf(previous, from, landings)
      : isRepeated(deploy, earlier)
  return { carried: carried.slice(-MAX_CARRIED), rollback }
}

/** Where the revision stands that a deploy has put in place: without a commit, the last one that had landed when it began. */
const revisionOf = (deploy: DeploymentEntry, position: number, landings: readonly LandingEntry[]): number => {
  if (deploy.sha !== undefined) return position
  const firsts = [...landedIn(landings).values()].map(({ first }) => first)
  return firsts.filter((first) => first <= position).reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
}

/** Each commit of a pull request once, at the time at which it is first told to have landed, oldest first. */
const mergesIn = (landings: readonly LandingEntry[]): readonly LandingEntry[] => {
  const landed = landedIn(landings)
  const own = new Set(landings.map(({ key, sha }) => `${key} ${sha}`))
  return landings
    .filter(({ spanId, pull, sha }) => spanId !== undefined && (pull === undefined || !own.has(`${pull} ${sha}`)))
    .map((entry) => ({ ...entry, atMillis: landed.get(entry.sha)?.first ?? entry.atMillis }))
    .sort(byTime)
}

/** What is deployed once more after something else was in its place, whatever is known of the two commits. */
const isRepeated = ({ sha }: DeploymentEntry, earlier: readonly DeploymentEntry[]): boolean =>
  sha !== undefined &&
  earlier[0]?.sha !== undefined &&
  earlier[0].sha !== sha &&
  earlier.some((other) => other.sha === sha)

/** Whether what has been read of the mainline, newest first, tells all that {@link cargoOf} needs. */
export const isEnough = (deploy: DeploymentEntry, mainline: readonly MainlineEntry[]): boolean => {
  const position = positionIn(mainline.filter((entry) => entry.kind === 'landing'))
  const [previous] = deploysBefore(deploy, mainline)
  const from = previous === undefined ? undefined : position(previous)
  const oldest = Math.min(...mainline.map(({ atMillis }) => atMillis))
  return from !== undefined && oldest < from - TOLD_APART_MILLIS && position(deploy) !== undefined
}
