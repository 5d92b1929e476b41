import type { ActivityKey } from './activity.ts'

/** That a commit came onto the default branch: by a merged pull request, whose span it names, or by a push. */
export interface LandingEntry {
  readonly kind: 'landing'
  readonly key: ActivityKey
  readonly atMillis: number
  readonly sha: string
  readonly traceId: string
  /** Of the pull request; absent where a push has brought it of which no pull request is known. */
  readonly spanId?: string
  /** Where a push tells it: the pull request that its commit belongs to. */
  readonly pull?: ActivityKey
}

/** That a revision was deployed to an environment; `atMillis` is the start. */
export interface DeploymentEntry {
  readonly kind: 'deployment'
  readonly key: ActivityKey
  readonly atMillis: number
  /** Empty where none is named: such deploys are taken to go to one place. */
  readonly environment: string
  readonly sha?: string
  readonly succeeded: boolean
}

export type MainlineEntry = LandingEntry | DeploymentEntry

/** An entry and the repository, `github.com/acme/shop`, in whose mainline it stands. */
export interface Placed {
  readonly repository: string
  readonly entry: MainlineEntry
}

/** How far apart the push and the merged pull request that have landed one commit may be told to have done so. */
export const TOLD_APART_MILLIS = 10 * 60_000

/** The earlier first. */
export const byTime = (a: MainlineEntry, b: MainlineEntry): number =>
  a.atMillis - b.atMillis || (a.key < b.key ? -1 : 1)

/**
 * Where a deploy stands: at the time at which its commit is first told to have landed, or at its start where it names
 * none. Undefined for a commit of which no landing is told.
 */
export const positionIn = (landings: readonly LandingEntry[]) => {
  const landed = landedIn(landings)
  return ({ sha, atMillis }: DeploymentEntry): number | undefined =>
    sha === undefined ? atMillis : landed.get(sha)?.first
}

/** When each commit is first and last told to have landed: a push and a merged pull request may both tell it. */
export const landedIn = (
  landings: readonly LandingEntry[],
): ReadonlyMap<string, { readonly first: number; readonly last: number }> => {
  const bySha = new Map<string, { readonly first: number; readonly last: number }>()
  for (const { sha, atMillis } of landings) {
    const { first, last } = bySha.get(sha) ?? { first: atMillis, last: atMillis }
    bySha.set(sha, { first: Math.min(first, atMillis), last: Math.max(last, atMillis) })
  }
  return bySha
}

/** The other successful deploys to the same environment that began before, the last of them first. */
export const deploysBefore = (
  deploy: DeploymentEntry,
  mainline: readonly MainlineEntry[],
): readonly DeploymentEntry[] =>
  mainline
    .filter((entry) => entry.kind === 'deployment')
    .filter(({ key, succeeded, environment }) => key !== deploy.key && succeeded && environment === deploy.environment)
    .filter((other) => byTime(other, deploy) < 0)
    .sort((a, b) => byTime(b, a))
