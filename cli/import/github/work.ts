import * as z from 'zod/mini'
import { issueTold, restIssue } from '../../history/github/issue.ts'
import { pullTold, type RestPull, type RestReview, restPull, restReview } from '../../history/github/pull-request.ts'
import type { BranchPush } from '../../history/github/push.ts'
import type { Told } from '../../history/webhook.ts'
import { inParallel } from '../in-parallel.ts'
import type { Page, Part } from '../page.ts'
import { type Background, changesByNumber, pushesByBranch } from './background.ts'
import type { Lists } from './lists.ts'
import type { Place } from './repository.ts'

/** Requests at a time for what a page lists: GitHub asks for no more than a few. */
const AT_ONCE = 6

/** Issues and pull requests in the order in which they were opened, so that most parents come before their children. */
export const workPart = (lists: Lists, place: Place, background: Background, since: string): Part => ({
  name: 'issues and pull requests',
  pages: async function* (from): AsyncGenerator<Page> {
    const [changes, pushes] = [changesByNumber(background), pushesByBranch(background)]
    const path = `/issues?state=all&sort=created&direction=asc&since=${since}`
    let at = from
    do {
      const { items, next, total } = await lists.page(path, 'issues', at)
      const told = await inParallel(items, AT_ONCE, async (item): Promise<Told> => {
        const { data: issue } = z.safeParse(restIssue, item)
        if (issue === undefined) return []
        const own = changes.get(issue.number) ?? []
        if (issue.pull_request == null) return issueTold(place.repository, issue, own)
        return pullOf(lists, place, issue.number, { changes: own, pushes })
      })
      yield { told, read: items.length, ...(total === undefined ? {} : { total }), ...(next ? { next } : {}) }
      at = next
    } while (at !== undefined)
  },
})

interface Known {
  readonly changes: Parameters<typeof pullTold>[2]['changes']
  readonly pushes: ReadonlyMap<string, readonly BranchPush[]>
}

/** The list lacks what makes a pull request's size, and who has merged it. */
const pullOf = async (lists: Lists, place: Place, number: number, known: Known): Promise<Told> => {
  const [data, reviews] = await Promise.all([
    lists.one(`/pulls/${number}`, 'pull requests'),
    lists.all(`/pulls/${number}/reviews`, 'reviews'),
  ])
  const { data: pull } = z.safeParse(restPull, data)
  if (pull === undefined) return []
  const isFork = pull.head.repo?.id !== place.id
  const commits = isFork && (pull.commits ?? 0) > 1 ? await lists.all(`/pulls/${number}/commits`, 'commits') : []
  return pullTold(place.repository, pull, {
    reviews: reviews.flatMap((review): RestReview[] => toList(z.safeParse(restReview, review).data)),
    changes: known.changes,
    pushes: isFork ? [] : headPushes(pull, known.pushes.get(pull.head.ref) ?? []),
    commits: commits.flatMap((commit) => toList(z.safeParse(named, commit).data?.sha)),
  })
}

const named = z.object({ sha: z.string() })

/** A branch's name may be used again: what was pushed before the pull request, or after its end, is of another. */
const headPushes = (pull: RestPull, pushes: readonly BranchPush[]): readonly BranchPush[] =>
  pushes.filter(({ at }) => at > pull.created_at && (pull.closed_at == null || at <= pull.closed_at))

const toList = <T>(found: T | undefined): T[] => (found === undefined ? [] : [found])
