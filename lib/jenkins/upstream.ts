import { type ActivityKey, isAddress, runKey } from '../delivery/activity.ts'

const CAUSE = /^Started by upstream project "([^"]{1,500})" build number ([1-9][0-9]{0,9})/

/**
 * The run that has started this one, from Jenkins's own sentence (`UpstreamCause`, English whatever the locale of who
 * looks, since it is made on the controller), which names the job by its full name.
 */
export const upstreamRun = (cause: string | null | undefined, ciUrl: string): ActivityKey | undefined => {
  const [, fullName, number] = CAUSE.exec(cause ?? '') ?? []
  if (fullName === undefined || number === undefined) return undefined
  const path = fullName
    .split('/')
    .map((segment) => `job/${encodeURIComponent(segment)}/`)
    .join('')
  const address = `${ciUrl.endsWith('/') ? ciUrl : `${ciUrl}/`}${path}${number}/`
  return isAddress(address) ? runKey(address) : undefined
}
