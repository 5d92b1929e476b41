import * as z from 'zod/mini'
import type { Changed, Comments, Found, Posted, Thread } from '../comment/ports.ts'
import type { Failure } from '../redeliver/ports.ts'
import { isLimit, rateIn, refusalIn, restsUntil } from './refusal.ts'
import { type Ask, githubRest, PAGE_LENGTH, type RestOptions } from './rest.ts'

export interface CommentsOptions extends RestOptions {
  readonly now: () => number
}

/** A comment of ours stands near the time when the thread was closed; longer threads are not worth the requests. */
const MAX_PAGES = 10

const id = z.pipe(z.union([z.int(), z.bigint()]), z.transform(String))
const Listed = z.array(z.object({ id, body: z.nullish(z.string()) }))
const Created = z.object({ id })

/**
 * The comments of issues and pull requests by GitHub's REST API, which keeps both under `issues`.
 *
 * @see https://docs.github.com/rest/issues/comments
 */
export const githubComments = ({ now, ...rest }: CommentsOptions): Comments => {
  const ask = githubRest(rest)
  return {
    find: (thread, marker) => orFailure(thread, now, () => find(ask, thread, marker)),
    post: (thread, body) =>
      orFailure(thread, now, async (): Promise<Posted | Failure> => {
        const { data, headers } = await ask(`POST ${pathOf(thread)}`, { body })
        const { data: created } = z.safeParse(Created, data)
        return created === undefined ? ODD : { kind: 'posted', id: created.id, ...rateIn(headers) }
      }),
    change: (thread, commentId, body) =>
      orFailure(thread, now, async (): Promise<Changed> => {
        try {
          const { headers } = await ask(`PATCH ${repositoryPath(thread)}/issues/comments/${commentId}`, { body })
          return { kind: 'changed', ...rateIn(headers) }
        } catch (error) {
          const refusal = refusalIn(error)
          if (refusal?.status === 404) return { kind: 'gone', ...rateIn(refusal.headers) }
          throw error
        }
      }),
  }
}

const find = async (ask: Ask, thread: Thread, marker: string): Promise<Found | Failure> => {
  let rate: ReturnType<typeof rateIn>
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { data, headers } = await ask(`GET ${pathOf(thread)}`, { per_page: PAGE_LENGTH, page })
    const { data: listed } = z.safeParse(Listed, data)
    if (listed === undefined) return ODD
    rate = rateIn(headers)
    const comment = listed.find(({ body }) => body?.startsWith(marker))
    if (comment !== undefined) return { kind: 'found', comment: { ...comment, body: comment.body ?? '' }, ...rate }
    if (listed.length < PAGE_LENGTH) break
  }
  return { kind: 'found', ...rate }
}

const repositoryPath = ({ owner, repository }: Thread): string => `/repos/${owner}/${repository}`
const pathOf = (thread: Thread): string => `${repositoryPath(thread)}/issues/${thread.number}/comments`

const ODD: Failure = { kind: 'failed', message: 'GitHub answered something else than comments' }

const orFailure = async <T>(
  thread: Thread,
  now: () => number,
  work: () => Promise<T | Failure>,
): Promise<T | Failure> => {
  try {
    return await work()
  } catch (error) {
    return failureOf(thread, error, now())
  }
}

/** GitHub answers 403 for a locked thread, 404 for what a token may not even know of, 410 where issues are switched off. */
const failureOf = ({ owner, repository, number }: Thread, error: unknown, nowMillis: number): Failure => {
  const refusal = refusalIn(error)
  if (refusal === undefined) return { kind: 'failed', message: 'GitHub cannot be reached, or did not answer in time' }
  const { status, headers } = refusal
  if (isLimit(refusal)) return { kind: 'limited', untilMillis: restsUntil(headers, nowMillis) }
  if (status === 401) return { kind: 'failed', message: BAD_TOKEN }
  if (![403, 404, 410, 422].includes(status)) return { kind: 'failed', message: `GitHub answered ${status}` }
  return {
    kind: 'denied',
    message: `GITHUB_TOKEN may not comment on ${owner}/${repository}#${number} (${status}): ${PERMISSION}`,
  }
}

const BAD_TOKEN = 'GitHub does not accept GITHUB_TOKEN (401): it is wrong, has expired or was revoked.'
const PERMISSION =
  'a fine-grained token needs the repository permissions "Issues" and "Pull requests: read and write", a classic one the scope repo.'
