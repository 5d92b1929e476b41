import type { Operation, Webhook } from '../webhooks/webhook.ts'
import { keptConnections } from './post.ts'
import { type Answer, type Receiver, send } from './send.ts'

/** One span that the receiver must have in the end. */
export interface ExpectedSpan {
  readonly operation: Operation
  readonly activityKey: string
  readonly episode: number
}

export interface ReplayOutcome {
  readonly recorded: number
  readonly ignored: number
  readonly expected: readonly ExpectedSpan[]
  /** The first thing that went wrong; nothing was sent after it. */
  readonly failure?: string
}

/** How many issues are told side by side. */
const LANES = 16

/**
 * Sends the sequences, several at a time and each in its own order, until all are sent, one fails or `isStopped`.
 */
export const replay = async (
  receiver: Receiver,
  sequences: readonly (readonly Webhook[])[],
  onSent: () => void,
  isStopped: () => boolean,
): Promise<ReplayOutcome> => {
  const sent: { webhook: Webhook; answer: Answer }[] = []
  const waiting = sequences.values()
  const { post, close } = keptConnections()
  let failure: string | undefined

  const runLane = async () => {
    // The lanes share the iterator: each takes the next sequence that none has taken.
    for (const sequence of waiting) {
      for (const webhook of sequence) {
        if (failure !== undefined || isStopped()) return
        const answer = await send(post, receiver, webhook)
        if (answer.kind === 'failed') failure ??= `A webhook of ${webhook.target.source} ${answer.reason}`
        sent.push({ webhook, answer })
        onSent()
      }
    }
  }
  await Promise.all(Array.from({ length: LANES }, runLane))
  close()
  return {
    recorded: sent.filter(({ answer }) => answer.kind === 'recorded').length,
    ignored: sent.filter(({ answer }) => answer.kind === 'ignored').length,
    expected: sent.flatMap(({ webhook, answer }) => expectedOf(webhook, answer)),
    ...(failure === undefined ? {} : { failure }),
  }
}

const expectedOf = ({ operation, finishes }: Webhook, answer: Answer): readonly ExpectedSpan[] =>
  finishes && answer.kind === 'recorded'
    ? answer.keys.map((activityKey) => ({ operation, activityKey, episode: finishes.episode }))
    : []
