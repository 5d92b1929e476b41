import type { ActivityKey } from '../../lib/delivery/activity.ts'
import type { Result } from '../deliveries/telling.ts'

export type AttributeValue = string | number | boolean

/** What the last export of a span must say. */
export interface SpanTruth {
  readonly key: ActivityKey
  readonly episode: number
  readonly name: 'issue' | 'pull_request' | 'build' | 'deploy'
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  /** Any of these is right; there is more than one only where nothing but estimates is left. */
  readonly startMillis: readonly number[]
  readonly endMillis: readonly number[]
  readonly isError: boolean
  readonly result: Result
  /** `undefined` stands for an attribute that must not be there; what is not mentioned may be anything. */
  readonly attributes: Readonly<Record<string, AttributeValue | undefined>>
  readonly links: readonly LinkTruth[]
}

export interface LinkTruth {
  readonly spanId: string
  readonly reason: string
}

const ERRORS: ReadonlySet<Result> = new Set(['failure', 'error', 'timeout'])

export const isError = (result: Result): boolean => ERRORS.has(result)
