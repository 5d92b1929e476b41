import { refusalIn } from '../../lib/github-api/refusal.ts'
import { refusal } from '../../local/refusal.ts'

/** What was asked for, in words, and which rights it takes. */
export interface Wanted {
  /** `the issues of acme/shop` */
  readonly what: string
  readonly rights: string
}

/** A failed request to GitHub as one sentence with its remedy. */
export const githubRefusal = ({ what, rights }: Wanted, host: string, cause: unknown): Error => {
  const answer = refusalIn(cause)
  return refusal(answer === undefined ? unreachable(host) : sentence(answer.status, what, rights), cause)
}

const unreachable = (host: string): string =>
  `GitHub cannot be reached at ${host}: see to the network, or to --host, and run the same command again.`

const sentence = (status: number, what: string, rights: string): string => {
  switch (status) {
    case 401:
      return 'GitHub does not accept GITHUB_TOKEN (401): it is wrong, has expired or was revoked. Make a new one.'
    case 403:
      return `GITHUB_TOKEN may not use ${what} (403): ${rights}. Where the organisation has single sign-on, authorise the token for it.`
    case 404:
      return `GitHub shows no ${what.replace(/^the /, '')} to GITHUB_TOKEN (404): see to the name, or, ${rights}.`
    case 422:
      return `GitHub does not take this for ${what} (422): see to the arguments.`
    case 429:
      return 'GitHub limits the requests of GITHUB_TOKEN (429) still after several waits: run the same command again later.'
    default:
      return status >= 500
        ? `GitHub answered ${status} four times in a row: run the same command again later.`
        : `GitHub answered ${status} when it was asked for ${what}.`
  }
}
