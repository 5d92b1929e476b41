import { parseArgs } from 'node:util'
import { refusal } from '../local/refusal.ts'

export interface SimulateOptions {
  readonly activities: number
  readonly seed: number
  /** The share of the deliveries that never arrives. */
  readonly loss: number
  /** How many deliveries are under way at once. */
  readonly lanes: number
  /** Where the report is written as JSON. */
  readonly json?: string
}

const USAGE =
  'npm run simulate -- [--activities <number>] [--seed <number>] [--loss <share>] [--lanes <number>] [--json <file>]'

/** @throws Refusal when the arguments are none of these */
export const readOptions = (args: readonly string[]): SimulateOptions => {
  const { activities = '2000', seed = '1', loss = '0', lanes = '32', json } = parsed(args)
  return {
    activities: numberIn(activities, 'activities', 20, 1_000_000, true),
    seed: numberIn(seed, 'seed', 1, 1_000_000, true),
    loss: numberIn(loss, 'loss', 0, 0.9, false),
    lanes: numberIn(lanes, 'lanes', 1, 1000, true),
    ...(json === undefined ? {} : { json }),
  }
}

const parsed = (args: readonly string[]) => {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      args: [...args],
      options: { activities: text, seed: text, loss: text, lanes: text, json: text },
    }).values
  } catch (cause) {
    throw refusal(`The simulation does not know these arguments: ${USAGE}`, cause)
  }
}

const numberIn = (text: string, name: string, least: number, most: number, isWhole: boolean): number => {
  const number = Number(text)
  if (text.trim() !== '' && number >= least && number <= most && (!isWhole || Number.isInteger(number))) return number
  throw refusal(`--${name} must be a ${isWhole ? 'whole ' : ''}number from ${least} to ${most}: ${USAGE}`)
}
