import type { ActivityKey } from './activity.ts'
import {
  byTime,
  type DeploymentEntry,
  deploysBefore,
  type LandingEntry,
  landedIn,
  type MainlineEntry,
  positionIn,
} from './mainline.ts'

/**
 * The deploys that an entry, where it is new, has changed or is gone, may make bring something else.
 *
 * @param later the entries from {@link TOLD_APART_MILLIS} before it on, in any order
 */
export const affectedBy = (entry: MainlineEntry, later: readonly MainlineEntry[]): readonly ActivityKey[] => {
  const landings = [...later, entry].filter((other) => other.kind === 'landing')
  const after = later
    .filter((other) => other.kind === 'deployment')
    .filter((other) => other.key !== entry.key && other.atMillis >= entry.atMillis)
    .sort(byTime)
  const placed = new Map(after.map((deploy) => [deploy.key, placeFor(landings, deploy)]))
  const lastMillis = (entry.sha === undefined ? undefined : landedIn(landings).get(entry.sha)?.last) ?? entry.atMillis
  const isAffected = (deploy: DeploymentEntry): boolean => {
    if (deploy.sha !== undefined && deploy.sha === entry.sha) return true
    const earlier = deploysBefore(deploy, after)
    if (entry.kind === 'deployment') {
      return deploy.environment === entry.environment && !earlier.some(({ key }) => placed.get(key) !== undefined)
    }
    const [previous] = earlier
    if (previous === undefined || previous.sha === entry.sha) return true
    // A commit goes back, or not, behind all that had landed when a deploy that names none began.
    if (previous.sha === undefined && deploy.sha !== undefined) return true
    // What is deployed after an older commit, or after one that may be older, brings the entry again.
    return (placed.get(previous.key) ?? 0) < lastMillis
  }
  return after.filter(isAffected).map(({ key }) => key)
}

/** Where a deploy stands for all that come after it; undefined where that is not told by these landings. */
const placeFor = (landings: readonly LandingEntry[], deploy: DeploymentEntry): number | undefined =>
  positionIn(landings.filter(({ atMillis }) => atMillis <= deploy.atMillis))(deploy)
