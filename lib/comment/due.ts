import { type ActivityKey, kindOf } from '../delivery/activity.ts'
import type { Context } from '../delivery/context.ts'
import { isAlive } from '../delivery/episodes.ts'
import { type CompletedSpan, spansOf } from '../delivery/span.ts'
import type { Thread } from './ports.ts'

/** What a comment is about: an issue or a pull request whose last span the backend has. */
export interface Told {
  readonly key: ActivityKey
  readonly kind: 'issue' | 'pull_request'
  readonly thread: Thread
  readonly span: CompletedSpan
}

/** What ended longer ago is left alone, so that an import of history makes no noise. */
const RECENT_MILLIS = 7 * 24 * 3_600_000

const KEY = /^(issue|pull_request):([^/]+)\/([^/]+)\/([^/#]+)#([0-9]+)$/

/** Whether such an activity can have a comment at all. */
export const isCommentable = (key: ActivityKey): boolean => KEY.test(key)

/** What to say a comment of; undefined while it is open, not accepted, too old, of another host, or not there any more. */
export const toldOf = (context: Context, githubHost: string, nowMillis: number): Told | undefined => {
  const { key, facts, emissions } = context
  const [, , host, owner, repository, number] = KEY.exec(key) ?? []
  if (host !== githubHost || owner === undefined || repository === undefined || isAlive(facts)) return undefined
  const span = spansOf(context).at(-1)
  if (span === undefined || nowMillis - span.endMillis > RECENT_MILLIS || hasLeft(span)) return undefined
  const emission = emissions.find(({ episode }) => episode === span.attributes['valuestream.episode'])
  if (emission?.state !== 'accepted') return undefined
  const kind = kindOf(key) === 'issue' ? 'issue' : 'pull_request'
  return { key, kind, thread: { owner, repository, number: Number(number) }, span }
}

/** An issue that was transferred or deleted is no place for a comment. */
const hasLeft = ({ attributes }: CompletedSpan): boolean =>
  attributes['issue.state_reason'] === 'transferred' || attributes['issue.state_reason'] === 'deleted'
