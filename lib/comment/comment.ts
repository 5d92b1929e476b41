import type { ContextFeed } from '../record/ports.ts'
import type { Failure } from '../redeliver/ports.ts'
import { restUntil } from '../redeliver/rest.ts'
import { isCommentable, type Told, toldOf } from './due.ts'
import type { Progress } from './ports.ts'
import { type SayDependencies, say } from './say.ts'

export interface CommentDependencies extends SayDependencies {
  readonly feed: ContextFeed
  readonly githubHost: string
  readonly now: () => number
  readonly pause: (millis: number) => Promise<void>
  /** When the run must have ended, epoch milliseconds. */
  readonly deadlineMillis: number
}

/** What a run came to. */
export interface CommentReport {
  readonly posted: number
  readonly changed: number
  /** Threads that the token may not write to. */
  readonly denied: number
  /** Whether all that has changed since the run before was looked at. */
  readonly isWhole: boolean
  readonly failure?: Failure
}

/** The table's index is behind the table by a moment, and the clocks of those who write to it differ by one. */
const OVERLAP_MILLIS = 60_000
/** As many as are read at a time. */
const BATCH = 100
/** GitHub wants a second between requests that change something, and few of them in an hour. */
const PAUSE_MILLIS = 1_000
const MAX_SAID = 30
/** Three requests to GitHub, and some to the table. */
const LEAST_MILLIS = 20_000

/**
 * Comments on what has been closed since the run before. The first run only remembers where to begin. What it does not get
 * to is left to the next, which passes over what was said already.
 */
export const comment = async (dependencies: CommentDependencies): Promise<CommentReport> => {
  const { commented, now } = dependencies
  const startMillis = now()
  const { lookedUntilMillis, restUntilMillis = 0 } = await commented.progress()
  if (restUntilMillis > startMillis) return { ...NOTHING, failure: { kind: 'limited', untilMillis: restUntilMillis } }
  if (lookedUntilMillis === undefined) {
    await commented.keep({ lookedUntilMillis: startMillis })
    return { ...NOTHING, isWhole: true }
  }
  const report = await sayAll(closedSince(lookedUntilMillis - OVERLAP_MILLIS, dependencies), dependencies)
  await commented.keep(progressAfter(report, lookedUntilMillis, startMillis))
  return report
}

const NOTHING: CommentReport = { posted: 0, changed: 0, denied: 0, isWhole: false }

const progressAfter = ({ isWhole, failure }: CommentReport, sinceMillis: number, startMillis: number): Progress => ({
  lookedUntilMillis: isWhole ? startMillis : sinceMillis,
  ...(failure?.kind === 'limited' ? { restUntilMillis: failure.untilMillis } : {}),
})

async function* closedSince(
  sinceMillis: number,
  { feed, githubHost, now }: CommentDependencies,
): AsyncGenerator<Told, void> {
  for await (const changes of feed.changes(sinceMillis)) {
    const keys = changes.map(({ key }) => key).filter(isCommentable)
    for (let from = 0; from < keys.length; from += BATCH) {
      const contexts = await feed.read(keys.slice(from, from + BATCH))
      yield* contexts.flatMap((context) => toldOf(context, githubHost, now()) ?? [])
    }
  }
}

const sayAll = async (all: AsyncGenerator<Told, void>, dependencies: CommentDependencies): Promise<CommentReport> => {
  const { now, pause, deadlineMillis } = dependencies
  const counts = { posted: 0, changed: 0, denied: 0 }
  let denial: Failure | undefined
  for await (const told of all) {
    const isOver = now() > deadlineMillis - LEAST_MILLIS
    if (isOver || counts.posted + counts.changed + counts.denied === MAX_SAID) return ended(counts, false, denial)
    const saying = await say(told, dependencies)
    if (saying.kind === 'silent') continue
    // What may pass is left to the next run; a thread that is closed to the token is passed over.
    if (saying.kind === 'limited' || saying.kind === 'failed') return ended(counts, false, saying)
    counts[saying.kind] += 1
    if (saying.kind === 'denied') denial = saying
    const untilMillis = saying.kind === 'denied' ? undefined : restUntil(saying.rate)
    if (untilMillis !== undefined) return ended(counts, false, { kind: 'limited', untilMillis })
    await pause(PAUSE_MILLIS)
  }
  return ended(counts, true, denial)
}

const ended = (
  counts: Pick<CommentReport, 'posted' | 'changed' | 'denied'>,
  isWhole: boolean,
  failure: Failure | undefined,
): CommentReport => ({ ...counts, isWhole, ...(failure === undefined ? {} : { failure }) })
