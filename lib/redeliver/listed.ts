import type { Delivery, Failure, Hook, HookDeliveries } from './ports.ts'
import { restUntil } from './rest.ts'

/** What was listed. `isWhole` when it reaches back to the moment that was asked for. */
export interface Listed {
  readonly deliveries: readonly Delivery[]
  readonly isWhole: boolean
  /** Why it is not whole, or why nothing more is to be asked for now. */
  readonly failure?: Failure
}

/** A hook's deliveries back to a moment, page by page, as far as GitHub and the time allow. */
export const listed = async (
  hook: Hook,
  sinceMillis: number,
  api: Pick<HookDeliveries, 'list'>,
  isOver: () => boolean,
): Promise<Listed> => {
  const deliveries: Delivery[] = []
  for (let cursor: string | undefined; ; ) {
    if (isOver()) return { deliveries, isWhole: false }
    const page = await api.list(hook, cursor)
    if (page.kind !== 'page') return { deliveries, isWhole: false, failure: page }
    deliveries.push(...page.deliveries)
    const oldest = page.deliveries.at(-1)
    const isWhole = page.next === undefined || (oldest !== undefined && oldest.deliveredMillis < sinceMillis)
    const untilMillis = restUntil(page.rate)
    if (untilMillis !== undefined) return { deliveries, isWhole, failure: { kind: 'limited', untilMillis } }
    if (isWhole) return { deliveries, isWhole }
    cursor = page.next
  }
}
