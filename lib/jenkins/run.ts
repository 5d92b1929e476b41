import { type ActivityKey, type Operation, pullRequestKey, type Repository } from '../delivery/activity.ts'
import { type Attributes, known } from '../delivery/attributes.ts'
import type { References } from '../delivery/event.ts'
import { markedActivities } from '../delivery/marker.ts'
import { awaitActivity, branchName, joinActivity, lookUp, type Reference, shaName } from '../delivery/reference.ts'
import { type JobName, namesDeploy } from './job.ts'
import { plainBranch, repositoryOfUrl, withoutCredentials, writtenRepository } from './scm.ts'

type Parameters = Readonly<Record<string, string | number | boolean | null>>
interface Scm {
  readonly url?: string | null | undefined
  readonly branch?: string | null | undefined
  readonly commit?: string | null | undefined
}

/** What both plugins tell of a run, in one shape. */
export interface Run {
  readonly job: JobName
  readonly parameters: Parameters
  readonly scm: Scm
  readonly upstream?: ActivityKey
  readonly githubHost: string
}

/**
 * A deploy is a run whose parameter `type` says so, or whose job's name does; the name of a branch says nothing. Where
 * a report lacks the parameters this tells `build`, and the report that has them corrects it.
 */
export const operationOf = ({ job, parameters, scm }: Run): Operation => {
  const isBranch = plainBranch(scm.branch) === job.branch
  return parameters.type === 'deploy' || (namesDeploy(job.leaf) && !isBranch) ? 'deploy' : 'build'
}

/** Only what this report has: at a run's end the plugins leave out what they said at its start, and that stands. */
export const referencesOf = (run: Run): References => {
  const { job, parameters, scm, upstream, githubHost } = run
  const home = repositoryOfUrl(scm.url)
  const marked = markedActivities(String(parameters['vstrace-trace-id'] ?? ''), githubHost, home ?? job.folder)
  const references: Record<'marker' | 'upstream_build' | 'pull_request_number' | 'commit_sha' | 'branch', Reference[]> =
    {
      marker: marked.map(joinActivity),
      upstream_build: upstream === undefined ? [] : [joinActivity(upstream)],
      pull_request_number: pullRequestReferences(job, home),
      commit_sha: scm.commit ? [lookUp(shaName(scm.commit))] : [],
      branch: branchReferences(job, home, plainBranch(scm.branch)),
    }
  return Object.fromEntries(Object.entries(references).filter(([, found]) => found.length > 0))
}

/** The repository is certain where the checkout names it; a folder's name counts once such a pull request is known. */
const pullRequestReferences = ({ pullRequest, folder }: JobName, home: Repository | undefined): Reference[] => {
  if (pullRequest === undefined) return []
  if (home !== undefined) return [joinActivity(pullRequestKey(home, pullRequest))]
  return folder === undefined ? [] : [awaitActivity(pullRequestKey(folder, pullRequest))]
}

const branchReferences = (job: JobName, home: Repository | undefined, branch: string | undefined): Reference[] => {
  if (home !== undefined && branch !== undefined) return [lookUp(branchName(home, branch))]
  const repository = home ?? job.folder
  if (repository === undefined || job.pullRequest !== undefined) return []
  return [lookUp(branchName(repository, branch ?? job.branch))]
}

/** A name that speaks of a secret: what stands in such a parameter goes nowhere. */
const SECRET = /pass(?:word|wd|phrase)?|secret|token|credential|private.?key|api.?key|access.?key/i

export const runAttributes = ({ job, parameters, scm, githubHost }: Run): Attributes => {
  const branch = plainBranch(scm.branch)
  const home = writtenRepository(scm.url)
  return {
    service: 'jenkins',
    ...known({
      'scm.branch': branch,
      'scm.head.sha': scm.commit,
      'scm.head.url': withoutCredentials(scm.url),
      'vcs.ref.head.name': branch ?? (home === undefined || job.pullRequest !== undefined ? undefined : job.branch),
      'vcs.ref.head.revision': scm.commit,
      'vcs.ref.head.type': branch === undefined ? undefined : 'branch',
      'vcs.provider.name': home?.host.toLowerCase() === githubHost ? 'github' : undefined,
      'vcs.owner.name': home?.owner,
      'vcs.repository.name': home?.name,
      'vcs.repository.url.full': home === undefined ? undefined : `https://${home.host}/${home.owner}/${home.name}`,
    }),
    ...Object.fromEntries(
      Object.entries(parameters)
        .filter(([name, value]) => value !== null && value !== '' && !SECRET.test(name))
        .map(([name, value]) => [`build.parameter.${name}`, String(value)]),
    ),
  }
}
