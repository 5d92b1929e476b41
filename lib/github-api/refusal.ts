import * as z from 'zod/mini'
import { type Failure, type Hook, hookName, type Rate } from '../redeliver/ports.ts'

type Headers = Readonly<Record<string, unknown>>

/** What octokit throws; without a response when none came. */
const RequestError = z.object({
  status: z.number(),
  response: z.optional(z.object({ headers: z.record(z.string(), z.unknown()) })),
})

/** An answer of GitHub that is an error. */
export interface Refusal {
  readonly status: number
  readonly headers: Headers
}

/** Undefined when GitHub has not answered. */
export const refusalIn = (error: unknown): Refusal | undefined => {
  const { data } = z.safeParse(RequestError, error)
  return data?.response === undefined ? undefined : { status: data.status, headers: data.response.headers }
}

/** GitHub's advice for when it names no time. */
const DEFAULT_REST_MILLIS = 60_000

/** What came of a request that was refused, or not answered at all. */
export const failureOf = (hook: Hook, error: unknown, nowMillis: number): Failure => {
  const refusal = refusalIn(error)
  if (refusal === undefined) return { kind: 'failed', message: 'GitHub cannot be reached, or did not answer in time' }
  const { status, headers } = refusal
  if (isLimit(refusal)) return { kind: 'limited', untilMillis: restsUntil(headers, nowMillis) }
  if (status === 401 || status === 403 || status === 404) return { kind: 'denied', message: sentence(hook, status) }
  return { kind: 'failed', message: `GitHub answered ${status}` }
}

/** How many requests remain, where GitHub says so. */
export const rateIn = (headers: Headers): { readonly rate: Rate } | undefined => {
  const [remaining, resetSeconds] = [numberIn(headers, 'x-ratelimit-remaining'), numberIn(headers, 'x-ratelimit-reset')]
  return remaining === undefined || resetSeconds === undefined
    ? undefined
    : { rate: { remaining, resetMillis: resetSeconds * 1000 } }
}

/** The secondary limit comes with a time to wait, the primary one with nothing that remains; both as 403 or 429. */
export const isLimit = ({ status, headers }: Refusal): boolean =>
  status === 429 ||
  (status === 403 && (numberIn(headers, 'retry-after') !== undefined || rateIn(headers)?.rate.remaining === 0))

/** Epoch milliseconds. */
export const restsUntil = (headers: Headers, nowMillis: number): number => {
  const waitSeconds = numberIn(headers, 'retry-after')
  if (waitSeconds !== undefined) return nowMillis + waitSeconds * 1000
  const rate = rateIn(headers)?.rate
  return rate?.remaining === 0 ? rate.resetMillis : nowMillis + DEFAULT_REST_MILLIS
}

const numberIn = (headers: Headers, name: string): number | undefined => {
  const text = headers[name]
  return typeof text === 'string' && /^\d{1,12}$/.test(text) ? Number(text) : undefined
}

/** GitHub answers 404 for what a token may not even know of. */
const sentence = (hook: Hook, status: 401 | 403 | 404): string =>
  status === 401
    ? `GitHub does not accept GITHUB_TOKEN for the hook ${hookName(hook)} (401): ${CREDENTIAL[hook.kind]}.`
    : `GITHUB_TOKEN may not use the hook ${hookName(hook)}, or there is no such hook (${status}): ${PERMISSION[hook.kind]}.`

const CREDENTIAL: Readonly<Record<Hook['kind'], string>> = {
  repository: 'it is wrong, has expired or was revoked',
  organization: 'it is wrong, has expired or was revoked',
  app: 'it must be a JSON Web Token of the App, which is valid for ten minutes at most',
}

const PERMISSION: Readonly<Record<Hook['kind'], string>> = {
  repository:
    'a fine-grained token needs the repository permission "Webhooks: read and write", a classic one the scope admin:repo_hook',
  organization:
    'a fine-grained token needs the organization permission "Webhooks: read and write", a classic one the scope admin:org_hook and an owner of the organization',
  app: 'it must be a JSON Web Token of the App',
}
