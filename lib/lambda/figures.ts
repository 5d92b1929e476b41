import type { CommentReport } from '../comment/comment.ts'
import type { Answer } from '../record/receive.ts'
import type { Swept } from '../record/sweep.ts'
import type { HookReport } from '../redeliver/redeliver.ts'
import type { Figures, Metric } from './metrics.ts'

const REFUSED: Readonly<Record<number, Metric>> = {
  400: 'RefusedMalformed',
  401: 'RefusedSignature',
  413: 'RefusedTooLarge',
}

const OUTCOMES: Readonly<Record<Answer['report']['outcome'], Metric | undefined>> = {
  recorded: 'Recorded',
  ignored: 'Ignored',
  unavailable: 'Unavailable',
  ping: undefined,
  refused: undefined,
}

/** What one webhook counts for: only what happened, so that a line stays short. */
export const answerFigures = ({ status, report: { outcome, recorded } }: Answer): Figures => {
  const metric = outcome === 'refused' ? REFUSED[status] : OUTCOMES[outcome]
  return {
    Received: 1,
    ...(metric === undefined ? {} : { [metric]: 1 }),
    ...(recorded?.lostRaces ? { LostRaces: recorded.lostRaces } : {}),
    ...(recorded?.exported?.kind === 'accepted' ? { Exported: recorded.dueSpans } : {}),
    ...(recorded?.exported !== undefined && recorded.exported.kind !== 'accepted' ? { ExportFailed: 1 } : {}),
  }
}

/** What one run of the redelivery counts for one hook. */
export const redeliveryFigures = ({ redelivered, rejected, failure }: HookReport): Figures => ({
  ...(redelivered === 0 ? {} : { Redelivered: redelivered }),
  ...(rejected === 0 ? {} : { RedeliveryRejected: rejected }),
  // A limit of GitHub's passes by itself.
  ...(failure === undefined || failure.kind === 'limited' ? {} : { RedeliveryFailed: 1 }),
})

/** What one run of commenting counts for. */
export const commentFigures = ({ posted, changed, failure }: CommentReport): Figures => ({
  ...(posted + changed === 0 ? {} : { Commented: posted + changed }),
  // A limit of GitHub's passes by itself.
  ...(failure === undefined || failure.kind === 'limited' ? {} : { CommentFailed: 1 }),
})

/** What one sweep counts for: zeros as well, so that an alarm tells "none" from "not run". */
export const sweepFigures = (swept: Swept, nowMillis: number): Figures => ({
  Exported: swept.exported,
  ExportFailed: swept.message === undefined ? 0 : 1,
  Undeliverable: swept.undeliverable,
  Postponed: swept.postponed,
  Abandoned: swept.abandoned,
  OutboxSize: swept.outbox.count,
  OutboxAgeSeconds: Math.max(0, Math.round((nowMillis - (swept.outbox.oldestMillis ?? nowMillis)) / 1000)),
})
