import { issueKey } from '../../lib/delivery/activity.ts'
import { factsOf } from '../../lib/delivery/join.ts'
import { jsonLog } from '../../lib/lambda/log.ts'
import { embeddedMetrics } from '../../lib/lambda/metrics.ts'
import { sweepHandler } from '../../lib/lambda/sweep-handler.ts'
import { record } from '../../lib/record/record.ts'
import { CLOSED_MILLIS, closed, SHOP } from '../support/events.ts'
import { memoryStore } from '../support/memory-store.ts'

it('a sweep writes one line: what it did, what was refused and why, and the metrics', async () => {
  const store = memoryStore(() => CLOSED_MILLIS)
  const exporter = { export: async () => Promise.resolve({ kind: 'refused', message: 'too old' } as const) }
  const now = () => CLOSED_MILLIS + 60_000
  const dependencies = { store, exporter, pause: async () => {}, now, random: () => 1 }
  await record([{ ...closed, key: issueKey(SHOP, 1) }], dependencies)
  const lines: unknown[] = []
  const log = jsonLog(undefined, (line) => lines.push(JSON.parse(line)), embeddedMetrics('dev', 'sweep', now))
  const invocation = { awsRequestId: 'r-1', getRemainingTimeInMillis: () => 55_000 }
  await sweepHandler(async () => Promise.resolve(dependencies), log)({}, invocation)
  const counts = (names: readonly string[]) => names.map((Name) => ({ Name, Unit: 'Count' }))
  expect(lines).toEqual([
    {
      level: 'warn',
      message: 'swept',
      requestId: 'r-1',
      exported: 0,
      undeliverable: 1,
      abandoned: 0,
      postponed: 0,
      refused: [{ key: issueKey(SHOP, 1), message: 'too old' }],
      outbox: { count: 0 },
      _aws: {
        Timestamp: CLOSED_MILLIS + 60_000,
        CloudWatchMetrics: [
          {
            Namespace: 'ValueStream',
            Dimensions: [['stage']],
            Metrics: [
              ...counts(['Exported', 'ExportFailed', 'Undeliverable', 'Postponed', 'Abandoned', 'OutboxSize']),
              { Name: 'OutboxAgeSeconds', Unit: 'Seconds' },
            ],
          },
        ],
      },
      stage: 'dev',
      function: 'sweep',
      Exported: 0,
      ExportFailed: 0,
      Undeliverable: 1,
      Postponed: 0,
      Abandoned: 0,
      OutboxSize: 0,
      OutboxAgeSeconds: 0,
    },
  ])
})

it('tells as an error what was told and cannot be decided', async () => {
  const store = memoryStore(() => CLOSED_MILLIS)
  await store.tell(closed.key, factsOf(closed), 'dead')
  const exporter = { export: async () => Promise.resolve({ kind: 'accepted' } as const) }
  const read = () => Promise.reject(new TypeError('a bug'))
  const now = () => CLOSED_MILLIS + 60_000
  const lines: unknown[] = []
  const log = jsonLog(undefined, (line) => lines.push(JSON.parse(line)))
  const dependencies = { store: { ...store, read }, exporter, pause: async () => {}, now, random: () => 1 }
  await sweepHandler(async () => Promise.resolve(dependencies), log)({}, { getRemainingTimeInMillis: () => 55_000 })
  expect(lines).toEqual([
    {
      level: 'error',
      message: 'swept',
      exported: 0,
      undeliverable: 0,
      abandoned: 0,
      postponed: 0,
      stuck: [{ key: closed.key, error: 'TypeError: a bug', stack: expect.any(Array) }],
      outbox: { count: 1, oldestMillis: CLOSED_MILLIS },
    },
  ])
})
