import * as z from 'zod/mini'
import { type RestRun, restRun, runTold } from '../../history/github/workflow-run.ts'
import { inParallel } from '../in-parallel.ts'
import type { Page, Part } from '../page.ts'
import { type Lists, newestFirst } from './lists.ts'
import type { Place } from './repository.ts'

const AT_ONCE = 6

/** The runs of GitHub's workflows, with their earlier attempts. */
export const runsPart = (lists: Lists, place: Place, since: string): Part => ({
  name: 'workflow runs',
  pages: async function* (from): AsyncGenerator<Page> {
    const page = async (at: string | undefined) => {
      const { items, ...rest } = await lists.page('/actions/runs', 'workflow runs', at)
      return { ...rest, items: items.flatMap((item) => toRun(item) ?? []).map((run) => ({ run, at: run.created_at })) }
    }
    for await (const { items, ...rest } of newestFirst(page, since, from)) {
      const attempts = await inParallel(items, AT_ONCE, async ({ run }) => [run, ...(await earlier(lists, run))])
      const told = attempts.flat().map((run) => runTold(place.repository, run))
      yield { told, read: items.length, ...rest }
    }
  },
})

/** A run tells of its last attempt only. */
const earlier = async (lists: Lists, { id, run_attempt }: RestRun): Promise<readonly RestRun[]> => {
  const numbers = Array.from({ length: Math.max(0, (run_attempt ?? 1) - 1) }, (_, at) => at + 1)
  const runs = await Promise.all(
    numbers.map((number) => lists.one(`/actions/runs/${id}/attempts/${number}`, 'workflow runs')),
  )
  return runs.flatMap((run) => toRun(run) ?? [])
}

const toRun = (item: unknown): RestRun | undefined => z.safeParse(restRun, item).data
