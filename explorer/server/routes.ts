import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod/mini'
import { attributeNames } from '../analysis/attribute-names.ts'
import { correlations } from '../analysis/correlations.ts'
import { criticalPath } from '../analysis/critical-path.ts'
import { flowQueryOf } from '../analysis/flow/flow-query.ts'
import { flow } from '../analysis/flow.ts'
import { groups } from '../analysis/groups.ts'
import { histogram } from '../analysis/histogram.ts'
import { spans } from '../analysis/spans.ts'
import { status } from '../analysis/status.ts'
import { trace } from '../analysis/trace.ts'
import type { Status } from '../api/status.ts'
import type { Ask } from '../ask/ask.ts'
import { schemaOf } from '../ask/schema-of.ts'
import { queryOf } from '../query.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { groupByOf, spansPageOf } from './parameters.ts'

export interface Explored {
  readonly warehouse: Warehouse
  readonly ask: Ask
  /** Where the spans come from, as the status tells it. */
  readonly source: () => Pick<Status, 'source' | 'readMillis' | 'problem'>
  readonly now: () => number
}

const MAX_QUESTION_BYTES = 64 * 1024
const Question = z.object({ sql: z.string() })

/**
 * The explorer's API. What a route answers is in `../api/`, one file a subject; the page and the command line read these
 * types. Every route is a GET that takes the parameters of `../query.ts` unless its type says otherwise. Durations are
 * milliseconds, times epoch milliseconds. What goes wrong is `{ "message": "one sentence that says what to do" }` with a
 * 4xx or 5xx.
 */
export const apiRoutes = ({ warehouse, ask, source, now }: Explored): Hono =>
  new Hono()
    .get('/api/status', async (c) => c.json(await status(warehouse, source())))
    .get('/api/correlations', async (c) => c.json(await correlations(warehouse, queryOf(parametersOf(c)))))
    .get('/api/histogram', async (c) => c.json(await histogram(warehouse, queryOf(parametersOf(c)))))
    .get('/api/groups', async (c) =>
      c.json(await groups(warehouse, queryOf(parametersOf(c)), groupByOf(parametersOf(c)))),
    )
    .get('/api/attributes', async (c) => c.json(await attributeNames(warehouse, queryOf(parametersOf(c)))))
    .get('/api/spans', async (c) =>
      c.json(await spans(warehouse, queryOf(parametersOf(c)), spansPageOf(parametersOf(c)))),
    )
    .get('/api/critical-path', async (c) => c.json(await criticalPath(warehouse, queryOf(parametersOf(c)))))
    .get('/api/flow', async (c) => c.json(await flow(warehouse, flowQueryOf(parametersOf(c)), now())))
    .get('/api/traces/:traceId', async (c) => {
      const found = await trace(warehouse, c.req.param('traceId'), now())
      return found === undefined ? c.json({ message: 'There is no such trace.' }, 404) : c.json(found)
    })
    .get('/api/schema', async (c) => c.json(await schemaOf(warehouse.query)))
    .post('/api/ask', bodyLimit({ maxSize: MAX_QUESTION_BYTES, onError: tooLarge }), async (c) => answerOf(ask, c))
    .all('/api/*', (c) => c.json({ message: 'There is nothing at this address.' }, 404))

const parametersOf = (c: Context): URLSearchParams => new URL(c.req.url).searchParams

const tooLarge = (c: Context) => c.json({ message: 'The query is too long.' }, 413)

/** A form of another page can post text, and not JSON. */
const answerOf = async (ask: Ask, c: Context): Promise<Response> => {
  if ((c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() !== 'application/json') {
    return c.json({ message: 'Send {"sql": "…"} with content type application/json.' }, 415)
  }
  const question = Question.safeParse(await c.req.json().catch(() => undefined))
  if (!question.success) return c.json({ message: 'Send {"sql": "…"}.' }, 400)
  const asked = await ask.run(question.data.sql, c.req.raw.signal)
  if (asked.kind === 'answer') return c.json(asked.answer)
  return c.json({ message: asked.message }, asked.kind === 'busy' ? 429 : 400)
}
