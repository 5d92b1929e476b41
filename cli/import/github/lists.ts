import * as z from 'zod/mini'
import { refusal } from '../../../local/refusal.ts'
import type { Github } from '../../github/client.ts'
import { linkTo, mostIn } from './link.ts'
import { type Place, RIGHTS } from './repository.ts'

/** The most that GitHub gives. */
export const PAGE_LENGTH = 100

export interface Listed {
  readonly items: readonly unknown[]
  readonly next?: string
  readonly total?: number
}

/** Reads one place of GitHub's about a repository. */
export interface Lists {
  /** A page: the first of a list, or the one that an earlier page named. @throws Refusal */
  readonly page: (path: string, what: string, from?: string) => Promise<Listed>
  /** All of a list that is short. @throws Refusal */
  readonly all: (path: string, what: string) => Promise<readonly unknown[]>
  readonly one: (path: string, what: string) => Promise<unknown>
}

export const listsOf = (github: Github, { fullName }: Pick<Place, 'fullName'>): Lists => {
  const wanted = (what: string) => ({ what: `the ${what} of ${fullName}`, rights: RIGHTS })
  const address = (path: string): string => `/repos/${fullName}${path}`
  return {
    page: async (path, what, from) => {
      const separator = path.includes('?') ? '&' : '?'
      const route =
        from === undefined ? `${address(path)}${separator}per_page=${PAGE_LENGTH}` : ownAddress(github, from)
      const { data, link } = await github.ask(`GET ${route}`, wanted(what))
      const [next, total] = [linkTo('next', link), mostIn(link, PAGE_LENGTH)]
      return {
        items: itemsIn(data, what),
        ...(next === undefined ? {} : { next }),
        ...(total === undefined ? {} : { total }),
      }
    },
    all: async (path, what) => (await github.all(`GET ${address(path)}`, wanted(what))).flatMap((one) => one ?? []),
    one: async (path, what) => (await github.ask(`GET ${address(path)}`, wanted(what))).data,
  }
}

/** The token goes nowhere else, whatever a file or a header says. */
const ownAddress = ({ baseUrl }: Github, next: string): string => {
  if (new URL(next).origin === new URL(baseUrl).origin) return next
  throw refusal(`The next page is said to be at ${new URL(next).origin}, which is not GitHub's API: see to --host.`)
}

/** Some lists stand in a field of an object. */
const itemsIn = (data: unknown, what: string): readonly unknown[] => {
  const parsed = z.safeParse(z.union([z.array(z.unknown()), z.object({ workflow_runs: z.array(z.unknown()) })]), data)
  if (!parsed.success) throw refusal(`GitHub answered something else than a list of ${what}: see to --host.`)
  return Array.isArray(parsed.data) ? parsed.data : parsed.data.workflow_runs
}

/** The pages of a list, the newest first, until they are older than the history that is asked for. */
export async function* newestFirst<T extends { readonly at: string }>(
  page: (
    from: string | undefined,
  ) => Promise<{ readonly items: readonly T[]; readonly next?: string; readonly total?: number }>,
  since: string,
  from: string | undefined,
): AsyncGenerator<{ readonly items: readonly T[]; readonly next?: string; readonly total?: number }> {
  let place = from
  for (;;) {
    const { items, next, total } = await page(place)
    const recent = items.filter(({ at }) => at >= since)
    const goesOn = next !== undefined && recent.length === items.length && items.length > 0
    yield { items: recent, ...(goesOn ? { next } : {}), ...(total === undefined ? {} : { total }) }
    if (!goesOn) return
    place = next
  }
}
