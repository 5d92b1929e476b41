import type { Operation } from './activity.ts'

export type AttributeValue = string | number | boolean | readonly string[]

interface AttributeDefinition {
  readonly name: string
  readonly type: 'string' | 'int' | 'boolean' | 'string[]'
  readonly on: readonly (Operation | 'custom')[]
  readonly meaning: string
}

const work = ['issue', 'pull_request'] as const
const runs = ['build', 'deploy'] as const
const all = ['issue', 'pull_request', 'build', 'deploy', 'custom'] as const
const custom = ['custom'] as const

/**
 * Every attribute that is ever emitted on a span. `docs/attributes.md` is generated from it, and the type of
 * {@link Attributes} follows from it, so that no translation can emit another.
 */
export const ATTRIBUTES = [
  {
    name: 'service',
    type: 'string',
    on: all,
    meaning: 'The system that reported: `github`, `jenkins`, or what a custom event names as its source.',
  },
  { name: 'error', type: 'boolean', on: all, meaning: '`true` when the result is failure, error or timeout.' },
  {
    name: 'error.type',
    type: 'string',
    on: all,
    meaning: 'The result, when it is failure, error or timeout; `abandoned` for a run that was never heard of again.',
  },
  { name: 'error.message', type: 'string', on: all, meaning: 'What a custom event says of its error.' },

  { name: 'event.id', type: 'string', on: custom, meaning: 'What a custom event is referred to by.' },
  { name: 'event.type', type: 'string', on: custom, meaning: "A CloudEvent's type, or a custom event's." },
  { name: 'event.title', type: 'string', on: custom, meaning: 'What a custom event is called.' },
  { name: 'event.url', type: 'string', on: custom, meaning: 'Page of what a custom event is about.' },
  {
    name: 'event.metadata.<name>',
    type: 'string',
    on: custom,
    meaning:
      'What else a custom event says, such as `event.metadata.platform`. Values whose name speaks of a secret are left out.',
  },

  { name: 'issue.number', type: 'int', on: ['issue'], meaning: 'Number in its repository.' },
  { name: 'issue.url', type: 'string', on: ['issue'], meaning: 'Page of the issue.' },
  { name: 'issue.title', type: 'string', on: ['issue'], meaning: 'Title.' },
  { name: 'issue.comments_count', type: 'int', on: ['issue'], meaning: 'Comments when it was closed.' },
  { name: 'issue.project.name', type: 'string', on: ['issue'], meaning: 'Name of its repository.' },
  {
    name: 'issue.state_reason',
    type: 'string',
    on: ['issue'],
    meaning:
      'Why it was closed: `completed`, `not_planned`, `duplicate`; `transferred` or `deleted` when it left the repository.',
  },
  { name: 'issue.labels', type: 'string[]', on: ['issue'], meaning: 'Names of its labels, sorted.' },
  { name: 'issue.type', type: 'string', on: ['issue'], meaning: 'Issue type, where the organisation uses them.' },
  { name: 'issue.milestone', type: 'string', on: ['issue'], meaning: 'Title of its milestone.' },
  { name: 'issue.assignees', type: 'string[]', on: ['issue'], meaning: 'Logins of the assignees, sorted.' },

  { name: 'user.name', type: 'string', on: work, meaning: 'Login of the author.' },
  { name: 'user.id', type: 'int', on: work, meaning: "GitHub's id of the author." },
  { name: 'user.url', type: 'string', on: work, meaning: 'Page of the author.' },

  { name: 'pull_request.labels', type: 'string[]', on: ['pull_request'], meaning: 'Names of its labels, sorted.' },
  { name: 'pull_request.url', type: 'string', on: ['pull_request'], meaning: 'Page of the pull request.' },
  {
    name: 'pull_request.draft',
    type: 'boolean',
    on: ['pull_request'],
    meaning: 'Whether it was a draft when last reported.',
  },
  { name: 'pull_request.merged', type: 'boolean', on: ['pull_request'], meaning: 'Whether it was merged.' },
  { name: 'pull_request.merged_by', type: 'string', on: ['pull_request'], meaning: 'Login of who merged it.' },
  {
    name: 'pull_request.merge_commit_sha',
    type: 'string',
    on: ['pull_request'],
    meaning: 'Commit of the merge or squash, once merged.',
  },
  { name: 'pull_request.commits', type: 'int', on: ['pull_request'], meaning: 'Number of commits.' },
  { name: 'pull_request.additions', type: 'int', on: ['pull_request'], meaning: 'Lines added.' },
  { name: 'pull_request.deletions', type: 'int', on: ['pull_request'], meaning: 'Lines deleted.' },
  { name: 'pull_request.changed_files', type: 'int', on: ['pull_request'], meaning: 'Files changed.' },
  { name: 'pull_request.comments_count', type: 'int', on: ['pull_request'], meaning: 'Comments in its conversation.' },
  { name: 'pull_request.review_comments_count', type: 'int', on: ['pull_request'], meaning: 'Comments on its lines.' },

  {
    name: 'pull_request.reviews_count',
    type: 'int',
    on: ['pull_request'],
    meaning: 'Reviews by people other than the author.',
  },
  {
    name: 'pull_request.review_rounds',
    type: 'int',
    on: ['pull_request'],
    meaning: 'How often it was reviewed anew after a push, a request or leaving draft.',
  },
  {
    name: 'pull_request.time_to_first_review_millis',
    type: 'int',
    on: ['pull_request'],
    meaning: 'Milliseconds from its start to the first review.',
  },
  {
    name: 'pull_request.time_to_first_approval_millis',
    type: 'int',
    on: ['pull_request'],
    meaning: 'Milliseconds from its start to the first approval.',
  },
  {
    name: 'pull_request.draft_millis',
    type: 'int',
    on: ['pull_request'],
    meaning: 'Milliseconds that it was a draft.',
  },
  {
    name: 'review.state',
    type: 'string',
    on: ['pull_request'],
    meaning: 'On the event `review`: `approved`, `changes_requested` or `commented`.',
  },
  {
    name: 'review.user.name',
    type: 'string',
    on: ['pull_request'],
    meaning: 'On the events `review` and `review_requested`: login of the reviewer, or name of the team.',
  },

  { name: 'scm.repository.id', type: 'int', on: work, meaning: "GitHub's id of the repository." },
  { name: 'scm.repository.url', type: 'string', on: work, meaning: 'Page of the repository.' },
  { name: 'scm.repository.name', type: 'string', on: work, meaning: 'Name of the repository.' },
  { name: 'scm.repository.full_name', type: 'string', on: work, meaning: '`owner/name` of the repository.' },
  { name: 'scm.repository.private', type: 'boolean', on: work, meaning: 'Whether the repository is private.' },
  { name: 'scm.head.label', type: 'string', on: ['pull_request'], meaning: '`owner:branch` of the head.' },
  { name: 'scm.head.ref', type: 'string', on: ['pull_request'], meaning: 'Branch of the head.' },
  {
    name: 'scm.head.sha',
    type: 'string',
    on: ['pull_request', 'build', 'deploy'],
    meaning: 'Commit of the head; of a run, the commit that it checked out.',
  },
  {
    name: 'scm.head.url',
    type: 'string',
    on: ['pull_request', 'build', 'deploy'],
    meaning: 'Page of the head repository; of a run, the repository address that Jenkins knows, without credentials.',
  },
  { name: 'scm.base.label', type: 'string', on: ['pull_request'], meaning: '`owner:branch` of the base.' },
  { name: 'scm.base.ref', type: 'string', on: ['pull_request'], meaning: 'Branch of the base.' },
  { name: 'scm.base.sha', type: 'string', on: ['pull_request'], meaning: 'Commit of the base.' },
  { name: 'scm.base.repo.id', type: 'int', on: ['pull_request'], meaning: "GitHub's id of the base repository." },
  { name: 'scm.base.repo.name', type: 'string', on: ['pull_request'], meaning: 'Name of the base repository.' },
  {
    name: 'scm.base.repo.full_name',
    type: 'string',
    on: ['pull_request'],
    meaning: '`owner/name` of the base repository.',
  },
  {
    name: 'scm.base.repo.private',
    type: 'boolean',
    on: ['pull_request'],
    meaning: 'Whether the base repository is private.',
  },
  { name: 'scm.branch', type: 'string', on: runs, meaning: 'Branch that was built, without remote.' },

  {
    name: 'build.result',
    type: 'string',
    on: runs,
    meaning: "Jenkins's own word: `SUCCESS`, `UNSTABLE`, `FAILURE`, `NOT_BUILT`, `ABORTED` or `UNKNOWN`.",
  },
  { name: 'build.ci.url', type: 'string', on: runs, meaning: 'Address of the Jenkins controller.' },
  { name: 'build.context_id', type: 'int', on: runs, meaning: "Statistics Gatherer's number of the run." },
  { name: 'build.url', type: 'string', on: runs, meaning: 'Page of the run.' },
  { name: 'build.job.name', type: 'string', on: runs, meaning: "Last segment of the job's name." },
  { name: 'build.job.full_name', type: 'string', on: runs, meaning: 'Full name of the job with its folders.' },
  { name: 'build.cause', type: 'string', on: runs, meaning: "Why the run was started, in Jenkins's words." },
  { name: 'build.number', type: 'int', on: runs, meaning: 'Number of the run in its job.' },
  { name: 'build.started.user.name', type: 'string', on: runs, meaning: 'Name of who started the run.' },
  { name: 'build.started.user.id', type: 'string', on: runs, meaning: 'Id of who started the run.' },
  {
    name: 'build.parameter.<name>',
    type: 'string',
    on: runs,
    meaning:
      'A parameter of the run, such as `build.parameter.deploy_type`. Values of parameters whose name speaks of a secret are left out.',
  },
  { name: 'build.attempt', type: 'int', on: runs, meaning: 'Which attempt at a workflow run this is, from 1.' },
  { name: 'build.trigger', type: 'string', on: runs, meaning: "GitHub's event that started a workflow run." },
  { name: 'build.status.context', type: 'string', on: runs, meaning: 'Context of the commit status that reported it.' },
  { name: 'build.queue_millis', type: 'int', on: runs, meaning: 'Milliseconds that the run waited in the queue.' },
  {
    name: 'build.failure_causes',
    type: 'string[]',
    on: runs,
    meaning: 'Names of the causes that the Build Failure Analyzer found.',
  },
  { name: 'build.tests.total', type: 'int', on: runs, meaning: 'Tests that were run.' },
  { name: 'build.tests.failed', type: 'int', on: runs, meaning: 'Tests that failed.' },
  { name: 'build.tests.skipped', type: 'int', on: runs, meaning: 'Tests that were skipped.' },

  { name: 'vcs.provider.name', type: 'string', on: all, meaning: 'OpenTelemetry: `github`.' },
  { name: 'vcs.owner.name', type: 'string', on: all, meaning: 'OpenTelemetry: owner of the repository.' },
  { name: 'vcs.repository.name', type: 'string', on: all, meaning: 'OpenTelemetry: name of the repository.' },
  {
    name: 'vcs.repository.url.full',
    type: 'string',
    on: all,
    meaning: 'OpenTelemetry: page of the repository, without `.git`.',
  },
  {
    name: 'vcs.change.id',
    type: 'string',
    on: ['pull_request'],
    meaning: 'OpenTelemetry: number of the pull request.',
  },
  {
    name: 'vcs.change.title',
    type: 'string',
    on: ['pull_request'],
    meaning: 'OpenTelemetry: title of the pull request.',
  },
  {
    name: 'vcs.change.state',
    type: 'string',
    on: ['pull_request'],
    meaning: 'OpenTelemetry: `open`, `wip`, `closed` or `merged`.',
  },
  {
    name: 'vcs.ref.head.name',
    type: 'string',
    on: ['pull_request', 'build', 'deploy'],
    meaning: 'OpenTelemetry: branch of the head.',
  },
  {
    name: 'vcs.ref.head.revision',
    type: 'string',
    on: ['pull_request', 'build', 'deploy'],
    meaning: 'OpenTelemetry: commit of the head.',
  },
  {
    name: 'vcs.ref.head.type',
    type: 'string',
    on: ['pull_request', 'build', 'deploy'],
    meaning: 'OpenTelemetry: `branch`.',
  },
  { name: 'vcs.ref.base.name', type: 'string', on: ['pull_request'], meaning: 'OpenTelemetry: branch of the base.' },
  {
    name: 'vcs.ref.base.revision',
    type: 'string',
    on: ['pull_request'],
    meaning: 'OpenTelemetry: commit of the base.',
  },
  { name: 'vcs.ref.base.type', type: 'string', on: ['pull_request'], meaning: 'OpenTelemetry: `branch`.' },
  { name: 'cicd.pipeline.name', type: 'string', on: runs, meaning: 'OpenTelemetry: full name of the job.' },
  { name: 'cicd.pipeline.run.id', type: 'string', on: runs, meaning: 'OpenTelemetry: number of the run in its job.' },
  { name: 'cicd.pipeline.run.url.full', type: 'string', on: runs, meaning: 'OpenTelemetry: page of the run.' },
  {
    name: 'cicd.pipeline.result',
    type: 'string',
    on: runs,
    meaning: 'OpenTelemetry: `success`, `failure`, `error`, `timeout`, `cancellation` or `skip`.',
  },
  {
    name: 'cicd.pipeline.action.name',
    type: 'string',
    on: runs,
    meaning: 'OpenTelemetry: `BUILD` for a build, `RUN` for a deploy.',
  },
  { name: 'cicd.worker.name', type: 'string', on: runs, meaning: 'OpenTelemetry: the agent that the run was on.' },
  {
    name: 'deployment.name',
    type: 'string',
    on: ['deploy'],
    meaning: 'OpenTelemetry: full name of the job that deploys.',
  },
  { name: 'deployment.id', type: 'string', on: ['deploy'], meaning: 'OpenTelemetry: number of the run in its job.' },
  { name: 'deployment.status', type: 'string', on: ['deploy'], meaning: 'OpenTelemetry: `succeeded` or `failed`.' },
  {
    name: 'deployment.environment.name',
    type: 'string',
    on: ['deploy'],
    meaning: 'OpenTelemetry: where to; of a Jenkins job, value of the parameter `environment` or `env`.',
  },
  {
    name: 'deployment.production',
    type: 'boolean',
    on: ['deploy'],
    meaning: 'Whether the environment is production: what GitHub says, or else whether its name does.',
  },
  {
    name: 'deployment.rollback',
    type: 'boolean',
    on: ['deploy'],
    meaning: '`true` when it deployed an older revision than the deploy to that environment before it.',
  },
  {
    name: 'deployment.pull_requests_count',
    type: 'int',
    on: ['deploy'],
    meaning: 'Merged pull requests that it brought to the environment, as far as they are linked.',
  },
  { name: 'deployment.url', type: 'string', on: ['deploy'], meaning: 'Where the deployed thing can be seen.' },
  { name: 'deployment.state', type: 'string', on: ['deploy'], meaning: 'On the event `deployment_status`: its state.' },

  {
    name: 'valuestream.activity.key',
    type: 'string',
    on: all,
    meaning: 'Identity of the activity, the same in every episode.',
  },
  {
    name: 'valuestream.result',
    type: 'string',
    on: all,
    meaning:
      'Result in one vocabulary for every operation: `success`, `failure`, `error`, `timeout`, `cancellation` or `skip`.',
  },
  { name: 'valuestream.episode', type: 'int', on: all, meaning: 'Which opening of the activity this is, from 1.' },
  {
    name: 'valuestream.closed_millis',
    type: 'int',
    on: work,
    meaning: 'From the second episode on: milliseconds that it lay closed before.',
  },
  {
    name: 'valuestream.link.reason',
    type: 'string',
    on: all,
    meaning: 'By what the parent was found; on a link, by what the link was.',
  },
  {
    name: 'valuestream.start.estimated',
    type: 'boolean',
    on: all,
    meaning: '`true` when the start was not reported and is a guess.',
  },
  {
    name: 'valuestream.end.estimated',
    type: 'boolean',
    on: all,
    meaning: '`true` when the end was not reported and is a guess.',
  },
  {
    name: 'valuestream.true_start',
    type: 'string',
    on: all,
    meaning: 'When it began, where the backend takes no start so old and the span begins later.',
  },
  {
    name: 'valuestream.true_duration_millis',
    type: 'int',
    on: all,
    meaning: 'How long it took, where the backend takes no start so old.',
  },
  {
    name: 'valuestream.times_reversed',
    type: 'boolean',
    on: all,
    meaning: '`true` when the source reported an end before the start; the span then has no duration.',
  },
  {
    name: 'valuestream.cut',
    type: 'string[]',
    on: all,
    meaning:
      'What was cut, since it was too long or there was too much of it: names of attributes, and `parameters`, `names`, `references`, `happenings`, `episodes` or `history`.',
  },
  {
    name: 'valuestream.correction',
    type: 'int',
    on: all,
    meaning: 'How often this span was sent before with something wrong in it; absent the first time.',
  },
] as const satisfies readonly AttributeDefinition[]

type Listed = (typeof ATTRIBUTES)[number]['name']
export type AttributeName =
  | Exclude<Listed, `${string}<name>`>
  | `build.parameter.${string}`
  | `event.metadata.${string}`

export type Attributes = { readonly [name in AttributeName]?: AttributeValue }

/** An attribute's value as a source reports it, `null` and blank included. */
type Reported = AttributeValue | null | undefined

/**
 * The attributes that have a value: what is `null`, absent or blank is left out, so that it can never overwrite what
 * is known. An empty list is a value: the last label was taken away.
 */
export const known = (reported: { readonly [name in AttributeName]?: Reported }): Attributes =>
  kept(reported, (value) => value !== null && value !== undefined && value !== '')

/** As they go out, where an empty list says nothing. */
export const withoutEmptyLists = (attributes: Attributes): Attributes =>
  kept(attributes, (value) => !Array.isArray(value) || value.length > 0)

/** By a loop, since lists of pairs take several times as long, and every event comes here more than once. */
const kept = (
  reported: { readonly [name in AttributeName]?: Reported },
  isKept: (value: Reported) => boolean,
): Attributes => {
  const attributes: { [name: string]: Reported } = {}
  for (const name of Object.keys(reported) as AttributeName[]) {
    const value = reported[name]
    if (isKept(value)) attributes[name] = value
  }
  return attributes as Attributes
}
