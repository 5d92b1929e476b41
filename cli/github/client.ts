import { Octokit } from '@octokit/core'
import { paginateRest } from '@octokit/plugin-paginate-rest'
import { retry } from '@octokit/plugin-retry'
import { throttling } from '@octokit/plugin-throttling'
import { apiOf } from '../../lib/github-api/address.ts'
import { refusal } from '../../local/refusal.ts'
import { githubRefusal, type Wanted } from './refusal.ts'

export interface GithubOptions {
  readonly host: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly now: () => number
  /** What the token is for, said where there is none. */
  readonly tokenThat?: string
  /** Told when GitHub's limits make it wait: one line. */
  readonly say: (line: string) => void
  /** What a second of waiting is, in milliseconds; for tests. */
  readonly secondMillis?: number
}

/** An answer: its JSON, and its header `link`. */
export interface Answered {
  readonly data: unknown
  readonly link: string | undefined
}

/** GitHub's REST API with the token of the environment. */
export interface Github {
  readonly host: string
  readonly baseUrl: string
  /** @throws Refusal, one sentence that names the remedy */
  readonly ask: (route: string, wanted: Wanted, parameters?: Readonly<Record<string, unknown>>) => Promise<Answered>
  /** All pages of a list. @throws Refusal */
  readonly all: (
    route: string,
    wanted: Wanted,
    parameters?: Readonly<Record<string, unknown>>,
  ) => Promise<readonly unknown[]>
  /** How many requests were made. */
  readonly requests: () => number
  /** Until when GitHub has it wait, epoch milliseconds. */
  readonly waitsUntil: () => number | undefined
}

/** The version of the API that this is written for. */
const HEADERS = { 'x-github-api-version': '2022-11-28' }
/** GitHub gives up on a slow answer after ten seconds. */
const TIMEOUT_MILLIS = 30_000
const MOST_SECONDARY = 5

/** @throws Refusal when GITHUB_TOKEN is not set */
export const openGithub = (options: GithubOptions): Github => {
  const { host, env, now, say, tokenThat = 'may read the repository', secondMillis = 1000 } = options
  const token = env.GITHUB_TOKEN?.trim()
  if (!token) throw refusal(`GITHUB_TOKEN is not set: set it to a token of GitHub that ${tokenThat}.`)
  const baseUrl = (env.GITHUB_API_URL?.trim() || apiOf(host).baseUrl).replace(/\/$/, '')
  const state = { requests: 0, untilMillis: 0 }
  const waits = (which: string) => (seconds: number) => {
    const untilMillis = now() + seconds * secondMillis
    if (untilMillis > state.untilMillis + 1000) say(waitingLine(which, untilMillis, seconds))
    state.untilMillis = Math.max(state.untilMillis, untilMillis)
  }
  const primary = waits("GitHub's rate limit is used up")
  const secondary = waits('GitHub asks for fewer requests')
  const octokit = new (Octokit.plugin(throttling, retry, paginateRest))({
    auth: token,
    baseUrl,
    userAgent: 'valuestream',
    // Here, and not by a hook, since every try counts and has its own time.
    request: {
      fetch: (url: string, init: RequestInit) => {
        state.requests += 1
        return fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MILLIS) })
      },
    },
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    retry: { retryAfterBaseValue: secondMillis },
    throttle: {
      retryAfterBaseValue: secondMillis,
      onRateLimit: (seconds) => {
        primary(seconds)
        return true
      },
      onSecondaryRateLimit: (seconds, _options, _octokit, count) => {
        secondary(seconds)
        return count < MOST_SECONDARY
      },
    },
  })
  const attempt = async <T>(wanted: Wanted, work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (cause) {
      throw githubRefusal(wanted, new URL(baseUrl).host, cause)
    }
  }
  return {
    host,
    baseUrl,
    ask: (route, wanted, parameters) =>
      attempt(wanted, async () => {
        const { data, headers } = await octokit.request(route, { headers: HEADERS, ...parameters })
        return { data: data as unknown, link: headers.link }
      }),
    all: (route, wanted, parameters) =>
      attempt(
        wanted,
        async () => (await octokit.paginate(route, { headers: HEADERS, per_page: 100, ...parameters })) as unknown[],
      ),
    requests: () => state.requests,
    waitsUntil: () => (state.untilMillis > now() ? state.untilMillis : undefined),
  }
}

const ignore = () => {}

const waitingLine = (which: string, untilMillis: number, seconds: number): string => {
  const clock = new Date(untilMillis).toTimeString().slice(0, 8)
  const long = seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`
  return `${which}: waiting until ${clock}, ${long}.`
}
