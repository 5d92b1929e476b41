import type { SecretSetting } from '../../lib/settings/settings.ts'

/** Those that are made here: nobody has to know them but who sends webhooks. */
export const MADE = [
  'GITHUB_WEBHOOK_SECRET',
  'JENKINS_WEBHOOK_TOKEN',
  'EVENTS_WEBHOOK_SECRET',
] as const satisfies readonly SecretSetting[]
export type MadeSecret = (typeof MADE)[number]

const BYTES = 32

/** 32 random bytes: in hex, or for events as Standard Webhooks writes a secret. */
export const newSecret = (setting: MadeSecret, randomBytes: (size: number) => Buffer): string => {
  const bytes = randomBytes(BYTES)
  return setting === 'EVENTS_WEBHOOK_SECRET' ? `whsec_${bytes.toString('base64')}` : bytes.toString('hex')
}
