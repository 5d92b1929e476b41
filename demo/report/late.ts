import { setTimeout as sleep } from 'node:timers/promises'
import type { Received } from './received.ts'

const POLL_MILLIS = 1000
/** An export that was given up is due after a minute, and the sweep runs every minute. */
const MOST_POLLS = 150
/** The explorer reads the table every five seconds: what it has read a moment before its end looks open until then. */
const SOON_POLLS = 8

export interface Waiting {
  readonly isStopped: () => boolean
  readonly print: (text: string) => void
  readonly pause?: (millis: number) => Promise<unknown>
}

/**
 * What has been received, once nothing is missing. On a busy machine an export can take longer than a webhook waits for
 * it; then the sweep sends the span, as it is meant to.
 */
export const whenComplete = async (
  read: () => Promise<Received>,
  { isStopped, print, pause = sleep }: Waiting,
): Promise<Received> => {
  let received = await read()
  for (let poll = 0; poll < MOST_POLLS && received.missing.length > 0 && !isStopped(); poll += 1) {
    if (poll === SOON_POLLS) {
      print(`${received.missing.length} spans wait in the outbox. The sweep, which runs every minute, sends them.\n`)
    }
    await pause(POLL_MILLIS)
    received = await read()
  }
  return received
}
