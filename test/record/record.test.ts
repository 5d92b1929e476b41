import { pullRequestKey } from '../../lib/delivery/activity.ts'
import type { DeliveryEvent } from '../../lib/delivery/event.ts'
import { spanIdOf, traceIdOf } from '../../lib/delivery/identity.ts'
import { branchName, headName, joinActivity, lookUp } from '../../lib/delivery/reference.ts'
import { pendingEmissions } from '../../lib/delivery/settle.ts'
import type { CompletedSpan } from '../../lib/delivery/span.ts'
import { type ContextStore, type ExportOutcome, StoreUnavailable } from '../../lib/record/ports.ts'
import { record } from '../../lib/record/record.ts'
import { closed, ISSUE_12, OPENED_MILLIS, opened, SHOP } from '../support/events.ts'
import { memoryStore } from '../support/memory-store.ts'

const setUp = (outcome: ExportOutcome = { kind: 'accepted' }) => {
  const store = memoryStore()
  const spans: CompletedSpan[] = []
  const exporter = {
    export: async (sent: readonly CompletedSpan[]) => {
      await Promise.resolve()
      spans.push(...sent)
      return outcome
    },
  }
  return { store, spans, exporter, pause: async () => {} }
}

const PULL_34 = pullRequestKey(SHOP, 34)
const pullRequest: DeliveryEvent = {
  ...opened,
  key: PULL_34,
  operation: 'pull_request',
  references: { closing_keyword: [joinActivity(ISSUE_12)] },
  names: [branchName(SHOP, 'x'), headName('1'.repeat(40))],
}
const build: DeliveryEvent = {
  ...opened,
  key: 'run:https://ci.acme.com/job/shop/1/',
  operation: 'build',
  observedMillis: OPENED_MILLIS + 1000,
  opened: { atMillis: OPENED_MILLIS + 1000, certainty: 'reported' },
  references: { head_sha: [lookUp(headName('1'.repeat(40)))] },
}

/** The store, and in what order it was called: what is called before an earlier call has answered bears the same number. */
const withTurns = (store: ContextStore) => {
  const turns: (readonly [number, string])[] = []
  let turn = 0
  const counted =
    <A extends readonly unknown[], T>(name: string, call: (...of: A) => Promise<T>) =>
    async (...of: A): Promise<T> => {
      turns.push([turn, name])
      const answer = await call(...of)
      await new Promise(setImmediate)
      turn = (turns.at(-1)?.[0] ?? 0) + 1
      return answer
    }
  const counting: ContextStore = {
    ...store,
    read: counted('read', store.read),
    readClaims: counted('readClaims', store.readClaims),
    tell: counted('tell', store.tell),
    watch: counted('watch', store.watch),
    register: counted('register', store.register),
    write: counted('write', store.write),
    writeEmissions: counted('writeEmissions', store.writeEmissions),
    takeBack: counted('takeBack', store.takeBack),
  }
  return { store: counting, turns }
}

describe('the first report of an activity', () => {
  it('waits for the store once where it refers to nothing, and twice where it does', async () => {
    const parts = setUp()
    const { store, turns } = withTurns(parts.store)
    await record([opened], { ...parts, store })
    expect(turns).toEqual([
      [0, 'read'],
      [0, 'register'],
      [0, 'write'],
    ])
    turns.length = 0
    await record([{ ...pullRequest, references: { closing_keyword: [joinActivity(ISSUE_12)] } }], { ...parts, store })
    const [begin] = turns[0] ?? []
    expect(turns.map(([turn, name]) => [turn - (begin ?? 0), name])).toEqual([
      [0, 'read'],
      [0, 'watch'],
      [1, 'register'],
      [1, 'write'],
    ])
  })

  it('makes nothing of its own of what is known already', async () => {
    const [once, twice] = [setUp(), setUp()]
    await record([opened, closed], once)
    await record([opened, closed, opened], twice)
    const versionless = ({ store }: typeof once) =>
      [...store.contexts.values()].map((context) => ({ ...context, version: 0 }))
    expect(versionless(twice)).toEqual(versionless(once))
    expect(twice.spans).toEqual(once.spans)
  })

  it('is put under the first name of a repository that was renamed, and leaves nothing under the new one', async () => {
    const parts = setUp()
    const shop2 = 'github.com/acme/shop2'
    const renamed: DeliveryEvent = {
      ...opened,
      key: 'repository:github.com/acme/shop',
      operation: 'repository',
      names: [`key:repository:${shop2}`],
      attributes: {},
    }
    await record([renamed], parts)
    await record([{ ...opened, key: `issue:${shop2}#12` }], parts)
    expect([...parts.store.contexts.keys()]).toEqual([renamed.key, ISSUE_12])
  })
})

describe('the end of an activity', () => {
  it('waits for the store twice, and sends its span in between', async () => {
    const parts = setUp()
    await record([opened], parts)
    const { store, turns } = withTurns(parts.store)
    const sentAfter: number[] = []
    const exporter = {
      export: (spans: readonly CompletedSpan[]) => {
        sentAfter.push(turns.length)
        return parts.exporter.export(spans)
      },
    }
    await record([closed], { ...parts, store, exporter })
    expect(turns).toEqual([
      [0, 'tell'],
      [0, 'readClaims'],
      [1, 'write'],
    ])
    expect(sentAfter).toEqual([2])
  })
})

describe('recording', () => {
  it('sends nothing of what is open and one span of what is finished, then empties the outbox', async () => {
    const parts = setUp()
    await record([opened], parts)
    expect(parts.spans).toEqual([])
    await record([closed], parts)
    expect(parts.spans.map(({ name, startMillis }) => [name, startMillis])).toEqual([['issue', OPENED_MILLIS]])
    expect(parts.store.contexts.get(ISSUE_12)?.emissions.map(({ state }) => state)).toEqual(['accepted'])
  })

  it('makes one span of fifty deliveries of the same finish at once', async () => {
    const parts = setUp()
    await Promise.all(Array.from({ length: 50 }, () => record([closed], parts)))
    expect(parts.spans).toHaveLength(1)
    expect(parts.store.contexts.get(ISSUE_12)?.emissions.map(({ state, revision }) => [state, revision])).toEqual([
      ['accepted', 0],
    ])
  })

  it.each([
    ['retryable', { kind: 'retryable', message: 'down' }],
    ['refused', { kind: 'refused', message: 'no' }],
  ] as const)('keeps a span that was %s in the outbox and does not fail', async (_kind, outcome) => {
    const parts = setUp(outcome)
    const { exported } = await record([closed], parts)
    expect(exported).toEqual(outcome)
    const context = parts.store.contexts.get(ISSUE_12)
    expect(context && pendingEmissions(context)).toHaveLength(1)
  })

  it('does not fail when the span is accepted and the store then goes away', async () => {
    const parts = setUp()
    const away = () => Promise.reject(new StoreUnavailable('gone', undefined))
    const store: ContextStore = { ...parts.store, write: away, writeEmissions: away }
    const { exported } = await record([closed], { ...parts, store })
    expect([exported, parts.spans.length]).toEqual([{ kind: 'accepted' }, 1])
    expect((await parts.store.outbox()).count).toBe(1)
  })

  it('fails when the store cannot be written to, so that the webhook is delivered again', async () => {
    const parts = setUp()
    const store: ContextStore = { ...parts.store, tell: () => Promise.reject(new StoreUnavailable('gone', undefined)) }
    await expect(record([closed], { ...parts, store })).rejects.toThrow(StoreUnavailable)
    expect(parts.spans).toEqual([])
  })

  it('hangs a build from the pull request whose commit it has, in the trace of the issue that this closes', async () => {
    const parts = setUp()
    await record([pullRequest], parts)
    const { contexts } = await record([build], parts)
    const issue = (await record([opened], parts)).contexts[0]
    expect(contexts[0]?.parent).toMatchObject({ key: PULL_34, reason: 'head_sha', via: headName('1'.repeat(40)) })
    expect(contexts[0]?.traceId).toBe(issue?.traceId)
  })

  it('finds at the end of a build the pull request that was not there at its start', async () => {
    const parts = setUp()
    const start = (await record([build], parts)).contexts[0]
    expect(start?.parent).toBeUndefined()
    await record([pullRequest], parts)
    const ended = { atMillis: OPENED_MILLIS + 5000, certainty: 'reported', result: 'success' } as const
    const end = { ...build, stage: 'finished', observedMillis: OPENED_MILLIS + 5000, ended, references: {} } as const
    const { contexts } = await record([end], parts)
    expect(contexts[0]?.parent?.key).toBe(PULL_34)
    expect(parts.spans.map(({ parentSpanId }) => parentSpanId)).toEqual([contexts[0]?.parent?.spanId])
  })

  it('corrects a finished build when the pull request is reported after it, in the trace of the issue', async () => {
    const parts = setUp()
    const ended = { atMillis: OPENED_MILLIS + 5000, certainty: 'reported', result: 'success' } as const
    await record([{ ...build, stage: 'finished', observedMillis: OPENED_MILLIS + 5000, ended }], parts)
    const pull = (await record([pullRequest], parts)).contexts[0]
    const issue = (await record([opened], parts)).contexts[0]
    expect(
      parts.spans.map(({ traceId, parentSpanId, attributes, links }) => ({
        traceId,
        parentSpanId,
        correction: attributes['valuestream.correction'],
        links: links.map((link) => [link.reason, link.traceId]),
      })),
    ).toEqual([
      { traceId: traceIdOf(build.key), parentSpanId: undefined, correction: undefined, links: [] },
      {
        traceId: issue?.traceId,
        parentSpanId: pull && spanIdOf(pull.key, 1),
        correction: 1,
        links: [['former_trace', traceIdOf(build.key)]],
      },
    ])
  })

  it('finds the way to the issue for a build whose pull request was named before it was reported', async () => {
    const parts = setUp()
    await record([{ ...build, references: { pull_request_number: [joinActivity(PULL_34)] } }], parts)
    await record([pullRequest], parts)
    expect(parts.store.contexts.get(build.key)?.traceId).toBe(traceIdOf(ISSUE_12))
  })
})

it('looks nothing up by a name that is longer than a key of the table', async () => {
  const { store, exporter, pause } = setUp()
  const asked: string[] = []
  const watched: ContextStore = {
    ...store,
    read: (key, names) => {
      asked.push(...names)
      return store.read(key, names)
    },
    watch: (key, names) => {
      asked.push(...names)
      return store.watch(key, names)
    },
  }
  const long = { ...build, references: { head_sha: [lookUp(headName('1'.repeat(3000))), lookUp(headName('2'))] } }
  const { contexts } = await record([long], { store: watched, exporter, pause })
  expect([[...new Set(asked)], contexts[0]?.facts.cut]).toEqual([[headName('2')], ['references']])
})
