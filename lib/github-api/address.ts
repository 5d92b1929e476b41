const DAY_MILLIS = 24 * 3_600_000

/** Where GitHub's REST API is, and how long it keeps deliveries. */
export interface GithubApi {
  readonly baseUrl: string
  readonly keptMillis: number
}

/**
 * The API that belongs to a host: github.com, a host of Enterprise Cloud with data residency (`acme.ghe.com`), or an
 * Enterprise Server, which keeps deliveries for a week.
 */
export const apiOf = (host: string): GithubApi => {
  if (host === 'github.com') return { baseUrl: 'https://api.github.com', keptMillis: 3 * DAY_MILLIS }
  if (host.endsWith('.ghe.com')) return { baseUrl: `https://api.${host}`, keptMillis: 3 * DAY_MILLIS }
  return { baseUrl: `https://${host}/api/v3`, keptMillis: 7 * DAY_MILLIS }
}
