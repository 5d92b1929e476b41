import { type ActivityKey, kindOf, repository, repositoryPath } from './activity.ts'
import type { AttributeName, Attributes, AttributeValue } from './attributes.ts'
import { type Context, episodeAt, type Facts, openingsOf } from './context.ts'
import { finishedEpisodes } from './episodes.ts'
import type { Landing } from './event.ts'
import { spanIdOf } from './identity.ts'

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

/**
 * Where an activity stands in the mainline of its repository: the history of its default branch with what was deployed
 * of it. Undefined for what has not landed and is no deploy of a known repository.
 */
export const placeOf = (context: Pick<Context, 'key' | 'facts' | 'traceId' | 'parent'>): Placed | undefined => {
  const { key, facts } = context
  if (facts.landed !== undefined) {
    const path = /^[a-z_]+:([^#@]+)[#@]/.exec(key)?.[1]
    return path === undefined ? undefined : { repository: path, entry: landingOf(context, facts.landed) }
  }
  return facts.operation === 'deploy' ? deploymentPlace(key, facts) : undefined
}

const landingOf = (
  { key, facts, traceId, parent }: Pick<Context, 'key' | 'facts' | 'traceId' | 'parent'>,
  { sha, atMillis }: Landing,
): LandingEntry => {
  const entry = { kind: 'landing', key, atMillis, sha, traceId } as const
  if (kindOf(key) === 'pull_request') return { ...entry, spanId: spanIdOf(key, episodeAt(openingsOf(facts), atMillis)) }
  if (parent?.spanId === undefined || kindOf(parent.key) !== 'pull_request') return entry
  return { ...entry, spanId: parent.spanId, pull: parent.key }
}

const deploymentPlace = (key: ActivityKey, facts: Facts): Placed | undefined => {
  const value = (name: AttributeName): AttributeValue | undefined => facts.attributes[name]?.latest.value
  const path = repositoryPathOf(value)
  if (path === undefined) return undefined
  const sha = value('scm.head.sha')
  const environment = environmentOf(
    Object.fromEntries(
      Object.entries(facts.attributes).map(([name, history]) => [name, history?.latest.value]),
    ) as Attributes,
  )
  const entry: DeploymentEntry = {
    kind: 'deployment',
    key,
    atMillis: facts.opened.atMillis,
    environment: environment ?? '',
    ...(typeof sha === 'string' ? { sha: sha.toLowerCase() } : {}),
    succeeded: finishedEpisodes(facts).at(-1)?.ending.result === 'success',
  }
  return { repository: path, entry }
}

const repositoryPathOf = (value: (name: AttributeName) => AttributeValue | undefined): string | undefined => {
  const url = String(value('vcs.repository.url.full') ?? '')
  const [owner, name] = [value('vcs.owner.name'), value('vcs.repository.name')]
  if (!URL.canParse(url) || typeof owner !== 'string' || typeof name !== 'string') return undefined
  return repositoryPath(repository(new URL(url).host, owner, name))
}

/** Where a deploy goes: what the source says, or the job's parameter `environment` or `env`. */
export const environmentOf = (attributes: Attributes): string | undefined => {
  const environment =
    attributes['deployment.environment.name'] ??
    attributes['build.parameter.environment'] ??
    attributes['build.parameter.env']
  return environment === undefined ? undefined : String(environment)
}

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

/** How far apart the push and the merged pull request that have landed one commit may be told to have done so. */
export const TOLD_APART_MILLIS = 10 * 60_000

/** Whether what has been read of the mainline, newest first, tells all that {@link cargoOf} needs. */
export const isEnough = (deploy: DeploymentEntry, mainline: readonly MainlineEntry[]): boolean => {
  const position = positionIn(mainline.filter((entry) => entry.kind === 'landing'))
  const [previous] = deploysBefore(deploy, mainline)
  const from = previous === undefined ? undefined : position(previous)
  const oldest = Math.min(...mainline.map(({ atMillis }) => atMillis))
  return from !== undefined && oldest < from - TOLD_APART_MILLIS && position(deploy) !== undefined
}

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

const byTime = (a: MainlineEntry, b: MainlineEntry): number => a.atMillis - b.atMillis || (a.key < b.key ? -1 : 1)

const positionIn = (landings: readonly LandingEntry[]) => {
  const landed = landedIn(landings)
  return ({ sha, atMillis }: DeploymentEntry): number | undefined =>
    sha === undefined ? atMillis : landed.get(sha)?.first
}

/** When each commit is first and last told to have landed: a push and a merged pull request may both tell it. */
const landedIn = (
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
const deploysBefore = (deploy: DeploymentEntry, mainline: readonly MainlineEntry[]): readonly DeploymentEntry[] =>
  mainline
    .filter((entry) => entry.kind === 'deployment')
    .filter(({ key, succeeded, environment }) => key !== deploy.key && succeeded && environment === deploy.environment)
    .filter((other) => byTime(other, deploy) < 0)
    .sort((a, b) => byTime(b, a))

/** What is deployed once more after something else was in its place, whatever is known of the two commits. */
const isRepeated = ({ sha }: DeploymentEntry, earlier: readonly DeploymentEntry[]): boolean =>
  sha !== undefined &&
  earlier[0]?.sha !== undefined &&
  earlier[0].sha !== sha &&
  earlier.some((other) => other.sha === sha)
