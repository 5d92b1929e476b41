import { type ActivityKey, isJenkinsRun, runKey } from '../delivery/activity.ts'
import { type Attributes, known } from '../delivery/attributes.ts'
import { webAddress } from './address.ts'

/** The key under which Jenkins's plugins and GitHub's statuses report the run of this address too. */
export const jenkinsRunKey = (address: string): ActivityKey | undefined => {
  const url = webAddress(address)
  return url !== undefined && isJenkinsRun(url.href) ? runKey(url.href) : undefined
}

/** What the address of a run tells of it, as the plugins tell it: controller, job and number. */
export const jenkinsRunAttributes = (key: ActivityKey): Attributes => {
  const url = new URL(key.slice('run:'.length))
  const segments = [...url.pathname.matchAll(/\/job\/([^/]{1,500})/g)].map(([, segment]) => decoded(segment ?? ''))
  const number = /\/([0-9]+)\/$/.exec(url.pathname)?.[1]
  const fullName = segments.join('/')
  return known({
    'build.ci.url': `${url.origin}${url.pathname.slice(0, url.pathname.indexOf('/job/'))}/`,
    'build.url': url.href,
    'build.job.name': segments.at(-1),
    'build.job.full_name': fullName,
    'build.number': number === undefined ? undefined : Number(number),
    'cicd.pipeline.name': fullName,
    'cicd.pipeline.run.id': number,
    'cicd.pipeline.run.url.full': url.href,
  })
}

/** Jenkins encodes a job's name for the address once more than the name itself is. */
const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
