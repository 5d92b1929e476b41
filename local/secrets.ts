import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod/mini'
import { errorCode, refusal } from './refusal.ts'
import type { Environment } from './settings.ts'

/** `generated` tells that the value was made here, so that showing it is the only way to learn it. */
export interface Secret {
  readonly value: string
  readonly origin: 'environment' | 'generated'
}

export interface Secrets {
  readonly github: Secret
  readonly jenkins: Secret
  readonly events: Secret
}

const secret = z.string().check(z.minLength(1))
/** What was kept before there were events holds no secret for them. */
const KeptOnce = z.object({ github: secret, jenkins: secret, events: z.optional(secret) })
type KeptOnce = z.infer<typeof KeptOnce>
type Kept = Readonly<Record<keyof KeptOnce, string>>

type RandomHex = (bytes: number) => string

/** The secrets of the environment, or else those that were made on the first start and are kept in the home. */
export const readSecrets = (home: string, env: Environment, randomHex: RandomHex = hexOf): Secrets => {
  const kept = (): Kept => keptIn(join(home, 'secrets.json'), randomHex)
  return {
    github: secretOf(env.GITHUB_WEBHOOK_SECRET, () => kept().github),
    jenkins: secretOf(env.JENKINS_WEBHOOK_TOKEN, () => kept().jenkins),
    events: secretOf(env.EVENTS_WEBHOOK_SECRET, () => kept().events),
  }
}

/** The first of several, for who sends; whoever receives accepts them all. */
export const firstOf = (secret: Secret): string => secret.value.split(',')[0]?.trim() ?? ''

const hexOf: RandomHex = (bytes) => randomBytes(bytes).toString('hex')

const secretOf = (given: string | undefined, kept: () => string): Secret =>
  given ? { value: given, origin: 'environment' } : { value: kept(), origin: 'generated' }

const keptIn = (path: string, randomHex: RandomHex): Kept => {
  const { github, jenkins, events } = readKept(path) ?? { github: randomHex(32), jenkins: randomHex(32) }
  return events === undefined
    ? keep(path, { github, jenkins, events: whsec(randomHex(32)) })
    : { github, jenkins, events }
}

/** As Standard Webhooks writes a secret. */
const whsec = (hex: string): string => `whsec_${Buffer.from(hex, 'hex').toString('base64')}`

const readKept = (path: string): KeptOnce | undefined => {
  try {
    return z.parse(KeptOnce, JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined
    // Never replaced by itself: webhooks are registered with what it held.
    throw refusal(`The secrets in ${path} cannot be read: repair the file, or delete it to have new ones made.`, cause)
  }
}

const keep = (path: string, kept: Kept): Kept => {
  // Renamed into place, so that a kill half-way leaves no half of a secret.
  writeFileSync(`${path}.new`, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${path}.new`, path)
  return kept
}
