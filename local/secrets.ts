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
}

const Kept = z.object({ github: z.string().check(z.minLength(1)), jenkins: z.string().check(z.minLength(1)) })
type Kept = z.infer<typeof Kept>

type RandomHex = (bytes: number) => string

/** The secrets of the environment, or else those that were made on the first start and are kept in the home. */
export const readSecrets = (home: string, env: Environment, randomHex: RandomHex = hexOf): Secrets => {
  const kept = (): Kept => keptIn(join(home, 'secrets.json'), randomHex)
  return {
    github: secretOf(env.GITHUB_WEBHOOK_SECRET, () => kept().github),
    jenkins: secretOf(env.JENKINS_WEBHOOK_TOKEN, () => kept().jenkins),
  }
}

/** The first of several, for who sends; whoever receives accepts them all. */
export const firstOf = (secret: Secret): string => secret.value.split(',')[0]?.trim() ?? ''

const hexOf: RandomHex = (bytes) => randomBytes(bytes).toString('hex')

const secretOf = (given: string | undefined, kept: () => string): Secret =>
  given ? { value: given, origin: 'environment' } : { value: kept(), origin: 'generated' }

const keptIn = (path: string, randomHex: RandomHex): Kept => readKept(path) ?? make(path, randomHex)

const readKept = (path: string): Kept | undefined => {
  try {
    return z.parse(Kept, JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined
    // Never replaced by itself: webhooks are registered with what it held.
    throw refusal(`The secrets in ${path} cannot be read: repair the file, or delete it to have new ones made.`, cause)
  }
}

const make = (path: string, randomHex: RandomHex): Kept => {
  const made = { github: randomHex(32), jenkins: randomHex(32) }
  // Renamed into place, so that a kill half-way leaves no half of a secret.
  writeFileSync(`${path}.new`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${path}.new`, path)
  return made
}
