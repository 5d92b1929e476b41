import { accessSync, constants, mkdirSync } from 'node:fs'
import { refusal } from './refusal.ts'

/**
 * Makes the folder that keeps the data, readable by its owner alone: secrets and titles of issues lie in it.
 *
 * @throws Refusal when the folder cannot be made or written
 */
export const openHome = (home: string): void => {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 })
    accessSync(home, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw refusal(`The folder ${home} cannot be written: set VALUESTREAM_HOME to one that can.`, cause)
  }
}
