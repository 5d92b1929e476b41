import { commitKey, pullRequestKey } from '../../lib/delivery/activity.ts'
import type { DeploymentEntry, LandingEntry } from '../../lib/delivery/mainline.ts'
import { SHOP } from '../support/events.ts'

export const merge = (number: number, atMillis: number): LandingEntry => ({
  kind: 'landing',
  key: pullRequestKey(SHOP, number),
  atMillis,
  sha: `m${number}`,
  traceId: `t${number}`,
  spanId: `s${number}`,
})
export const push = (sha: string, atMillis: number): LandingEntry => ({
  kind: 'landing',
  key: commitKey(SHOP, sha),
  atMillis,
  sha,
  traceId: `t${sha}`,
})
export const pushAlone = (number: number, atMillis: number): LandingEntry => push(`m${number}`, atMillis)
/** A push whose commit belongs to a pull request. */
export const pushOf = (number: number, atMillis: number): LandingEntry => ({
  ...push(`m${number}`, atMillis),
  spanId: `s${number}`,
  pull: pullRequestKey(SHOP, number),
})
export const deploy = (
  atMillis: number,
  sha: string | undefined,
  more: Partial<DeploymentEntry> = {},
): DeploymentEntry => ({
  kind: 'deployment',
  key: `run:${atMillis}`,
  atMillis,
  environment: 'production',
  ...(sha === undefined ? {} : { sha }),
  succeeded: true,
  ...more,
})
