import { isProfileName, PROFILES, type Profile, type ProfileName } from '../../lib/settings/profiles.ts'

export const BACKENDS = Object.keys(PROFILES) as readonly ProfileName[]

/** What a deployment has to be told of a backend. */
export interface BackendNeeds {
  /** It has no address of its own, or one that a function on AWS cannot reach. */
  readonly needsEndpoint: boolean
  /** The header that bears its token, where it wants one. */
  readonly header?: string
}

/** Of another address, such as a collector's, nobody knows the headers. */
export const needsOf = (name: string, endpoint: string): BackendNeeds => {
  const profile: Profile | undefined = isProfileName(name) ? PROFILES[name] : undefined
  const own = profile?.endpoint === undefined || isLocal(profile.endpoint) ? undefined : profile.endpoint
  const isOwn = endpoint === '' || endpoint === own || own === undefined
  return {
    needsEndpoint: endpoint === '' && own === undefined,
    ...(isOwn && profile?.header !== undefined ? { header: profile.header } : {}),
  }
}

const isLocal = (url: string): boolean => new URL(url).hostname === 'localhost'

/** As the parameter `otlp-headers` has it. */
export const headersOf = (header: string, token: string): string => `${header}=${encodeURIComponent(token)}`
