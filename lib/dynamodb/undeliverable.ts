import * as z from 'zod/mini'
import type { ActivityKey } from '../delivery/activity.ts'
import { activityKeyOf, contextItemKey } from './codec.ts'
import { called, type Item, reached, type Table } from './table.ts'

/** An activity of which the backend has refused spans for good. */
export interface Undeliverable {
  readonly key: ActivityKey
  readonly spans: number
  /** What the backend said of the last of them. */
  readonly message: string
  /** When the context was written last, epoch milliseconds: as a rule when the backend refused it. */
  readonly writtenMillis: number
}

const stored = z.object({
  pk: z.string(),
  changedMillis: z._default(z.number(), 0),
  emissions: z._default(z.array(z.object({ state: z.string(), message: z.optional(z.string()) })), []),
})

/**
 * All that was refused for good, a page of the table at a time. No index has it, since it should hardly ever happen: so
 * the whole table is read, which costs its size in read units. Takes dynamodb:Scan.
 *
 * @throws StoreUnavailable
 */
export const undeliverable = async function* (table: Table): AsyncGenerator<readonly Undeliverable[]> {
  let start: Item | undefined
  do {
    const { Items = [], LastEvaluatedKey } = await reached(table, () => page(table, start))
    yield Items.flatMap(refusedIn)
    start = LastEvaluatedKey
  } while (start !== undefined)
}

const page = (table: Table, start: Item | undefined) =>
  called(table, 'Scan', {
    FilterExpression: 'begins_with(pk, :context)',
    ExpressionAttributeValues: { ':context': contextItemKey('').pk },
    ProjectionExpression: 'pk, changedMillis, emissions',
    ...(start === undefined ? {} : { ExclusiveStartKey: start }),
  })

const refusedIn = (item: Item): readonly Undeliverable[] => {
  const { pk, changedMillis, emissions } = z.parse(stored, item)
  const refused = emissions.filter(({ state }) => state === 'undeliverable')
  const last = refused.at(-1)
  if (last === undefined) return []
  return [{ key: activityKeyOf(pk), spans: refused.length, message: last.message ?? '', writtenMillis: changedMillis }]
}
