import * as z from 'zod/mini'
import { refusal } from '../local/refusal.ts'
import { type Environment, readLocalSettings } from '../local/settings.ts'
import type { TableAddress } from '../local/table.ts'

/** What a running stack answers: its JSON, and whether that is what was asked for. */
export interface LocalAnswer {
  readonly isOk: boolean
  readonly body: unknown
}

/** Asks the local stack that listens at `PORT`. */
export interface LocalStack {
  readonly url: string
  /** @throws Refusal where nothing answers, or something that is no local stack of this version */
  readonly ask: (method: 'GET' | 'POST', path: `/local/${string}`, timeoutMillis: number) => Promise<LocalAnswer>
}

export const localStack = (env: Environment, workingDirectory: string): LocalStack => {
  const { port } = readLocalSettings(env, workingDirectory)
  const url = `http://localhost:${port}`
  return {
    url,
    ask: async (method, path, timeoutMillis) => {
      const response = await fetch(`${url}${path}`, { method, signal: AbortSignal.timeout(timeoutMillis) }).catch(
        (cause: unknown) => {
          throw refusal(
            `No local stack answers at ${url}: start it with npx valuestream start, say its PORT, or name a deployment with --stage.`,
            cause,
          )
        },
      )
      const body: unknown = await response.json().catch(() => undefined)
      if (response.status === 404 || body === undefined) throw noStack(url)
      return { isOk: response.ok, body }
    },
  }
}

const noStack = (url: string): Error =>
  refusal(`What answers at ${url} is no local stack of this version: say its PORT, or start it anew.`)

/** On this machine alone, so that whatever listens there cannot send us elsewhere. */
const ADDRESS = z.object({ endpoint: z.string().check(z.regex(/^http:\/\/127\.0\.0\.1:\d+$/)), name: z.string() })

const TIMEOUT_MILLIS = 5_000

/** Where the running stack's table is. @throws Refusal */
export const localTableAddress = async ({ url, ask }: LocalStack): Promise<TableAddress> => {
  const { isOk, body } = await ask('GET', '/local/table', TIMEOUT_MILLIS)
  const { data: address } = z.safeParse(ADDRESS, body)
  if (!isOk || address === undefined) throw noStack(url)
  return address
}
