import { deploymentTold } from '../../../cli/history/github/deployment.ts'
import { githubWebhook } from '../../../cli/history/webhook.ts'
import { keptInTable, leftToTheSweep } from '../../../cli/import/target/exporter.ts'
import { oneReport } from '../../../cli/import/target/one-report.ts'
import { tableReceiver } from '../../../cli/import/target/table.ts'
import type { DeliveryEvent } from '../../../lib/delivery/event.ts'
import type { CompletedSpan } from '../../../lib/delivery/span.ts'
import type { ContextStore } from '../../../lib/record/ports.ts'
import { memoryStore } from '../../support/memory-store.ts'

const event = (more: Partial<DeliveryEvent>): DeliveryEvent => ({
  key: 'run:https://ci.acme.com/job/shop/3/',
  operation: 'build',
  stage: 'started',
  observedMillis: 1000,
  opened: { atMillis: 1000, certainty: 'estimated' },
  attributes: {},
  references: {},
  names: [],
  ...more,
})

const REPOSITORY = {
  name: 'shop',
  full_name: 'acme/shop',
  html_url: 'https://github.com/acme/shop',
  owner: { login: 'acme' },
  default_branch: 'main',
}
const DEPLOYMENT = { id: 5, sha: 'a'.repeat(40), ref: 'main', created_at: '2026-01-01T10:00:00Z' }
const DEPLOYED = deploymentTold(REPOSITORY, DEPLOYMENT, [
  { state: 'inactive', created_at: '2026-01-03T10:00:00Z' },
  { state: 'success', created_at: '2026-01-01T10:05:00Z' },
  { state: 'in_progress', created_at: '2026-01-01T10:01:00Z' },
])

const receiver = (store: ContextStore, emits = false) =>
  tableReceiver({
    name: 'memory',
    installation: { githubHost: 'github.com', repositoryOfJob: () => undefined },
    store,
    exporter: emits ? leftToTheSweep : keptInTable,
    emits,
    pause: () => Promise.resolve(),
    close: () => Promise.resolve(),
  })

describe('what is imported of a run', () => {
  it('is one report of its start and its end', () => {
    const start = event({ attributes: { 'build.number': 3 }, queuedMillis: 900 })
    const end = event({
      stage: 'finished',
      observedMillis: 5000,
      opened: { atMillis: 1100, certainty: 'reported' },
      ended: { atMillis: 5000, certainty: 'reported', result: 'success' },
      attributes: { 'build.result': 'SUCCESS' },
    })
    expect(oneReport([start, end])).toEqual({
      ...end,
      attributes: { 'build.number': 3, 'build.result': 'SUCCESS' },
      queuedMillis: 900,
      happenings: [],
    })
  })

  it('is never stored as under way, so that nobody can give it up', async () => {
    const store = memoryStore()
    const written: boolean[] = []
    const watched: ContextStore = {
      ...store,
      write: (context) => {
        written.push(context.facts.endings.length > 0)
        return store.write(context)
      },
    }
    expect(await receiver(watched).receive(DEPLOYED)).toEqual({ recorded: 3, ignored: [], spans: 1 })
    expect(written).toEqual([true])
  })
})

describe('the spans of an import', () => {
  it('count as delivered without being sent', async () => {
    const store = memoryStore()
    await receiver(store).receive(DEPLOYED)
    expect([...store.contexts.values()].flatMap(({ emissions }) => emissions.map(({ state }) => state))).toEqual([
      'accepted',
    ])
  })

  it('wait in the outbox for the sweep where they are to be sent', async () => {
    const store = memoryStore()
    await receiver(store, true).receive(DEPLOYED)
    expect((await store.outbox()).count).toBe(1)
  })

  it('wait in the outbox where they correct what went out before', async () => {
    const span = { attributes: { 'valuestream.correction': 1 } } as unknown as CompletedSpan
    expect((await keptInTable.export([span])).kind).toBe('retryable')
  })

  it('are none where nothing is recorded, which is said', async () => {
    const told = [githubWebhook('star', { action: 'created', repository: REPOSITORY })]
    expect(await receiver(memoryStore()).receive(told)).toEqual({
      recorded: 0,
      ignored: ['ValueStream records no star events'],
      spans: 0,
    })
  })
})
