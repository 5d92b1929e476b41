import * as z from 'zod/mini'
import { refusal } from '../../local/refusal.ts'
import { answerAt, type Place } from '../explorer-place.ts'

export type Cells = Readonly<Record<string, unknown>>

const ANSWER = z.object({
  columns: z.array(z.object({ name: z.string() })),
  rows: z.array(z.array(z.unknown())),
  isCut: z.boolean(),
})
const PROBLEM = z.object({ message: z.string() })

/**
 * Rows of the explorer's database by SQL, from its file; while somebody has that open, from that one, by what answers
 * *Ask*.
 *
 * @throws Refusal
 */
export const askExplorer = (sql: string, place: Place): Promise<readonly Cells[]> =>
  answerAt(
    place,
    (warehouse) => warehouse.query(sql),
    (url) => askServer(url, sql),
  )

const askServer = async (url: string, sql: string): Promise<readonly Cells[]> => {
  const response = await answerOf(url, sql)
  const body: unknown = await response.json().catch(() => undefined)
  const answer = z.safeParse(ANSWER, body).data
  if (!response.ok || answer === undefined) {
    const message = z.safeParse(PROBLEM, body).data?.message
    throw refusal(message ?? `What answers at ${url} is not the explorer: name the address that it printed with --url.`)
  }
  if (answer.isCut)
    throw refusal('The report has more rows than the explorer gives: name a longer --interval, or --from.')
  return answer.rows.map((row) => Object.fromEntries(answer.columns.map(({ name }, at) => [name, row[at]])))
}

const answerOf = async (url: string, sql: string): Promise<Response> => {
  try {
    return await fetch(new URL('/api/ask', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ sql }),
    })
  } catch (cause) {
    throw refusal(
      `Nothing answers at ${url}: start npx valuestream demo or npx valuestream explore, or name the address of one with --url.`,
      cause,
    )
  }
}
