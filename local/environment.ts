import type { Secrets } from './secrets.ts'
import { exportsElsewhere } from './settings.ts'
import { LOCAL_CREDENTIALS, LOCAL_REGION } from './table.ts'

export type MutableEnvironment = Record<string, string | undefined>

export interface StackAddresses {
  readonly stackUrl: string
  readonly databaseEndpoint: string
}

/** The table's name; on AWS it is CloudFormation's choice. */
export const tableName = (env: MutableEnvironment): string => env.TABLE_NAME || 'valuestream'

/**
 * What the functions read from their environment. What the user has set stays, but for the way to AWS: the stack must
 * neither need nor use a developer's own account, and a profile would win over the credentials given here.
 */
export const functionEnvironment = (
  env: MutableEnvironment,
  secrets: Secrets,
  { stackUrl, databaseEndpoint }: StackAddresses,
): MutableEnvironment => ({
  GITHUB_WEBHOOK_SECRET: secrets.github.value,
  JENKINS_WEBHOOK_TOKEN: secrets.jenkins.value,
  EVENTS_WEBHOOK_SECRET: secrets.events.value,
  TABLE_NAME: tableName(env),
  ...(exportsElsewhere(env) ? {} : { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${stackUrl}/v1/traces` }),
  AWS_ENDPOINT_URL_DYNAMODB: databaseEndpoint,
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: undefined,
  AWS_REGION: LOCAL_REGION,
  AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
  AWS_SESSION_TOKEN: undefined,
  AWS_PROFILE: undefined,
})

/** Sets variables (`undefined` removes one) and returns how to put back what was there. */
export const applyEnvironment = (env: MutableEnvironment, changes: MutableEnvironment): (() => void) => {
  const before = Object.keys(changes).map((name) => [name, env[name]] as const)
  const write = (entries: readonly (readonly [string, string | undefined])[]) => {
    for (const [name, value] of entries) {
      if (value === undefined) delete env[name]
      else env[name] = value
    }
  }
  write(Object.entries(changes))
  return () => write(before)
}
