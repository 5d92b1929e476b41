import type { ActivityKey } from '../delivery/activity.ts'
import type { Failure, Rate } from '../redeliver/ports.ts'

/** An issue or a pull request of GitHub; both have their comments under one number. */
export interface Thread {
  readonly owner: string
  readonly repository: string
  readonly number: number
}

/** What stands in a thread; `id` is digits, since GitHub's numbers may be larger than a JavaScript number holds. */
export interface Found {
  readonly kind: 'found'
  readonly comment?: { readonly id: string; readonly body: string }
  readonly rate?: Rate
}

export interface Posted {
  readonly kind: 'posted'
  readonly id: string
  readonly rate?: Rate
}

/** `gone`: somebody has deleted the comment. */
export type Changed =
  | { readonly kind: 'changed'; readonly rate?: Rate }
  | { readonly kind: 'gone'; readonly rate?: Rate }

/** The comments of threads. Never throws: what goes wrong is an outcome, and no message holds the token. */
export interface Comments {
  /** The first comment that begins with the marker. */
  readonly find: (thread: Thread, marker: string) => Promise<Found | Failure>
  readonly post: (thread: Thread, body: string) => Promise<Posted | Failure>
  readonly change: (thread: Thread, id: string, body: string) => Promise<Changed | Failure>
}

/** What was said of an activity last: a digest of the text, and its comment, where the token was let write one. */
export interface Said {
  readonly commentId?: string
  readonly fingerprint: string
}

/** How far has been looked; epoch milliseconds. */
export interface Progress {
  /** What was written to the table before is settled. */
  readonly lookedUntilMillis?: number
  /** GitHub wants to be left alone until then. */
  readonly restUntilMillis?: number
}

/** What is remembered between runs. Every function throws when it is away. */
export interface Commented {
  readonly said: (key: ActivityKey) => Promise<Said | undefined>
  readonly keepSaid: (key: ActivityKey, said: Said) => Promise<void>
  readonly progress: () => Promise<Progress>
  readonly keep: (progress: Progress) => Promise<void>
}
