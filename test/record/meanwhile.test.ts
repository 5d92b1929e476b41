import { issueKey, pullRequestKey } from '../../lib/delivery/activity.ts'
import type { DeliveryEvent } from '../../lib/delivery/event.ts'
import { awaitActivity } from '../../lib/delivery/reference.ts'
import type { ContextStore } from '../../lib/record/ports.ts'
import { record } from '../../lib/record/record.ts'
import { opened, SHOP } from '../support/events.ts'
import { memoryStore } from '../support/memory-store.ts'

const ISSUE = { ...opened, key: issueKey(SHOP, 1) }
const PULL = { ...opened, key: pullRequestKey(SHOP, 2), operation: 'pull_request' }
const named: DeliveryEvent = { ...PULL, references: { branch_number: [awaitActivity(ISSUE.key)] } }

/** A store in which something else happens right before a write of the pull request; once. */
const storeWith = (meanwhile: (store: ContextStore) => Promise<unknown>) => {
  const store = memoryStore()
  let hasHappened = false
  const interrupted: ContextStore = {
    ...store,
    write: async (context) => {
      if (context.key === PULL.key && !hasHappened && context.watching.length > 0) {
        hasHappened = true
        await meanwhile(store)
      }
      return store.write(context)
    },
  }
  return { store, interrupted }
}
const using = (store: ContextStore) => ({
  store,
  pause: () => Promise.resolve(),
  exporter: { export: async () => Promise.resolve({ kind: 'accepted' } as const) },
})

describe('a parent that comes to be known while its child is being written', () => {
  it('is found although the child was not there yet to be told of it', async () => {
    const { store, interrupted } = storeWith((inner) => record([ISSUE], using(inner)))
    await record([named], using(interrupted))
    expect(store.contexts.get(PULL.key)?.parent?.key).toBe(ISSUE.key)
  })

  it('is found although the child, as it was stored, did not look for it yet', async () => {
    const { store, interrupted } = storeWith((inner) => record([ISSUE], using(inner)))
    await record([PULL], using(interrupted))
    await record([named], using(interrupted))
    expect(store.contexts.get(PULL.key)?.parent?.key).toBe(ISSUE.key)
  })
})
