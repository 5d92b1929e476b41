import { type ActivityKey, type Operation, pullRequestKey, type Repository } from '../delivery/activity.ts'
import { type Attributes, known } from '../delivery/attributes.ts'
import type { References } from '../delivery/event.ts'
import { markedActivities } from '../delivery/marker.ts'
import {
  awaitActivity,
  branchName,
  headName,
  joinActivity,
  type LinkReason,
  landedName,
  lookUp,
  type Reference,
  spanOfTraceparent,
} from '../delivery/reference.ts'
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
  /** The repository that the installation's settings give the job. */
  readonly mapped?: Repository
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
  const { job, parameters, scm, upstream, mapped, githubHost } = run
  const home = repositoryOfUrl(scm.url) ?? mapped
  const marked = markedActivities(String(parameters['vstrace-trace-id'] ?? ''), githubHost, home ?? job.folder)
  const traceparent = spanOfTraceparent(String(parameters.traceparent ?? parameters.TRACEPARENT ?? ''))
  const references: { readonly [reason in LinkReason]?: readonly Reference[] } = {
    marker: marked.map(joinActivity),
    traceparent: traceparent === undefined ? [] : [traceparent],
    upstream_build: upstream === undefined ? [] : [joinActivity(upstream)],
    pull_request_number: pullRequestReferences(job.pullRequest, job, home),
    change_id: pullRequestReferences(changeNumber(parameters.CHANGE_ID), job, home),
    head_sha: scm.commit ? [lookUp(headName(scm.commit))] : [],
    merge_sha: scm.commit ? [lookUp(landedName(scm.commit))] : [],
    branch: branchReferences(job, home, plainBranch(scm.branch)),
  }
  return Object.fromEntries(Object.entries(references).filter(([, found]) => found.length > 0))
}

/** Jenkins's own variable for the number of a pull request, which a pipeline can hand on as a parameter. */
const changeNumber = (changeId: Parameters[string] | undefined): number | undefined => {
  const digits = /^[1-9][0-9]{0,9}$/.exec(String(changeId ?? ''))?.[0]
  return digits === undefined ? undefined : Number(digits)
}

/** The repository is certain where the checkout names it; a folder's name counts once such a pull request is known. */
const pullRequestReferences = (
  number: number | undefined,
  { folder }: JobName,
  home: Repository | undefined,
): Reference[] => {
  if (number === undefined) return []
  if (home !== undefined) return [joinActivity(pullRequestKey(home, number))]
  return folder === undefined ? [] : [awaitActivity(pullRequestKey(folder, number))]
}

const branchReferences = (job: JobName, home: Repository | undefined, branch: string | undefined): Reference[] => {
  if (home !== undefined && branch !== undefined) return [lookUp(branchName(home, branch))]
  const repository = home ?? job.folder
  if (repository === undefined || job.pullRequest !== undefined) return []
  return [lookUp(branchName(repository, branch ?? job.branch))]
}

/** A name that speaks of a secret: what stands in such a parameter goes nowhere. */
const SECRET = /pass(?:word|wd|phrase)?|secret|token|credential|private.?key|api.?key|access.?key/i

export const runAttributes = ({ job, parameters, scm, mapped, githubHost }: Run): Attributes => {
  const branch = plainBranch(scm.branch)
  const home = writtenRepository(scm.url) ?? mapped
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
