import { type ActivityKey, isJenkinsRun, runKey } from '../delivery/activity.ts'

/** A job of Jenkins, as its address tells it. */
export interface JenkinsJob {
  /** `https://ci.acme.com/job/acme/job/shop/job/PR-12`, without a slash at its end. */
  readonly address: string
  /** Address of the controller, `https://ci.acme.com/`. */
  readonly controller: string
  /** `acme/shop/PR-12`; a branch's name is percent-encoded in it. */
  readonly fullName: string
  readonly leaf: string
  /** The number of `PR-<n>`, `PR-<n>-merge` and `PR-<n>-head`, as multibranch jobs are called. */
  readonly pullRequest?: number
}

export interface JenkinsRun {
  readonly key: ActivityKey
  /** Its page, `https://ci.acme.com/job/acme/job/shop/job/PR-12/3/`. */
  readonly address: string
  readonly number: number
  readonly job: JenkinsJob
}

/** The job that an address is of, whatever page of it is named; undefined when it is of none. */
export const jenkinsJobAt = (address: string): JenkinsJob | undefined => {
  if (!URL.canParse(address)) return undefined
  const { origin, pathname } = new URL(address)
  const segments = [...pathname.matchAll(/\/job\/([^/]+)/g)]
  const [first, last] = [segments[0], segments.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const names = segments.map(([, name]) => decoded(name ?? ''))
  const leaf = names.at(-1) ?? ''
  const pullRequest = /^PR-([1-9][0-9]{0,9})(?:-merge|-head)?$/.exec(leaf)?.[1]
  return {
    address: `${origin}${pathname.slice(0, last.index + last[0].length)}`,
    controller: `${origin}${pathname.slice(0, first.index)}/`,
    fullName: names.join('/'),
    leaf,
    ...(pullRequest === undefined ? {} : { pullRequest: Number(pullRequest) }),
  }
}

/** The run that an address is of, whatever page of it is named, Blue Ocean's too; undefined when it is of none. */
export const jenkinsRunAt = (address: string): JenkinsRun | undefined => {
  if (!isJenkinsRun(address)) return undefined
  const key = runKey(address)
  const page = key.slice('run:'.length)
  const job = jenkinsJobAt(page)
  const number = Number(/\/([0-9]+)\/$/.exec(page)?.[1])
  return job === undefined ? undefined : { key, address: page, number, job }
}

/** Jenkins encodes a job's name for the address once more than the name itself is. */
export const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
