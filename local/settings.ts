import { resolve } from 'node:path'
import { isProfileName, PROFILES, type Profile } from '../lib/settings/profiles.ts'
import { refusal } from './refusal.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** What `npm start` and `npm run demo` can be told by environment variables. */
export interface LocalSettings {
  readonly port: number
  /** Absolute path of the folder that keeps the data. */
  readonly home: string
}

const DEFAULT_PORT = 3000

/** @throws Refusal when PORT is no port; 0 lets the system choose one */
export const readLocalSettings = (env: Environment, workingDirectory: string): LocalSettings => ({
  port: readPort(env.PORT),
  home: resolve(workingDirectory, env.VALUESTREAM_HOME || '.valuestream'),
})

const readPort = (text: string | undefined): number => {
  if (!text) return DEFAULT_PORT
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw refusal(`PORT must be a number from 0 to 65535, and it is "${text}".`)
  return port
}

/** Whether the spans go to a backend of the user's choice. OpenTelemetry counts an empty variable as unset. */
export const exportsElsewhere = (env: Environment): string | undefined =>
  env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT?.trim() ||
  env.OTEL_EXPORTER_OTLP_ENDPOINT?.trim() ||
  usualEndpoint(env.BACKEND_PROFILE)

/** A backend that has one address for everybody is chosen by its name alone. */
const usualEndpoint = (text: string | undefined): string | undefined => {
  const name = text?.trim().toLowerCase() ?? ''
  const profile: Profile | undefined = isProfileName(name) ? PROFILES[name] : undefined
  return profile?.endpoint
}
