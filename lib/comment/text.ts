import type { ActivityKey } from '../delivery/activity.ts'
import type { Told } from './due.ts'
import { durationText } from './duration.ts'

/** With what a comment begins, and is found again by. GitHub shows nothing of it. */
export const markerOf = (key: ActivityKey): string => `<!-- valuestream ${key} -->`

/**
 * @param traceUrl the address of a trace in the backend, with `{traceId}` in it, and where the backend wants them
 *   `{spanId}`, `{startMillis}` and `{endMillis}`
 */
export const commentText = (told: Told, traceUrl: string): string =>
  `${markerOf(told.key)}\n${sentence(told)} [Where the time went](${linkOf(told, traceUrl)})\n`

const sentence = ({ kind, span }: Told): string => {
  const { attributes, startMillis, endMillis } = span
  const what = kind === 'issue' ? 'issue' : 'pull request'
  const from = Number(attributes['valuestream.episode']) > 1 ? 'reopening' : 'opening'
  const to = attributes['pull_request.merged'] === true ? 'merging' : 'closing'
  const review = attributes['pull_request.time_to_first_review_millis']
  const waited = typeof review === 'number' ? `, ${durationText(review)} of it until the first review` : ''
  return `From ${from} to ${to}, this ${what} took **${durationText(endMillis - startMillis)}**${waited}.`
}

const linkOf = ({ span }: Told, traceUrl: string): string =>
  traceUrl
    .replaceAll('{traceId}', span.traceId)
    .replaceAll('{spanId}', span.spanId)
    .replaceAll('{startMillis}', String(span.startMillis))
    .replaceAll('{endMillis}', String(span.endMillis))
