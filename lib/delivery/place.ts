import { type ActivityKey, kindOf, repository, repositoryPath } from './activity.ts'
import type { AttributeName, Attributes, AttributeValue } from './attributes.ts'
import { type Context, episodeAt, type Facts, openingsOf } from './context.ts'
import { environmentOf } from './environment.ts'
import { finishedEpisodes } from './episodes.ts'
import type { Landing } from './event.ts'
import { spanIdOf } from './identity.ts'
import type { DeploymentEntry, LandingEntry, Placed } from './mainline.ts'

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
