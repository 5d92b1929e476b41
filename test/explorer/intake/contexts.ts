import { issueKey, repository } from '../../../lib/delivery/activity.ts'
import type { Context } from '../../../lib/delivery/context.ts'
import { decide } from '../../../lib/delivery/decide.ts'
import type { DeliveryEvent } from '../../../lib/delivery/event.ts'

export const START = 1_790_000_000_000
export const shop = repository('github.com', 'acme', 'shop')
export const KEY = issueKey(shop, 1)

/** A report on an issue, or on what is told. */
export const event = (
  stage: DeliveryEvent['stage'],
  atMillis: number,
  told: Partial<DeliveryEvent> = {},
): DeliveryEvent => ({
  key: KEY,
  operation: 'issue',
  stage,
  observedMillis: atMillis,
  opened: { atMillis: START, certainty: 'reported' },
  attributes: { service: 'github', 'issue.title': `as of ${atMillis - START}` },
  references: {},
  names: [],
  ...(stage === 'finished' ? { ended: { atMillis, certainty: 'reported', result: 'success' } as const } : {}),
  ...(stage === 'reopened' ? { reopenedMillis: atMillis } : {}),
  ...told,
})

/** The context after some events. */
export const contextOf = (...events: readonly DeliveryEvent[]): Context => {
  let context: Context | undefined
  for (const one of events) {
    const decided = decide(context, { names: new Map(), mainline: [] }, one)
    context = { ...decided.context, version: (context?.version ?? 0) + 1 }
  }
  if (context === undefined) throw new Error('nothing has happened')
  return context
}
