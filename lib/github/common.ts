import { type Repository, repository } from '../delivery/activity.ts'
import { type Attributes, known } from '../delivery/attributes.ts'
import type { References, Stage } from '../delivery/event.ts'
import { MalformedField } from '../delivery/malformed.ts'
import { headName, landedName, lookUp } from '../delivery/reference.ts'
import type { RepositoryPayload } from './payload.ts'

/** GitHub's names end at 39 and 100 characters and are ASCII; keys are made of them. */
const NAME = /^[!-~]{1,100}$/

/** @throws MalformedField when the repository's address is none, or its name or owner none that can be */
export const repositoryOf = ({ html_url, owner, name }: RepositoryPayload): Repository => {
  if (html_url.length > 1_000 || !URL.canParse(html_url)) {
    throw new MalformedField('repository.html_url', 'is not an address')
  }
  if (!NAME.test(owner.login)) throw new MalformedField('repository.owner.login', 'is not a name')
  if (!NAME.test(name)) throw new MalformedField('repository.name', 'is not a name')
  return repository(new URL(html_url).host, owner.login, name)
}

/** What is said of the repository on every kind of activity. */
export const vcsAttributes = (of: RepositoryPayload): Attributes =>
  known({
    'vcs.provider.name': 'github',
    'vcs.owner.name': of.owner.login,
    'vcs.repository.name': of.name,
    'vcs.repository.url.full': of.html_url,
  })

/** What is said of the repository on issues and pull requests. */
export const repositoryAttributes = (of: RepositoryPayload): Attributes => ({
  service: 'github',
  ...known({
    'scm.repository.id': of.id,
    'scm.repository.url': of.html_url,
    'scm.repository.name': of.name,
    'scm.repository.full_name': of.full_name ?? `${of.owner.login}/${of.name}`,
    'scm.repository.private': of.private,
  }),
  ...vcsAttributes(of),
})

export const userAttributes = (
  user:
    | { login?: string | null | undefined; id?: number | null | undefined; html_url?: string | null | undefined }
    | null
    | undefined,
): Attributes => known({ 'user.name': user?.login, 'user.id': user?.id, 'user.url': user?.html_url })

/** Sorted, so that the order in which labels were set makes no difference. */
export const namesOf = (
  labels: readonly { name?: string | null | undefined }[] | null | undefined,
): readonly string[] | undefined => labels?.flatMap(({ name }) => name ?? []).sort()

/** GitHub's action as a stage; what reports an end ranks as a finish whatever its action. */
export const stageOf = (action: string, ends: boolean): Stage => {
  if (action === 'closed') return 'finished'
  if (action === 'reopened') return 'reopened'
  if (action === 'opened') return 'started'
  return ends && (action === 'deleted' || action === 'transferred') ? 'finished' : 'updated'
}

/** The pull request that a commit belongs to: as a head that it had, or as what it was merged by. */
export const commitReferences = (sha: string): References => ({
  head_sha: [lookUp(headName(sha))],
  merge_sha: [lookUp(landedName(sha))],
})

/** Only what is said: where reports add up, an empty list says nothing. */
export const withoutEmpty = (references: References): References =>
  Object.fromEntries(Object.entries(references).filter(([, found]) => found.length > 0))

/** The times of an issue or a pull request; where there is no `updated_at`, the latest of the others stands for it. */
export const timesOf = (
  path: string,
  of: { created_at: string; updated_at?: string | null | undefined; closed_at?: string | null | undefined },
): { createdMillis: number; updatedMillis: number; closedMillis: number | undefined } => {
  const createdMillis = millisOf(`${path}.created_at`, of.created_at)
  const closedMillis = of.closed_at == null ? undefined : millisOf(`${path}.closed_at`, of.closed_at)
  const updatedMillis = of.updated_at == null ? undefined : millisOf(`${path}.updated_at`, of.updated_at)
  return { createdMillis, updatedMillis: updatedMillis ?? closedMillis ?? createdMillis, closedMillis }
}

/** Longer than any time that is written. */
const MAX_TIME_LENGTH = 40
const parsed = (time: string): number => (time.length > MAX_TIME_LENGTH ? Number.NaN : Date.parse(time))

/** The year 2286: neither a table nor a backend takes every time that a date can be. */
const LARGEST_MILLIS = 1e13

/**
 * Epoch milliseconds of an ISO string, or of epoch seconds, as `push` has them.
 *
 * @param path the field, for the message
 * @throws MalformedField when it is no time
 */
export const millisOf = (path: string, time: string | number | null | undefined): number => {
  const millis = typeof time === 'number' ? Math.round(time * 1000) : parsed(time ?? '')
  if (!(millis >= 0 && millis < LARGEST_MILLIS)) throw new MalformedField(path, 'is not a time')
  return millis
}
