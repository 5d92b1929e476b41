import { correlations } from '../../explorer/analysis/correlations.ts'
import type { Correlations } from '../../explorer/api/correlations.ts'
import { queryOf } from '../../explorer/query.ts'
import { refusal, wrongUse } from '../../local/refusal.ts'
import { answerAt, type Place } from '../explorer-place.ts'
import { correlationsIn } from './answer.ts'

/**
 * Correlations from the database's file; while the local stack, the demo or `valuestream explore` runs and has it open,
 * from that one, which has just what stands in it.
 *
 * @throws Refusal
 */
export const correlate = async (parameters: URLSearchParams, place: Place): Promise<Correlations> => {
  const query = checked(parameters)
  return answerAt(
    place,
    (warehouse) => correlations(warehouse, query),
    (url) => fromServer(url, parameters),
  )
}

const checked = (parameters: URLSearchParams) => {
  try {
    return queryOf(parameters)
  } catch (error) {
    if (error instanceof Error && error.name === 'QueryError') throw wrongUse(`--${error.message}`, error)
    throw error
  }
}

const fromServer = async (url: string, parameters: URLSearchParams): Promise<Correlations> => {
  const response = await answerOf(url, parameters)
  const body: unknown = await response.json().catch(() => undefined)
  const found = response.ok ? correlationsIn(body) : undefined
  if (found !== undefined) return found
  const message = typeof body === 'object' && body !== null && 'message' in body ? body.message : undefined
  throw refusal(
    typeof message === 'string'
      ? message
      : `What answers at ${url} is not the explorer: name the address that it printed with --url.`,
  )
}

const answerOf = async (url: string, parameters: URLSearchParams): Promise<Response> => {
  try {
    return await fetch(new URL(`/api/correlations?${parameters}`, url))
  } catch (cause) {
    throw refusal(
      `Nothing answers at ${url}: start npx valuestream demo or npx valuestream explore, or name the address of one with --url.`,
      cause,
    )
  }
}
