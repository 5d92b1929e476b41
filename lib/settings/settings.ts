import { isProfileName, PROFILES, type Profile } from './profiles.ts'

/**
 * Every environment variable that the functions read. `remedy` is the sentence for when it is missing and needed.
 * A secret may be given by the name of an SSM parameter instead, in the variable with `_PARAMETER` behind its name.
 */
export const SETTINGS = {
  GITHUB_WEBHOOK_SECRET: { remedy: "set it to the secret of GitHub's webhook, or several, comma-separated" },
  JENKINS_WEBHOOK_TOKEN: {
    remedy: 'set it to the token in the URL that Jenkins posts to, or several, comma-separated',
  },
  EVENTS_WEBHOOK_SECRET: {
    remedy: 'set it to whsec_ and 32 random bytes in base64, or several such secrets, comma-separated',
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: { remedy: 'set it to the base URL of an OTLP/HTTP backend, without /v1/traces' },
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: { remedy: 'set it to the complete URL that traces are posted to' },
  OTEL_EXPORTER_OTLP_HEADERS: {
    remedy: 'set it to the headers that the backend wants, as name=value, comma-separated',
  },
  OTEL_EXPORTER_OTLP_TIMEOUT: { remedy: 'set it to a number of milliseconds above 0' },
  OTEL_EXPORTER_OTLP_COMPRESSION: { remedy: 'set it to gzip or none' },
  BACKEND_PROFILE: { remedy: `set it to one of ${Object.keys(PROFILES).join(', ')}` },
  TABLE_NAME: { remedy: 'set it to the name of the DynamoDB table' },
  GITHUB_HOST: { remedy: 'set it to the host of your GitHub, such as github.com' },
  GITHUB_TOKEN: { remedy: 'set it to a token that may read and write the webhooks of GITHUB_HOOKS' },
  GITHUB_HOOKS: {
    remedy: 'set it to <owner>/<repository>#<number>, <organization>#<number> or app, comma-separated',
  },
  GITHUB_API_URL: { remedy: "set it to the base URL of GitHub's REST API, or leave it to GITHUB_HOST" },
  TRACE_URL: {
    remedy: "set it to the address of a trace in your backend, with {traceId} in the place of the trace's id",
  },
  JENKINS_JOB_REPOSITORIES: {
    remedy: 'set it to <job>=<owner>/<repository>, comma-separated, where * in a job stands for anything',
  },
} as const

export type Setting = keyof typeof SETTINGS
export type SecretSetting =
  | 'GITHUB_WEBHOOK_SECRET'
  | 'JENKINS_WEBHOOK_TOKEN'
  | 'EVENTS_WEBHOOK_SECRET'
  | 'OTEL_EXPORTER_OTLP_HEADERS'
  | 'GITHUB_TOKEN'
export type Environment = Readonly<Record<string, string | undefined>>

/** A setting that is missing or wrong; the message names it, says what to do, and holds no value. */
export class SettingError extends Error {
  constructor(setting: Setting, fault: string) {
    super(`${setting} ${fault}: ${SETTINGS[setting].remedy}.`)
    this.name = 'SettingError'
  }
}

export interface Settings {
  readonly tableName: string
  readonly githubHost: string
}

/** @throws SettingError */
export const readSettings = (env: Environment): Settings => ({
  tableName: required(env, 'TABLE_NAME'),
  githubHost: value(env, 'GITHUB_HOST')?.toLowerCase() ?? 'github.com',
})

/**
 * Where GitHub's REST API is, when it is not where it belongs to the host.
 *
 * @throws SettingError
 */
export const readGithubApiUrl = (env: Environment): string | undefined => {
  const url = value(env, 'GITHUB_API_URL')
  return url === undefined ? undefined : checkedUrl('GITHUB_API_URL', url)
}

export interface ExportSettings {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly timeoutMillis: number
  readonly compression: 'gzip' | 'none'
  readonly oldestStartMillis?: number
}

/** Well below the ten seconds that GitHub waits; Jenkins holds a build for as long as the answer takes. */
const DEFAULT_EXPORT_TIMEOUT_MILLIS = 5_000

/**
 * Where and how spans go; the headers come apart, since they hold the backend's token.
 *
 * @throws SettingError
 */
export const readExportSettings = (env: Environment, headers: string | undefined): ExportSettings => {
  const backend = profile(env)
  const url = tracesUrl(env, backend)
  return {
    url,
    headers: url === backend.endpoint ? checkedHeaders(headerList(headers), backend) : headerList(headers),
    timeoutMillis: timeoutMillis(env),
    compression: compression(env),
    ...(backend.oldestStartMillis === undefined ? {} : { oldestStartMillis: backend.oldestStartMillis }),
  }
}

/** What is known of the backend, by its name. */
const profile = (env: Environment): Profile => {
  const name = value(env, 'BACKEND_PROFILE')?.toLowerCase() ?? 'generic'
  if (!isProfileName(name)) throw new SettingError('BACKEND_PROFILE', 'names no backend that is known')
  return PROFILES[name]
}

/** Without its token a backend refuses everything, and some do not say why; a collector in between wants another. */
const checkedHeaders = (
  headers: Readonly<Record<string, string>>,
  { header }: Profile,
): Readonly<Record<string, string>> => {
  if (header !== undefined && !Object.keys(headers).some((name) => name.toLowerCase() === header)) {
    throw new SettingError('OTEL_EXPORTER_OTLP_HEADERS', `lacks the header ${header} that the backend wants`)
  }
  return headers
}

const value = (env: Environment, setting: Setting): string | undefined => env[setting]?.trim() || undefined

const required = (env: Environment, setting: Setting): string => {
  const found = value(env, setting)
  if (found === undefined) throw new SettingError(setting, 'is not set')
  return found
}

/** The traces endpoint is complete; the general one is a base, as OpenTelemetry's specification has it. */
const tracesUrl = (env: Environment, { endpoint }: Profile): string => {
  const complete = value(env, 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT')
  if (complete !== undefined) return checkedUrl('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', complete)
  const base = value(env, 'OTEL_EXPORTER_OTLP_ENDPOINT')
  if (base === undefined && endpoint !== undefined) return endpoint
  if (base === undefined) throw new SettingError('OTEL_EXPORTER_OTLP_ENDPOINT', 'is not set')
  return `${checkedUrl('OTEL_EXPORTER_OTLP_ENDPOINT', base).replace(/\/$/, '')}/v1/traces`
}

const checkedUrl = (setting: Setting, url: string): string => {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new SettingError(setting, 'is not an http or https URL')
  }
  return url
}

const timeoutMillis = (env: Environment): number => {
  const millis = Number(value(env, 'OTEL_EXPORTER_OTLP_TIMEOUT') ?? DEFAULT_EXPORT_TIMEOUT_MILLIS)
  if (!(millis > 0 && millis < 1e9)) throw new SettingError('OTEL_EXPORTER_OTLP_TIMEOUT', 'is no such number')
  return millis
}

const compression = (env: Environment): 'gzip' | 'none' => {
  const name = value(env, 'OTEL_EXPORTER_OTLP_COMPRESSION') ?? 'none'
  if (name !== 'gzip' && name !== 'none') throw new SettingError('OTEL_EXPORTER_OTLP_COMPRESSION', 'is neither')
  return name
}

/** The secrets in a setting: one, or several while they are being rotated. */
export const secretList = (text: string | undefined): readonly string[] =>
  (text ?? '')
    .split(',')
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '')

/**
 * `name=value` pairs, comma-separated, percent-encoded, as OpenTelemetry's specification has them.
 *
 * @throws SettingError when a pair has no name
 */
export const headerList = (text: string | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(
    secretList(text).map((pair) => {
      const at = pair.indexOf('=')
      if (at < 1) throw new SettingError('OTEL_EXPORTER_OTLP_HEADERS', 'is not a list of name=value')
      return [pair.slice(0, at).trim(), percentDecoded(pair.slice(at + 1).trim())]
    }),
  )

const percentDecoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
