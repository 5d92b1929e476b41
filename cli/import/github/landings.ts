import * as z from 'zod/mini'
import { type BranchPush, pushTold, type RestCommit, restCommit } from '../../history/github/push.ts'
import { inParallel } from '../in-parallel.ts'
import type { Page, Part } from '../page.ts'
import type { Background } from './background.ts'
import type { Lists } from './lists.ts'
import type { Place } from './repository.ts'

const PAGE = 50
const AT_ONCE = 6

/** The pushes to the default branch, with what they brought. */
export const landingsPart = (lists: Lists, place: Place, { pushes }: Background): Part => {
  const landings = pushes.filter(({ branch, after }) => branch === place.defaultBranch && !/^0*$/.test(after))
  return {
    name: 'pushes',
    pages: async function* (from): AsyncGenerator<Page> {
      for (let at = Number(from ?? 0); at < landings.length; at += PAGE) {
        const some = landings.slice(at, at + PAGE)
        const told = await inParallel(some, AT_ONCE, async (push) =>
          pushTold(place.repository, push, await commitsOf(lists, push)),
        )
        const next = at + PAGE < landings.length ? { next: String(at + PAGE) } : {}
        yield { told, read: some.length, total: landings.length, ...next }
      }
    },
  }
}

const compared = z.object({ commits: z.array(z.unknown()) })

/** The commits that are new with a push. What a merge brings beside its own was pushed to another branch before. */
const commitsOf = async (lists: Lists, { before, after, isMerge }: BranchPush): Promise<readonly RestCommit[]> => {
  if (isMerge || /^0*$/.test(before)) return commitsIn([await lists.one(`/commits/${after}`, 'commits')])
  const { data } = z.safeParse(compared, await lists.one(`/compare/${before}...${after}`, 'commits'))
  return commitsIn(data?.commits ?? [])
}

const commitsIn = (all: readonly unknown[]): readonly RestCommit[] =>
  all.flatMap((one) => z.safeParse(restCommit, one).data ?? [])
