import { commitKey, issueKey, pullRequestKey, repository } from '../../lib/delivery/activity.ts'
import type { Delivery } from '../../simulate/deliveries/delivery.ts'
import type { IssueTelling, PullTelling, PushTelling, RunTelling, Telling } from '../../simulate/deliveries/telling.ts'

/** Tellings by hand, for the oracle's own tests. Times are minutes. */

export const MINUTE = 60_000
const SHOP = repository('github.com', 'acme', 'shop')
const PATH = 'github.com/acme/shop'

export const ISSUE = issueKey(SHOP, 1)
export const pullKey = (number: number): string => pullRequestKey(SHOP, number)
export const pushKey = (sha: string): string => commitKey(SHOP, sha)
export const runKey = (name: string): string => `run:https://ci.acme.example/job/${name}/`

export const deliveries = (...tellings: readonly Telling[]): readonly Delivery[] =>
  tellings.map((telling, at) => ({
    id: String(at),
    atMillis: 0,
    target: { source: 'jenkins' },
    body: () => ({}),
    telling,
  }))

export const issue = (at: number, more: Partial<IssueTelling> = {}): IssueTelling => ({
  kind: 'issue',
  key: ISSUE,
  atMillis: at * MINUTE,
  createdMillis: 0,
  ...more,
})
export const closedAt = (at: number) => ({ ended: { atMillis: at * MINUTE, result: 'success' as const } })

export const pull = (number: number, openedAt: number, more: Partial<PullTelling> = {}): PullTelling => ({
  kind: 'pull_request',
  key: pullKey(number),
  atMillis: openedAt * MINUTE,
  createdMillis: openedAt * MINUTE,
  author: 'ada',
  repository: PATH,
  marked: [],
  closes: [],
  branch: `${PATH}:fix-${number}`,
  heads: [`head${number}`],
  ...more,
})

/** Its close by a merge onto the default branch, whose commit is called after it. */
export const merged = (number: number, openedAt: number, at: number, more: Partial<PullTelling> = {}): PullTelling => ({
  ...pull(number, openedAt, more),
  atMillis: at * MINUTE,
  ...closedAt(at),
  merged: { sha: `merge${number}`, lands: true },
})

export const push = (sha: string, at: number, more: Partial<PushTelling> = {}): PushTelling => ({
  kind: 'push',
  key: pushKey(sha),
  repository: PATH,
  sha,
  atMillis: at * MINUTE,
  ...more,
})

const reported = (at: number) => ({ value: at * MINUTE, sureness: 'reported' as const })

export const run = (name: string, from: number, until: number, more: Partial<RunTelling> = {}): RunTelling => ({
  kind: 'run',
  key: runKey(name),
  by: 'plugin',
  deploys: false,
  branches: [],
  start: reported(from),
  end: reported(until),
  result: 'success',
  ...more,
})

export const deploy = (
  name: string,
  from: number,
  sha: string | undefined,
  more: Partial<RunTelling> = {},
): RunTelling =>
  run(name, from, from + 1, {
    deploys: true,
    repository: PATH,
    environment: 'production',
    ...(sha === undefined ? {} : { sha }),
    ...more,
  })
