import type { Credentials } from './signature.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** What a service is called in a host, and in the variable that says where else it is. */
export interface ServiceName {
  readonly host: string
  readonly variable: string
}

/** The ends of the hosts of AWS's partitions, by how their regions begin. */
const PARTITIONS: readonly (readonly [start: string, suffix: string])[] = [
  ['cn-', 'amazonaws.com.cn'],
  ['us-isob-', 'sc2s.sgov.gov'],
  ['us-isof-', 'csp.hci.ic.gov'],
  ['us-iso-', 'c2s.ic.gov'],
  ['eu-isoe-', 'cloud.adc-e.uk'],
  ['eusc-', 'amazonaws.eu'],
]

/**
 * Where a service is: in the region, or where the SDKs' own variables say (`AWS_ENDPOINT_URL_<service>`,
 * `AWS_ENDPOINT_URL`), as a local stand-in has it.
 *
 * @throws when the environment names no region, or an endpoint that is no URL
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export const endpointOf = (env: Environment, { host, variable }: ServiceName): URL => {
  const isHeeded = env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS !== 'true'
  const configured = isHeeded ? env[`AWS_ENDPOINT_URL_${variable}`] || env.AWS_ENDPOINT_URL : undefined
  if (configured !== undefined) return new URL(configured)
  const region = regionOf(env)
  const suffix = PARTITIONS.find(([start]) => region.startsWith(start))?.[1] ?? 'amazonaws.com'
  return new URL(`https://${host}${env.AWS_USE_FIPS_ENDPOINT === 'true' ? '-fips' : ''}.${region}.${suffix}`)
}

/** @throws when there is none */
export const regionOf = (env: Environment): string => {
  if (!env.AWS_REGION) throw new Error('AWS_REGION is not set')
  return env.AWS_REGION
}

/**
 * What Lambda gives a function, and what stands in the environment elsewhere. Other sources of credentials are the SDK's
 * matter: a function has none of them.
 *
 * @throws when there are none
 */
export const credentialsOf = ({
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  AWS_SESSION_TOKEN: sessionToken,
}: Environment): Credentials => {
  if (!accessKeyId || !secretAccessKey) throw new Error('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set')
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) }
}
