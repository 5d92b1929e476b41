import type { ActivityKey } from '../../lib/delivery/activity.ts'
import { groupBy } from '../../lib/delivery/group-by.ts'
import type { Facts } from './facts.ts'

interface Landed {
  readonly repository: string
  readonly sha: string
  readonly atMillis: number
  readonly pull?: ActivityKey
}

/** What is known to have come onto the default branch of a repository, and when. */
export interface Landings {
  readonly atOf: (repository: string, sha: string) => number | undefined
  /** The pull requests that were merged after a moment, and at another or before. */
  readonly pullsBetween: (
    repository: string,
    afterMillis: number,
    untilMillis: number,
  ) => readonly { readonly key: ActivityKey; readonly atMillis: number }[]
  /** When the last commit landed that was there at a moment. */
  readonly lastBefore: (repository: string, atMillis: number) => number | undefined
}

export const landingsOf = (facts: Facts): Landings => {
  const all = landedOf(facts)
  const byRepository = groupBy(all, ({ repository }) => repository)
  const times = new Map(all.map(({ repository, sha, atMillis }) => [`${repository}@${sha}`, atMillis]))
  return {
    atOf: (repository, sha) => times.get(`${repository}@${sha}`),
    pullsBetween: (repository, afterMillis, untilMillis) =>
      (byRepository.get(repository) ?? []).flatMap(({ pull, atMillis }) =>
        pull !== undefined && atMillis > afterMillis && atMillis <= untilMillis ? [{ key: pull, atMillis }] : [],
      ),
    lastBefore: (repository, untilMillis) => {
      const before = (byRepository.get(repository) ?? [])
        .map(({ atMillis }) => atMillis)
        .filter((at) => at <= untilMillis)
      return before.length === 0 ? undefined : Math.max(...before)
    },
  }
}

/** Merges as the pull requests tell them; pushes where no pull request does, or where its merge is not known. */
const landedOf = ({ pulls, pushes }: Facts): readonly Landed[] => {
  const merged = [...pulls].flatMap(([key, tellings]): Landed[] => {
    const telling = tellings.find((one) => one.merged?.lands === true)
    if (telling?.merged === undefined || telling.ended === undefined) return []
    return [{ repository: telling.repository, sha: telling.merged.sha, atMillis: telling.ended.atMillis, pull: key }]
  })
  const known = new Set(merged.map(({ sha }) => sha))
  const pushed = [...pushes.values()]
    .filter(({ sha }) => !known.has(sha))
    .map(({ repository, sha, atMillis, merges }): Landed => {
      const isMerge = merges !== undefined && pulls.has(merges)
      return { repository, sha, atMillis, ...(isMerge ? { pull: merges } : {}) }
    })
  return [...merged, ...pushed]
}
