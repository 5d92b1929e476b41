import * as z from 'zod/mini'
import { restStatus, statusesTold } from '../../history/github/status.ts'
import { inParallel } from '../in-parallel.ts'
import type { Page, Part } from '../page.ts'
import { type Lists, newestFirst } from './lists.ts'
import type { Place } from './repository.ts'

const AT_ONCE = 6

const pull = z.object({ updated_at: z.string(), head: z.object({ sha: z.string(), ref: z.string() }) })

/**
 * The statuses that Jenkins has posted on the heads of pull requests, for a Jenkins that cannot be asked itself. A
 * request a pull request, so it is read only where it is wanted.
 */
export const statusesPart = (lists: Lists, place: Place, since: string): Part => ({
  name: 'commit statuses',
  pages: async function* (from): AsyncGenerator<Page> {
    const page = async (at: string | undefined) => {
      const { items, ...rest } = await lists.page('/pulls?state=all&sort=updated&direction=desc', 'pull requests', at)
      const pulls = items.flatMap((item) => z.safeParse(pull, item).data ?? [])
      return { ...rest, items: pulls.map(({ head, updated_at }) => ({ ...head, at: updated_at })) }
    }
    for await (const { items, ...rest } of newestFirst(page, since, from)) {
      const told = await inParallel(items, AT_ONCE, async ({ sha, ref }) => {
        const statuses = await lists.all(`/commits/${sha}/statuses`, 'commit statuses')
        const known = statuses.flatMap((status) => z.safeParse(restStatus, status).data ?? [])
        return statusesTold(place.repository, sha, [ref], known)
      })
      yield { told: told.flat(), read: items.length, ...rest }
    }
  },
})
