import { type ActivityKey, type Repository, repositoryPath } from './activity.ts'

/** What an activity may be called by: its key, a branch, a commit. Names are where parents and children meet. */
export type Name = string

/** `key:issue:github.com/acme/shop#12`: every activity is called by its own key. */
export const keyName = (key: ActivityKey): Name => `key:${key}`

/** `sha:<40 hex>`: a commit is the same commit in every fork, so no repository stands in its name. */
export const shaName = (sha: string): Name => `sha:${sha.toLowerCase()}`

/** `branch:github.com/acme/shop:feature/x`: branches are case-sensitive. */
export const branchName = (of: Repository, branch: string): Name => `branch:${repositoryPath(of)}:${branch}`

/**
 * The ways to find a parent, best first. The first that finds one decides; what it found beyond the first activity, and
 * what the other ways of `namedByPeople` found, become links.
 */
export const LINK_REASONS = [
  'marker',
  'closing_keyword',
  'branch_number',
  'upstream_build',
  'pull_request_number',
  'commit_sha',
  'branch',
] as const
export type LinkReason = (typeof LINK_REASONS)[number]

/** Ways in which a person has named the activity on purpose; the others are inferred. */
export const NAMED_BY_PEOPLE: ReadonlySet<LinkReason> = new Set(['marker', 'closing_keyword'])

/**
 * One way to name an activity from elsewhere.
 * - `activity` names a key. `unseen: 'join'` joins its trace although nothing was heard of it yet (ids are derived);
 *   `'wait'` counts only once the activity is known, for what is a guess, such as a branch that begins with a number.
 * - `name` is looked up among the names that activities have registered.
 */
export type Reference =
  | { readonly kind: 'activity'; readonly key: ActivityKey; readonly unseen: 'join' | 'wait' }
  | { readonly kind: 'name'; readonly name: Name }

/** The name under which a reference is looked up. */
export const nameOf = (reference: Reference): Name =>
  reference.kind === 'name' ? reference.name : keyName(reference.key)

export const joinActivity = (key: ActivityKey): Reference => ({ kind: 'activity', key, unseen: 'join' })
export const awaitActivity = (key: ActivityKey): Reference => ({ kind: 'activity', key, unseen: 'wait' })
export const lookUp = (name: Name): Reference => ({ kind: 'name', name })
