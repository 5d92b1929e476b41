import { refusal } from '../../local/refusal.ts'
import { faultsOf, type Hook, isAt, wantedHook } from './hook.ts'
import type { Hooks } from './hooks.ts'

/** What became of it, and of a hook that was there what was wrong with it. */
export interface Added {
  readonly outcome: 'created' | 'updated' | 'unchanged'
  readonly id: number
  readonly faults: readonly string[]
}

/**
 * Sees to it that there is a webhook to the address, with the right events and a secret. One that is there is changed
 * only where it is wrong, or where `force` asks for its secret to be set anew, which nobody can read.
 *
 * @throws Refusal
 */
export const addHook = async (
  hooks: Hooks,
  url: string,
  secret: string | undefined,
  force: boolean,
): Promise<Added> => {
  const present = (await hooks.list()).find((hook) => isAt(hook, url))
  if (present === undefined) {
    const { id } = await hooks.create(wantedHook(url, needed(secret)))
    return { outcome: 'created', id, faults: [] }
  }
  const faults = faultsOf(present)
  if (faults.length === 0 && !force) return { outcome: 'unchanged', id: present.id, faults }
  await hooks.update(present.id, wantedHook(present.config.url ?? url, needed(secret)))
  return { outcome: 'updated', id: present.id, faults }
}

/** A change without it would take away the one that is there. */
const needed = (secret: string | undefined): string => {
  if (secret !== undefined) return secret
  throw refusal('Set GITHUB_WEBHOOK_SECRET to the secret that ValueStream has, or name the deployment with --stage.')
}

export const addedText = ({ outcome, id, faults }: Added, url: string, name: string): string => {
  switch (outcome) {
    case 'created':
      return `Made the webhook ${id} of ${name} to ${url}. GitHub sends it a ping at once: npx valuestream webhooks test`
    case 'updated':
      return `Put right the webhook ${id} of ${name}${faults.length === 0 ? ', its secret' : `: ${faults.join('; ')}`}.`
    case 'unchanged':
      return `The webhook ${id} of ${name} is as it has to be. Whether its secret fits, npx valuestream webhooks test tells.`
  }
}

/** The hook to an address. @throws Refusal when there is none */
export const hookAt = async (hooks: Hooks, url: string, name: string): Promise<Hook> => {
  const found = (await hooks.list()).find((hook) => isAt(hook, url))
  if (found === undefined) {
    throw refusal(`${name} has no webhook to ${url}: make it with npx valuestream webhooks add.`)
  }
  return found
}
