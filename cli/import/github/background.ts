import * as z from 'zod/mini'
import { groupBy } from '../../../lib/delivery/group-by.ts'
import { refusalIn } from '../../../lib/github-api/refusal.ts'
import { isRefusal } from '../../../local/refusal.ts'
import { type Change, change, changeOf } from '../../history/github/change.ts'
import { type BranchPush, branchPush, branchPushOf } from '../../history/github/push.ts'
import type { Lists } from './lists.ts'

/** What issues and pull requests have gone through, read before they are, in two lists of the whole repository. */
export interface Background {
  readonly changes: readonly Change[]
  readonly pushes: readonly BranchPush[]
}

export const background = z.object({ changes: z.array(change), pushes: z.array(branchPush) })

/** Told of how much was read. */
export type OnRead = (name: string, count: number) => void

/** @param since an ISO string, from which on it is read @throws Refusal */
export const readBackground = async (lists: Lists, since: string, onRead: OnRead): Promise<Background> => ({
  changes: await readAll(lists, '/issues/events', 'issue events', since, changeOf, onRead),
  pushes: await readPushes(lists, since, onRead),
})

/** An older Enterprise Server has no such list: then landings are known by merges alone. */
const readPushes = async (lists: Lists, since: string, onRead: OnRead): Promise<readonly BranchPush[]> => {
  try {
    return await readAll(lists, '/activity', 'pushes', since, branchPushOf, onRead)
  } catch (error) {
    if (isRefusal(error) && refusalIn(error.cause)?.status === 404) return []
    throw error
  }
}

const readAll = async <T extends { readonly at: string }>(
  lists: Lists,
  path: string,
  what: string,
  since: string,
  toItem: (entry: unknown) => T | undefined,
  onRead: OnRead,
): Promise<readonly T[]> => {
  const found: T[] = []
  let from: string | undefined
  do {
    const { items, next } = await lists.page(path, what, from)
    const known = items.flatMap((item) => toItem(item) ?? [])
    found.push(...known.filter(({ at }) => at >= since))
    onRead(what, items.length)
    from = timeIn(items.at(-1)) < since ? undefined : next
  } while (from !== undefined)
  return found.reverse()
}

const timed = z.object({ created_at: z.nullish(z.string()), timestamp: z.nullish(z.string()) })

/** Both lists begin with the newest; one without a time does not end them. */
const timeIn = (entry: unknown): string => {
  const { data } = z.safeParse(timed, entry)
  return data?.created_at ?? data?.timestamp ?? '~'
}

/** By the number of the issue or pull request. */
export const changesByNumber = ({ changes }: Background): ReadonlyMap<number, readonly Change[]> =>
  groupBy(changes, ({ number }) => number)

/** By the name of the branch. */
export const pushesByBranch = ({ pushes }: Background): ReadonlyMap<string, readonly BranchPush[]> =>
  groupBy(pushes, ({ branch }) => branch)

/** Where neither issues nor pushes are read. */
export const NO_BACKGROUND: Background = { changes: [], pushes: [] }
