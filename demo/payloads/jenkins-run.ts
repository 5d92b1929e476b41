/** A run of a Jenkins job, as both plugins' payloads are made from it. */
export interface JenkinsRun {
  /** `acme/shop/PR-12` */
  readonly fullJobName: string
  readonly number: number
  readonly startMillis: number
  readonly endMillis: number
  readonly queueMillis: number
  /** As the controller counts it; absent where it is what lies between start and end. */
  readonly durationMillis?: number
  readonly result: 'SUCCESS' | 'UNSTABLE' | 'FAILURE' | 'ABORTED' | 'NOT_BUILT'
  readonly cause: string
  readonly startedBy: { readonly login: string; readonly name: string }
  readonly parameters: Readonly<Record<string, string>>
  readonly scm: { readonly url: string; readonly branch: string; readonly commit: string }
  /** Address of the controller; absent means {@link CI_URL}. */
  readonly ciUrl?: string
}

export const CI_URL = 'https://ci.acme.example/'

/** `job/acme/job/shop/job/PR-12/`: relative, as both plugins send it. */
export const jobPath = ({ fullJobName }: JenkinsRun): string =>
  fullJobName
    .split('/')
    .map((segment) => `job/${encodeURIComponent(segment)}/`)
    .join('')

export const leafOf = ({ fullJobName }: JenkinsRun): string => fullJobName.split('/').at(-1) ?? fullJobName
