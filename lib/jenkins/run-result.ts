import type { Result } from '../delivery/result.ts'

/** Jenkins's words in the one vocabulary. UNSTABLE is a success that `build.result` tells from others. */
const RESULTS: ReadonlyMap<string, Result> = new Map([
  ['SUCCESS', 'success'],
  ['UNSTABLE', 'success'],
  ['FAILURE', 'failure'],
  ['ABORTED', 'cancellation'],
  ['NOT_BUILT', 'skip'],
  ['UNKNOWN', 'error'],
])

/** A word that Jenkins does not have, or none at all, is as good as UNKNOWN. */
export const runResult = (word: string | null | undefined): Result => RESULTS.get(word?.toUpperCase() ?? '') ?? 'error'
