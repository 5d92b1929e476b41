import type { ActivityKey } from '../../lib/delivery/activity.ts'

/**
 * What one payload tells whoever reads it, in the plain words of the world that made it: all that the oracle knows of a
 * world are the tellings of the deliveries that have survived. Not derived from the payload by any reader of payloads.
 */
export type Telling = IssueTelling | PullTelling | PushTelling | RunTelling

export type Result = 'success' | 'failure' | 'error' | 'timeout' | 'cancellation' | 'skip'

interface WorkTelling {
  readonly key: ActivityKey
  /** When it was last changed, which orders the tellings of one. */
  readonly atMillis: number
  readonly createdMillis: number
  readonly reopenedMillis?: number
  /** The end that it has had when this was told. */
  readonly ended?: { readonly atMillis: number; readonly result: Result }
}

export interface IssueTelling extends WorkTelling {
  readonly kind: 'issue'
  /** The issue that it is a part of, where the payload speaks of it; `none` where it says that there is none. */
  readonly partOf?: ActivityKey | 'none'
}

export interface PullTelling extends WorkTelling {
  readonly kind: 'pull_request'
  readonly author: string
  /** What title, body and branch say of issues, in their order. */
  readonly marked: readonly ActivityKey[]
  readonly closes: readonly ActivityKey[]
  readonly numbered?: ActivityKey
  readonly branch: BranchName
  readonly heads: readonly string[]
  /** By which commit it was merged, and whether that was onto the default branch of its repository. */
  readonly merged?: { readonly sha: string; readonly lands: boolean }
  readonly repository: string
  readonly review?: { readonly by: string; readonly atMillis: number }
}

export interface PushTelling {
  readonly kind: 'push'
  readonly key: ActivityKey
  readonly repository: string
  readonly sha: string
  readonly atMillis: number
  /** The pull request that the first line of the message names as merged. */
  readonly merges?: ActivityKey
  readonly fixes?: ActivityKey
}

/** `acme/shop:feature/x` */
export type BranchName = string

/** How sure a time is, surest first. */
export type Sureness = 'reported' | 'derived' | 'estimated'

export interface Told<T> {
  readonly value: T
  readonly sureness: Sureness
}

/** A build or a deploy, of Jenkins or of GitHub. */
export interface RunTelling {
  readonly kind: 'run'
  readonly key: ActivityKey
  readonly by: 'plugin' | 'status' | 'github'
  readonly deploys: boolean
  readonly start: Told<number>
  readonly end?: Told<number>
  /** How long it has taken, where the end itself is only estimated. */
  readonly durationMillis?: number
  readonly result?: Result
  readonly marked?: ActivityKey
  readonly upstream?: ActivityKey
  /** The pull request whose number it names; `isSure` where its repository is told and no guess. */
  readonly pull?: { readonly key: ActivityKey; readonly isSure: boolean }
  readonly sha?: string
  readonly branches: readonly BranchName[]
  /** The repository that it is known to be of. */
  readonly repository?: string
  readonly environment?: string
  readonly deployType?: string
  readonly previousAttempt?: ActivityKey
}
