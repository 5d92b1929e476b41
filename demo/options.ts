import { parseArgs } from 'node:util'
import { refusal } from '../local/refusal.ts'
import { DEFAULT_SEED } from './webhooks/sequences.ts'

export interface DemoOptions {
  /** End when the replay is done, instead of going on to run. */
  readonly once: boolean
  readonly seed: number
  /** What came of it is printed as JSON. */
  readonly json: boolean
}

const USAGE = 'npx valuestream demo [--once] [--seed <number>] [--json]'
const MAX_SEED = 1_000_000

/** @throws Refusal when the arguments are none of these */
export const readOptions = (args: readonly string[]): DemoOptions => {
  const { once, seed, json } = parsed(args)
  const number = seed === undefined ? DEFAULT_SEED : Number(seed)
  if (!Number.isInteger(number) || number < 1 || number > MAX_SEED) {
    throw refusal(`The seed must be a whole number from 1 to ${MAX_SEED}: ${USAGE}`)
  }
  return { once: once ?? false, seed: number, json: json ?? false }
}

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: { once: { type: 'boolean' }, seed: { type: 'string' }, json: { type: 'boolean' } },
    }).values
  } catch (cause) {
    throw refusal(`The demo does not know these arguments: ${USAGE}`, cause)
  }
}
