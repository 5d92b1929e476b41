import { issueKey, repository } from '../../lib/delivery/activity.ts'
import type { DeliveryEvent } from '../../lib/delivery/event.ts'

export const SHOP = repository('github.com', 'acme', 'shop')
export const ISSUE_12 = issueKey(SHOP, 12)
export const OPENED_MILLIS = Date.UTC(2026, 8, 1, 9)
export const CLOSED_MILLIS = Date.UTC(2026, 8, 3, 17)

export const opened: DeliveryEvent = {
  key: ISSUE_12,
  operation: 'issue',
  stage: 'started',
  observedMillis: OPENED_MILLIS,
  opened: { atMillis: OPENED_MILLIS, certainty: 'reported' },
  attributes: { service: 'github', 'issue.number': 12, 'issue.labels': ['bug'] },
  references: {},
  names: [],
}

export const closed: DeliveryEvent = {
  ...opened,
  stage: 'finished',
  observedMillis: CLOSED_MILLIS,
  ended: { atMillis: CLOSED_MILLIS, certainty: 'reported', result: 'success' },
  attributes: { service: 'github', 'issue.number': 12, 'issue.labels': [], 'issue.state_reason': 'completed' },
}

/** The same at another issue, so that tests do not meet. */
export const at = (number: number, event: DeliveryEvent): DeliveryEvent => ({ ...event, key: issueKey(SHOP, number) })
