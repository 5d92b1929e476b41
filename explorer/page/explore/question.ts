import type { Query } from '../../query.ts'
import { operationName, operationPlural } from '../ui/operation.ts'

const ADJECTIVES = { slow: 'slow', fast: 'fast', failed: 'failed', duration: 'selected' } as const

/** `slow issue`: one of the selection. */
export const selectionWords = ({ operation, selection }: Query): string =>
  `${ADJECTIVES[selection.kind]} ${operationName(operation)}`

/** What the view answers, as its heading. */
export const questionOf = ({ operation, selection }: Query): string =>
  `What do ${ADJECTIVES[selection.kind]} ${operationPlural(operation)} have in common?`
