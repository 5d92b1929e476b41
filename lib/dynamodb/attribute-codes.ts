import type { AttributeName } from '../delivery/attributes.ts'

/**
 * What an attribute is called in an item is its place in this list, since names are a third of all that is stored, and paid
 * for at every write. New ones are put at the end; none is ever moved or taken away.
 */
const IN_ORDER = `service error error.type error.message event.id event.type event.title event.url event.metadata.
issue.number issue.url issue.title issue.comments_count issue.project.name issue.state_reason issue.labels issue.type
issue.milestone issue.assignees user.name user.id user.url pull_request.labels pull_request.url pull_request.draft
pull_request.merged pull_request.merged_by pull_request.merge_commit_sha pull_request.commits pull_request.additions
pull_request.deletions pull_request.changed_files pull_request.comments_count pull_request.review_comments_count
pull_request.reviews_count pull_request.review_rounds pull_request.time_to_first_review_millis
pull_request.time_to_first_approval_millis pull_request.draft_millis review.state review.user.name scm.repository.id
scm.repository.url scm.repository.name scm.repository.full_name scm.repository.private scm.head.label scm.head.ref
scm.head.sha scm.head.url scm.base.label scm.base.ref scm.base.sha scm.base.repo.id scm.base.repo.name
scm.base.repo.full_name scm.base.repo.private scm.branch build.result build.ci.url build.context_id build.url
build.job.name build.job.full_name build.cause build.number build.started.user.name build.started.user.id
build.parameter. build.attempt build.trigger build.status.context build.queue_millis build.failure_causes
build.tests.total build.tests.failed build.tests.skipped vcs.provider.name vcs.owner.name vcs.repository.name
vcs.repository.url.full vcs.change.id vcs.change.title vcs.change.state vcs.ref.head.name vcs.ref.head.revision
vcs.ref.head.type vcs.ref.base.name vcs.ref.base.revision vcs.ref.base.type cicd.pipeline.name cicd.pipeline.run.id
cicd.pipeline.run.url.full cicd.pipeline.result cicd.pipeline.action.name cicd.worker.name deployment.name deployment.id
deployment.status deployment.environment.name deployment.production deployment.rollback deployment.pull_requests_count
deployment.url deployment.state valuestream.activity.key valuestream.result valuestream.episode
valuestream.closed_millis valuestream.link.reason valuestream.start.estimated valuestream.end.estimated
valuestream.true_start valuestream.true_duration_millis valuestream.times_reversed valuestream.cut
valuestream.correction`.split(/\s/)

const CODES: ReadonlyMap<string, string> = new Map(IN_ORDER.map((name, place) => [name, String(place)]))
const NAMES: ReadonlyMap<string, string> = new Map(IN_ORDER.map((name, place) => [String(place), name]))

/** What stands before the name that a source has chosen; its code is followed by a point and that name. */
const OPEN = ['build.parameter.', 'event.metadata.']

/** @returns the name itself where it has no code */
export const codeOf = (name: AttributeName): string => {
  const code = CODES.get(name)
  if (code !== undefined) return code
  const open = OPEN.find((prefix) => name.startsWith(prefix))
  return open === undefined ? name : `${CODES.get(open)}.${name.slice(open.length)}`
}

/** @returns what is no code as it is: items had names before */
export const nameOfCode = (code: string): AttributeName => {
  const point = code.indexOf('.')
  const name = NAMES.get(point === -1 ? code : code.slice(0, point))
  if (name === undefined) return code as AttributeName
  return (point === -1 ? name : name + code.slice(point + 1)) as AttributeName
}
