import { hash, randomUUID } from 'node:crypto'
import type { ActivityKey } from './activity.ts'

const digest = (text: string): string => hash('sha256', text)

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
  let members = ''
  for (const name of Object.keys(value).sort()) {
    const member = (value as PlainObject)[name]
    if (member !== undefined) members += `${members && ','}${JSON.stringify(name)}:${canonicalJson(member)}`
  }
  return `{${members}}`
}

/** Whether two plain values have the same {@link canonicalJson}; without making it, and over at the first difference. */
export const isEqual = (a: unknown, b: unknown): boolean => {
  if (a === b) return true
  if (!isObject(a) || !isObject(b)) return !isObject(a) && !isObject(b) && canonicalJson(a) === canonicalJson(b)
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    return a.every((member, index) => isEqual(member ?? null, b[index] ?? null))
  }
  return (
    hasAll(a, b) &&
    Object.keys(b).every((name) => b[name] === undefined || (Object.hasOwn(a, name) && a[name] !== undefined))
  )
}

type PlainObject = { readonly [name: string]: unknown }

const isObject = (value: unknown): value is PlainObject => typeof value === 'object' && value !== null

const hasAll = (a: PlainObject, b: PlainObject): boolean => {
  for (const name of Object.keys(a)) {
    if (a[name] !== undefined && !(Object.hasOwn(b, name) && b[name] !== undefined && isEqual(a[name], b[name])))
      return false
  }
  return true
}

/** A name for one invocation among all that may run at the same time; of nothing that is ever sent. */
export const newHolder = (): string => randomUUID()
