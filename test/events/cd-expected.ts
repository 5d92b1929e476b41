import { eventOf } from './translated.ts'

export const AT = 1_772_366_400_123
export const reported = { atMillis: AT, certainty: 'reported' }
export const estimated = { atMillis: AT, certainty: 'estimated' }
export const SHA = 'ec26c3e57ca3a959ca5aad62de7213c562f8c821'
export const ARTIFACT = 'pkg:oci/shop@sha256%3A0b31'
export const momentsOf = (payload: unknown) => {
  const { stage, opened, ended, queuedMillis } = eventOf(payload)
  return { stage, opened, ...(ended ? { ended } : {}), ...(queuedMillis ? { queuedMillis } : {}) }
}
