import { setTimeout as sleep } from 'node:timers/promises'
import { refusal, wrongUse } from '../../../local/refusal.ts'
import { isHttpAddress } from '../../http-address.ts'

export interface JenkinsOptions {
  /** The controller's address. */
  readonly url: string
  /** JENKINS_USER and JENKINS_TOKEN, where it does not let everybody read. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** What a second of waiting is, in milliseconds; for tests. */
  readonly secondMillis?: number
}

/** Jenkins's own JSON API. */
export interface Jenkins {
  /**
   * What `<path>/api/json?tree=<tree>` answers.
   *
   * @param path from the controller on, such as `job/acme/job/shop`
   * @param what in words, for the sentence that says what went wrong
   * @throws Refusal
   */
  readonly ask: (path: string, tree: string, what: string) => Promise<unknown>
  readonly requests: () => number
}

const TRIES = 4
const TIMEOUT_MILLIS = 60_000

/** @throws Refusal when the address is none */
export const openJenkins = ({ url, env, secondMillis = 1000 }: JenkinsOptions): Jenkins => {
  if (!isHttpAddress(url)) {
    throw wrongUse(
      `--url must be the address of the Jenkins controller, such as https://ci.acme.com, and it is "${url}".`,
    )
  }
  const base = `${url.replace(/\/+$/, '')}/`
  const headers = headersFor(env)
  let requests = 0
  const ask: Jenkins['ask'] = async (path, tree, what) => {
    const address = new URL(`${path === '' ? '' : `${path}/`}api/json?tree=${encodeURIComponent(tree)}`, base)
    for (let attempt = 1; ; attempt += 1) {
      requests += 1
      const response = await fetchOrNothing(address, headers)
      if (response?.ok === true) return jsonIn(response, what, base)
      if (!isPassing(response?.status) || attempt >= TRIES) throw refusal(sentence(response?.status, what, base))
      await response?.body?.cancel()
      await sleep((Number(response?.headers.get('retry-after')) || attempt ** 2) * secondMillis)
    }
  }
  return { ask, requests: () => requests }
}

const headersFor = ({ JENKINS_USER: user, JENKINS_TOKEN: token }: JenkinsOptions['env']): Record<string, string> => ({
  accept: 'application/json',
  // Causes are sentences, and an upstream run is read from one.
  'accept-language': 'en',
  ...(user && token ? { authorization: `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}` } : {}),
})

const fetchOrNothing = async (address: URL, headers: Record<string, string>): Promise<Response | undefined> => {
  try {
    return await fetch(address, { headers, signal: AbortSignal.timeout(TIMEOUT_MILLIS) })
  } catch {
    return undefined
  }
}

const isPassing = (status: number | undefined): boolean => status === undefined || status === 429 || status >= 500

const jsonIn = async (response: Response, what: string, base: string): Promise<unknown> => {
  try {
    return JSON.parse(await response.text())
  } catch (cause) {
    throw refusal(`${base} answered something else than JSON for ${what}: is it the address of the controller?`, cause)
  }
}

const sentence = (status: number | undefined, what: string, base: string): string => {
  switch (status) {
    case undefined:
      return `Jenkins cannot be reached at ${base}: see to --url and the network, and run the same command again.`
    case 401:
      return 'Jenkins does not accept JENKINS_USER and JENKINS_TOKEN (401): make an API token under your name, Security.'
    case 403:
      return `Jenkins does not let JENKINS_USER read ${what} (403): it takes the permissions Overall/Read and Job/Read.`
    case 404:
      return `Jenkins knows no ${what}, or JENKINS_USER may not see it (404): see to --url and --job.`
    default:
      return `Jenkins answered ${status} for ${what}${status >= 500 ? ' four times in a row' : ''}: run the same command again later.`
  }
}
