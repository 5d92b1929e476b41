import { idOf } from '../../demo/history/hash.ts'
import { SECOND } from '../../demo/history/time.ts'
import type { Landing, Pull } from './model.ts'
import { mergeOf } from './pulls.ts'

/** What came onto a default branch by merges. GitHub notices the push a moment after the merge. */
export const landingsOf = (pulls: readonly Pull[]): readonly Landing[] =>
  pulls.flatMap((pull): Landing[] => {
    const merge = mergeOf(pull)
    if (merge === undefined || pull.base !== 'main') return []
    const { sha, atMillis, by } = merge
    return [{ place: pull.place, sha, atMillis, pushedMillis: atMillis + (idOf(sha) % 3) * SECOND, by, pull }]
  })
