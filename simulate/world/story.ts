import type { Issue, Landing, Place, Pull } from './model.ts'
import type { Moments } from './moments.ts'

/** A piece of work: issues, the pull requests for them, and what was pushed without one. */
export interface Story {
  readonly issues: readonly Issue[]
  readonly pulls: readonly Pull[]
  readonly pushes: readonly Landing[]
}

export interface Setting {
  readonly id: string
  readonly places: readonly [Place, ...Place[]]
  readonly moments: Moments
  readonly fromMillis: number
}

/** The id of one of its issues, counted from 1. */
export const issueId = (id: string, at: number): string => `${id}/issue ${at}`
