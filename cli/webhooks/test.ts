import type { HookDelivery, Hooks } from './hooks.ts'

export interface Pinged {
  readonly isGood: boolean
  /** What came back, and what to do where it is no good. */
  readonly sentence: string
}

const TRIES = 20

/**
 * Has GitHub ping a webhook, and reads what came back from its list of deliveries.
 *
 * @param pause between two looks
 * @throws Refusal
 */
export const pingHook = async (hooks: Hooks, id: number, pause: () => Promise<void>): Promise<Pinged> => {
  const before = new Set((await hooks.deliveries(id)).map(({ guid }) => guid))
  await hooks.ping(id)
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const pinged = (await hooks.deliveries(id)).find(({ guid, event }) => event === 'ping' && !before.has(guid))
    if (pinged !== undefined) return judged(pinged)
    await pause()
  }
  return {
    isGood: false,
    sentence: 'GitHub has not delivered the ping yet: look at Recent Deliveries on the page of the webhook.',
  }
}

const judged = ({ status, status_code, duration }: HookDelivery): Pinged => ({
  isGood: status_code >= 200 && status_code < 300,
  sentence: `The ping was answered ${status_code === 0 ? `with nothing (${status})` : status_code} after ${duration} s${remedyOf(status_code, status)}`,
})

const remedyOf = (code: number, status: string): string => {
  if (code >= 200 && code < 300) return ': the address and the secret are right.'
  if (code === 401)
    return ': the secrets differ. Set the one of the deployment with npx valuestream webhooks add --force.'
  if (code === 404 || code === 405) return ': nothing of ValueStream is there. The address must end in /github.'
  if (code === 429) return ': too many at once. Raise throttle-rate of the deployment.'
  if (code >= 400 && code < 500) return ': see to the address, and to what stands in front of ValueStream.'
  if (code >= 500) return ': the function failed. Its log says why, and so does npx valuestream doctor.'
  return /time/i.test(status)
    ? ': GitHub waits ten seconds. See to the function, and to what stands in front of it.'
    : ': GitHub cannot reach the address. It must be open to the internet, with a certificate that GitHub trusts.'
}
