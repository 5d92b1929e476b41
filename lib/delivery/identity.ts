import { createHash } from 'node:crypto'
import type { ActivityKey } from './activity.ts'

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

/**
 * The trace of everything below a root activity: 32 hex digits, derived, so that a replay, an import of history and two
 * regions all name the same trace.
 */
export const traceIdOf = (rootKey: ActivityKey): string => digest(`trace\n${rootKey}`).slice(0, 32)

/** The span of one episode of an activity: 16 hex digits. Episodes count from 1. */
export const spanIdOf = (key: ActivityKey, episode: number): string => digest(`span\n${key}\n${episode}`).slice(0, 16)

/** W3C Trace Context, version 00, sampled. */
export const traceparentOf = (traceId: string, spanId: string): string => `00-${traceId}-${spanId}-01`

/** A short digest of any plain value; equal for equal values whatever the order of their keys. */
export const fingerprintOf = (value: unknown): string => digest(canonicalJson(value)).slice(0, 16)

/** JSON with the keys of every object in order; `undefined` members are left out, as in JSON. */
export const canonicalJson = (value: unknown): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`)
  return `{${members.join(',')}}`
}
