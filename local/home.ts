import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { refusal } from './refusal.ts'

/**
 * Makes the folder that keeps the data, readable by its owner alone: secrets and titles of issues lie in it.
 *
 * @throws Refusal when the folder cannot be made or written
 */
export const openHome = (home: string): void => {
  try {
    makeFolder(home)
    accessSync(home, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw refusal(`The folder ${home} cannot be written: set VALUESTREAM_HOME to one that can.`, cause)
  }
}

/** Not `mkdirSync` with `recursive`, which tries for ever where the system says that the parent is missing and it is not. */
const makeFolder = (path: string): void => {
  if (!existsSync(path)) {
    makeFolder(dirname(path))
    mkdirSync(path, { mode: 0o700 })
  } else if (!statSync(path).isDirectory()) {
    throw new Error(`${path} is no folder`)
  }
}
