import { type ActivityKey, type Operation, type Repository, repositoryPath } from './activity.ts'

/** What an activity may be called by: its key, a branch, a commit. Names are where parents and children meet. */
export type Name = string

/** `key:issue:github.com/acme/shop#12`: every activity is called by its own key. */
export const keyName = (key: ActivityKey): Name => `key:${key}`

/** `head:<40 hex>`: a commit that was the head of a pull request. It is the same in every fork, so no repository is in it. */
export const headName = (sha: string): Name => `head:${sha.toLowerCase()}`

/** `landed:<40 hex>`: the commit by which a pull request was merged, or which was pushed to the default branch. */
export const landedName = (sha: string): Name => `landed:${sha.toLowerCase()}`

/** `branch:github.com/acme/shop:feature/x`: branches are case-sensitive. */
export const branchName = (of: Repository, branch: string): Name => `branch:${repositoryPath(of)}:${branch}`

/** `queued:https://ci.acme.com/job/shop/job/PR-34@<40 hex>`: a run of this job for this commit, that has no number yet. */
export const queuedName = (jobAddress: string, sha: string): Name => `queued:${jobAddress}@${sha.toLowerCase()}`

interface Rule {
  /** Whether it makes a parent; otherwise it makes only a link. */
  readonly parent: boolean
  /**
   * `whole`: said on purpose or a fact of its own, so what is not the parent becomes a link. `best`: inferred, so it counts
   * only where no better way has found anything, and then for one activity. `since`: tells no relation, only how long
   * a run has waited.
   */
  readonly kept: 'whole' | 'best' | 'since'
  /** Whether a later report takes back what an earlier one said, as an edited text does; otherwise reports add up. */
  readonly replaced: boolean
}

/** The ways in which activities belong together, those that make a parent first, best first. */
export const LINK_RULES = {
  marker: { parent: true, kept: 'whole', replaced: true },
  traceparent: { parent: true, kept: 'whole', replaced: false },
  closing_keyword: { parent: true, kept: 'whole', replaced: true },
  parent_issue: { parent: true, kept: 'whole', replaced: true },
  branch_number: { parent: true, kept: 'best', replaced: true },
  pull_request_number: { parent: true, kept: 'best', replaced: false },
  change_id: { parent: true, kept: 'best', replaced: false },
  head_sha: { parent: true, kept: 'best', replaced: false },
  merge_sha: { parent: true, kept: 'best', replaced: false },
  branch: { parent: true, kept: 'best', replaced: false },
  upstream_build: { parent: true, kept: 'whole', replaced: false },
  previous_attempt: { parent: false, kept: 'whole', replaced: false },
  transferred_from: { parent: false, kept: 'whole', replaced: false },
  caused_by: { parent: false, kept: 'whole', replaced: false },
  queued: { parent: false, kept: 'since', replaced: false },
} as const satisfies Record<string, Rule>
export type LinkReason = keyof typeof LINK_RULES
export const LINK_REASONS = Object.keys(LINK_RULES) as [LinkReason, ...LinkReason[]]

/** Why one span points to another: a way of {@link LINK_RULES}, or that the one was deployed with the other. */
export const RELATION_REASONS = [...LINK_REASONS, 'carried'] as const
export type RelationReason = (typeof RELATION_REASONS)[number]

const DEPLOY_PRECEDENCE: readonly LinkReason[] = LINK_REASONS.filter((reason) => reason !== 'upstream_build').flatMap(
  (reason) => (reason === 'pull_request_number' ? ['upstream_build', reason] : [reason]),
)

const COMMIT_PRECEDENCE: readonly LinkReason[] = [
  'pull_request_number',
  ...LINK_REASONS.filter((reason) => reason !== 'pull_request_number'),
]

/**
 * A deploy was made by the run that started it; a build is about its pull request first; a commit that names the pull
 * request that it merges repeats what that one closes.
 */
export const precedenceFor = (operation: Operation): readonly LinkReason[] => {
  if (operation === 'commit') return COMMIT_PRECEDENCE
  return operation === 'deploy' ? DEPLOY_PRECEDENCE : LINK_REASONS
}

/**
 * One way to name an activity from elsewhere.
 * - `activity` names a key. `unseen: 'join'` joins its trace although nothing was heard of it yet (ids are derived);
 *   `'wait'` counts only once the activity is known, for what is a guess, such as a branch that begins with a number.
 * - `name` is looked up among the names that activities have registered.
 * - `span` is somebody else's span, taken as it is.
 */
export type Reference =
  | { readonly kind: 'activity'; readonly key: ActivityKey; readonly unseen: 'join' | 'wait' }
  | { readonly kind: 'name'; readonly name: Name }
  | { readonly kind: 'span'; readonly traceId: string; readonly spanId: string }

/** The name under which a reference is looked up. */
export const nameOf = (reference: Reference): Name => {
  switch (reference.kind) {
    case 'name':
      return reference.name
    case 'activity':
      return keyName(reference.key)
    case 'span':
      return keyName(`span:${reference.traceId}-${reference.spanId}`)
  }
}

export const joinActivity = (key: ActivityKey): Reference => ({ kind: 'activity', key, unseen: 'join' })
export const awaitActivity = (key: ActivityKey): Reference => ({ kind: 'activity', key, unseen: 'wait' })
export const lookUp = (name: Name): Reference => ({ kind: 'name', name })

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?$/

/**
 * The span that a W3C `traceparent` names; undefined when it is none.
 *
 * @see https://www.w3.org/TR/trace-context/#traceparent-header
 */
export const spanOfTraceparent = (traceparent: string): Reference | undefined => {
  const [, traceId, spanId] = TRACEPARENT.exec(traceparent.trim().toLowerCase()) ?? []
  return traceId === undefined || spanId === undefined ? undefined : { kind: 'span', traceId, spanId }
}
