import type { Context } from '../lib/delivery/context.ts'
import { canonicalJson } from '../lib/delivery/identity.ts'
import { factsOf, joinFacts } from '../lib/delivery/join.ts'
import { emittedSpan, spansOf } from '../lib/delivery/span.ts'
import type { Delivery } from '../simulate/deliveries/delivery.ts'
import { eventOf } from '../simulate/system/request.ts'
import type { Ground } from './ground.ts'
import { INSTALLATION, SOURCES } from './sources.ts'

/** What is there in the end, beside what was to be. */
export interface Findings {
  /** Deliveries that were answered 202 and of which the table does not know all. */
  readonly forgotten: readonly string[]
  /** Finished spans that the backend has not, or not as they are, and that are not listed as undeliverable. */
  readonly missing: readonly string[]
  readonly undeliverable: number
  /** Spans that the backend took. */
  readonly accepted: number
  /** The same word on the same span, taken more than once. */
  readonly duplicates: number
  /** Of them those where nobody was to know that it had been taken: no kill, no broken answer, no store that failed. */
  readonly needless: number
}

/** What of all that was answered 202 is in the table, and what of that is at the backend. */
export const findingsOf = async (
  { contexts, backend, disturbed }: Pick<Ground, 'contexts' | 'backend' | 'disturbed'>,
  told: readonly Delivery[],
): Promise<Findings> => {
  const all = new Map((await contexts()).map((context) => [context.key, context]))
  const words = new Map<string, number>()
  for (const { spanId, attributes } of backend.accepted) {
    const word = `${spanId} ${attributes['valuestream.correction'] ?? 0}`
    words.set(word, (words.get(word) ?? 0) + 1)
  }
  const finished = [...all.values()].flatMap((context) => context.emissions.map((emission) => ({ context, emission })))
  const repeated = [...words].filter(([, times]) => times > 1)
  return {
    forgotten: told.flatMap((delivery) => forgottenOf(delivery, all)),
    missing: finished.flatMap(({ context, emission }) => {
      const span = emittedSpan(spansOf(context), emission)
      if (span === undefined || emission.state === 'undeliverable') return []
      const isThere = words.has(`${span.spanId} ${emission.revision}`)
      return isThere && emission.state === 'accepted' ? [] : [`${context.key} ${emission.state}`]
    }),
    undeliverable: finished.filter(({ emission }) => emission.state === 'undeliverable').length,
    accepted: backend.accepted.length,
    duplicates: repeated.reduce((sum, [, times]) => sum + times - 1, 0),
    needless: repeated
      .map(([word]) => word.split(' ')[0] ?? '')
      .filter((spanId) => !backend.unanswered.has(spanId) && !disturbed.has(spanId)).length,
  }
}

/** What a delivery says again changes nothing where the table knows it. */
const forgottenOf = (delivery: Delivery, contexts: ReadonlyMap<string, Context>): readonly string[] => {
  const { source } = SOURCES[delivery.target.source]
  const { headers, body = '', isBase64Encoded } = eventOf(delivery)
  const translation = source.translate(
    { headers, query: {}, pathParameters: {}, body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') },
    INSTALLATION,
  )
  if (translation.kind !== 'events') return []
  return translation.events.flatMap((event) => {
    const context = contexts.get(event.key)
    return context !== undefined && isKnown(context, event) ? [] : [`${delivery.id} ${event.key}`]
  })
}

const isKnown = (context: Context, event: Parameters<typeof factsOf>[0]): boolean =>
  canonicalJson(joinFacts(context.facts, factsOf(event))) === canonicalJson(context.facts) &&
  spansOf(context).length <= context.emissions.length
