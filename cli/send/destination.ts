import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { secretList } from '../../lib/settings/settings.ts'
import { refusal, wrongUse } from '../../local/refusal.ts'
import { readSecrets } from '../../local/secrets.ts'
import { type Environment, readLocalSettings } from '../../local/settings.ts'
import { isHttpAddress } from '../http-address.ts'
import { isLocalAddress } from './local-address.ts'
import type { Destination } from './post-event.ts'

export interface DestinationOptions {
  readonly url?: string
  readonly stage?: string
}

/** The two facts of a deployment that sending takes. */
export interface Deployment {
  readonly eventsUrl: (stage: string) => Promise<string>
  /** Of several, as during a rotation, all. */
  readonly eventsSecret: (stage: string) => Promise<string | undefined>
}

/**
 * Where an event goes, and what it is signed with: what is named, or else the stage's, or else the local stack's.
 *
 * @throws Refusal when there is no secret
 */
export const destinationOf = async (
  { url, stage }: DestinationOptions,
  env: Environment,
  workingDirectory: string,
  deployment: Deployment,
): Promise<Destination> => {
  const named = url ?? (stage === undefined ? env.EVENTS_URL : undefined)
  if (named !== undefined && !isHttpAddress(named)) throw wrongUse(`"${named}" is not an http or https address.`)
  const { port, home } = readLocalSettings(env, workingDirectory)
  const address = named ?? (stage === undefined ? `http://localhost:${port}/events` : await deployment.eventsUrl(stage))
  const secret = secretList(env.EVENTS_WEBHOOK_SECRET)[0] ?? (await keptSecret(address, stage, home, deployment))
  if (secret === undefined) {
    throw refusal(
      stage === undefined && isLocalAddress(address)
        ? `There is no secret to sign with in ${home}: npx valuestream start makes one. Or say its VALUESTREAM_HOME, set EVENTS_WEBHOOK_SECRET, or name the deployment with --stage.`
        : 'There is no secret to sign with: set EVENTS_WEBHOOK_SECRET, or name the deployment with --stage.',
    )
  }
  return { url: address, secret }
}

/** The stage's, or for this machine alone that of the local stack; none is made here. */
const keptSecret = async (address: string, stage: string | undefined, home: string, deployment: Deployment) => {
  if (stage !== undefined) return secretList(await deployment.eventsSecret(stage))[0]
  if (!isLocalAddress(address)) return undefined
  return existsSync(join(home, 'secrets.json')) ? readSecrets(home, {}).events.value : undefined
}
