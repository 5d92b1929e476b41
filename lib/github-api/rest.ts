import { request } from '@octokit/request'

export interface RestOptions {
  readonly baseUrl: string
  readonly token: string
  /** How long one request may take. */
  readonly timeoutMillis: number
}

/** A route such as `GET /repos/acme/shop/hooks`; throws what octokit throws. */
export type Ask = (
  route: string,
  parameters: Readonly<Record<string, string | number>>,
) => Promise<{ readonly data: unknown; readonly headers: Readonly<Record<string, unknown>> }>

/** The version of the API that this is written for. */
const API_VERSION = '2022-11-28'
/** The most that GitHub gives. */
export const PAGE_LENGTH = 100

/** GitHub's REST API with a token. */
export const githubRest =
  ({ baseUrl, token, timeoutMillis }: RestOptions): Ask =>
  (route, parameters) =>
    request(route, {
      baseUrl,
      headers: { authorization: `Bearer ${token}`, 'x-github-api-version': API_VERSION },
      request: { signal: AbortSignal.timeout(timeoutMillis) },
      ...parameters,
    })
