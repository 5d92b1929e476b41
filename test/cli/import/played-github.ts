import type { JsonObject } from '../../../demo/payloads/json.ts'
import { groupBy } from '../../../lib/delivery/group-by.ts'
import { at, list, text } from './json.ts'
import type { Sent } from './played-world.ts'

/** What GitHub's REST API knows of a repository, by path and in the order in which it lists. */
export interface PlayedRepository {
  readonly repository: JsonObject
  readonly lists: ReadonlyMap<string, readonly JsonObject[]>
  readonly objects: ReadonlyMap<string, JsonObject>
}

/** What the API tells after webhooks were sent, by the full name of the repository. */
export const playedGithub = (sent: readonly Sent[]): ReadonlyMap<string, PlayedRepository> => {
  const byRepository = groupBy(
    sent.filter(({ source }) => source === 'github'),
    ({ body }) => text(at(body, 'repository', 'full_name')),
  )
  return new Map([...byRepository].map(([name, own]) => [name, repositoryOf(own)]))
}

const repositoryOf = (sent: readonly Sent[]): PlayedRepository => {
  const bodies = (event: string) => sent.filter((one) => one.event === event).map(({ body }) => body)
  const issues = lastBy(bodies('issues'), 'issue')
  const pulls = lastBy(bodies('pull_request'), 'pull_request')
  const runs = bodies('workflow_run').filter(({ action }) => action === 'completed')
  const attempts = runs.map((body) => object(at(body, 'workflow_run')))
  const repository = object(at(bodies('issues')[0] ?? sent[0]?.body ?? {}, 'repository'))
  return {
    repository,
    lists: new Map<string, readonly JsonObject[]>([
      ['/issues', [...issues.values(), ...[...pulls.values()].map(asIssue)].toSorted(byCreation)],
      ['/issues/events', withoutRepeated(sent.flatMap(changes)).toReversed()],
      ...commitLists(bodies('pull_request')),
      ['/activity', sent.flatMap(pushes).toReversed()],
      ['/actions/runs', newest(lastAttempts(attempts))],
      ['/deployments', newest(bodies('deployment').map((body) => object(at(body, 'deployment'))))],
      ...grouped(bodies('deployment_status'), (body) => [
        `/deployments/${text(at(body, 'deployment', 'id'))}/statuses`,
        object(at(body, 'deployment_status')),
      ]),
      ...grouped(bodies('pull_request_review'), (body) => [
        `/pulls/${text(at(body, 'pull_request', 'number'))}/reviews`,
        { ...object(at(body, 'review')), state: text(at(body, 'review', 'state')).toUpperCase() },
      ]),
    ]),
    objects: new Map<string, JsonObject>([
      ...[...pulls].map(([number, pull]) => [`/pulls/${number}`, pull] as const),
      ...attempts.map((run) => [`/actions/runs/${text(run.id)}/attempts/${text(run.run_attempt)}`, run] as const),
      ...bodies('push').flatMap((body) => commitsOf(body)),
    ]),
  }
}

const object = (value: unknown): JsonObject => value as JsonObject

const lastBy = (bodies: readonly JsonObject[], field: string): ReadonlyMap<string, JsonObject> =>
  new Map(bodies.map((body) => [text(at(body, field, 'number')), object(body[field])]))

const asIssue = (pull: JsonObject): JsonObject => ({
  number: pull.number ?? null,
  title: pull.title ?? null,
  state: pull.state ?? null,
  created_at: pull.created_at ?? null,
  updated_at: pull.updated_at ?? null,
  closed_at: pull.closed_at ?? null,
  pull_request: { url: pull.url ?? null },
})

const byCreation = (a: JsonObject, b: JsonObject): number =>
  text(a.created_at).localeCompare(text(b.created_at)) || Number(a.number) - Number(b.number)

const newest = (all: readonly JsonObject[]): readonly JsonObject[] => all.toSorted(byCreation).toReversed()

const lastAttempts = (runs: readonly JsonObject[]): readonly JsonObject[] => [
  ...new Map(
    runs.toSorted((a, b) => Number(a.run_attempt) - Number(b.run_attempt)).map((run) => [run.id, run]),
  ).values(),
]

const grouped = (
  bodies: readonly JsonObject[],
  entry: (body: JsonObject) => readonly [string, JsonObject],
): readonly (readonly [string, readonly JsonObject[]])[] =>
  [...groupBy(bodies.map(entry), ([path]) => path)].map(([path, entries]) => [path, entries.map(([, one]) => one)])

const EVENT_OF_ACTION: Readonly<Record<string, string>> = {
  closed: 'closed',
  reopened: 'reopened',
  labeled: 'labeled',
  review_requested: 'review_requested',
  ready_for_review: 'ready_for_review',
  converted_to_draft: 'convert_to_draft',
}

/** As `GET /repos/{owner}/{repo}/issues/events` tells it. */
const changes = ({ event, body }: Sent): readonly JsonObject[] => {
  const subject = event === 'issues' ? body.issue : event === 'pull_request' ? body.pull_request : undefined
  const name = EVENT_OF_ACTION[text(body.action)]
  if (subject === undefined || name === undefined) return []
  const { updated_at, number, state_reason } = object(subject)
  return [
    {
      event: name,
      created_at: updated_at ?? null,
      issue: { number: number ?? null },
      ...(name === 'closed' ? { state_reason: state_reason ?? null } : {}),
      ...(body.label === undefined ? {} : { label: body.label }),
      ...(body.requested_reviewer === undefined ? {} : { requested_reviewer: body.requested_reviewer }),
    },
  ]
}

/** As `GET /repos/{owner}/{repo}/activity` tells it: forks have a list of their own. */
const pushes = ({ event, body }: Sent): readonly JsonObject[] => {
  if (event === 'push') {
    const isMerge = list(body.commits).length === 1 && / \(#\d+\)|^Merge pull request/.test(messageIn(body))
    const timestamp = new Date(Number(at(body, 'repository', 'pushed_at')) * 1000).toISOString()
    return [activity(isMerge ? 'pr_merge' : 'push', text(body.ref), body, timestamp)]
  }
  const pull = event === 'pull_request' && body.action === 'synchronize' ? object(body.pull_request) : undefined
  if (pull === undefined || at(pull, 'head', 'repo', 'id') !== at(body, 'repository', 'id')) return []
  return [activity('push', `refs/heads/${text(at(pull, 'head', 'ref'))}`, body, text(pull.updated_at))]
}

const activity = (
  activity_type: string,
  ref: string,
  { before, after }: JsonObject,
  timestamp: string,
): JsonObject => ({
  activity_type,
  ref,
  before: before ?? null,
  after: after ?? null,
  timestamp,
})

const messageIn = (body: JsonObject): string => text(at(body, 'head_commit', 'message'))

const commitsOf = (body: JsonObject): readonly (readonly [string, JsonObject])[] => {
  const commit = {
    sha: body.after ?? null,
    commit: { message: messageIn(body), committer: { date: at(body, 'head_commit', 'timestamp') as string } },
  }
  return [
    [`/commits/${text(body.after)}`, commit],
    [`/compare/${text(body.before)}...${text(body.after)}`, { commits: [commit] }],
  ]
}

/** GitHub tells no label that was there before. */
const withoutRepeated = (events: readonly JsonObject[]): readonly JsonObject[] => {
  const seen = new Set<string>()
  return events.filter((event) => {
    if (event.event !== 'labeled') return true
    const name = `${text(at(event, 'issue', 'number'))} ${text(at(event, 'label', 'name'))}`
    const isNew = !seen.has(name)
    seen.add(name)
    return isNew
  })
}

/** The commits of each pull request, here one a push. */
const commitLists = (bodies: readonly JsonObject[]): readonly (readonly [string, readonly JsonObject[]])[] =>
  [...groupBy(bodies, (body) => text(body.number))].map(([number, own]) => [
    `/pulls/${number}/commits`,
    [...new Set(own.map((body) => text(at(body, 'pull_request', 'head', 'sha'))))].map((sha) => ({ sha })),
  ])
