import { repositoryKey } from '../../lib/delivery/activity.ts'
import type { DeliveryEvent } from '../../lib/delivery/event.ts'
import { factsOf } from '../../lib/delivery/join.ts'
import { joinActivity } from '../../lib/delivery/reference.ts'
import type { CompletedSpan } from '../../lib/delivery/span.ts'
import type { ContextStore } from '../../lib/record/ports.ts'
import { record, recordAgain } from '../../lib/record/record.ts'
import { sweep } from '../../lib/record/sweep.ts'
import { CLOSED_MILLIS, closed, ISSUE_12, OPENED_MILLIS, opened, SHOP } from '../support/events.ts'
import { memoryStore } from '../support/memory-store.ts'

const MINUTE = 60_000
const EPIC = 'issue:github.com/acme/shop#1'
const edited: DeliveryEvent = {
  ...closed,
  stage: 'updated',
  observedMillis: CLOSED_MILLIS - 1,
  attributes: { 'issue.milestone': 'late' },
}
const { ended: _ended, ...updated } = edited
const again: DeliveryEvent = { ...closed, names: ['seen twice'] }

/** A world in which the issue is open, with a clock to turn, and something that happens while the first span is on its way. */
const world = async (meanwhile: (parts: World) => Promise<unknown> = () => Promise.resolve()) => {
  const clock = { nowMillis: CLOSED_MILLIS }
  const store = memoryStore(() => clock.nowMillis)
  const sent: CompletedSpan[] = []
  let isFirst = true
  const parts: World = {
    store,
    pause: () => Promise.resolve(),
    exporter: {
      export: async (spans: readonly CompletedSpan[]) => {
        const happens = isFirst
        isFirst = false
        if (happens) await meanwhile(parts)
        sent.push(...spans)
        return { kind: 'accepted' } as const
      },
    },
  }
  await record([opened], parts)
  return {
    parts,
    clock,
    store,
    sent: () =>
      sent.map(({ attributes }) => [attributes['valuestream.correction'] ?? 0, attributes['issue.milestone']]),
    emissions: (key = ISSUE_12) =>
      store.contexts.get(key)?.emissions.map(({ state, revision }) => [state, revision] as const),
    sweep: () =>
      sweep({ ...parts, now: () => clock.nowMillis, random: () => 1, deadlineMillis: clock.nowMillis + MINUTE }),
  }
}
type World = Parameters<typeof record>[1]

const killed = (): Promise<never> => Promise.reject(new Error('killed'))

describe('while the span of an activity is on its way', () => {
  it('leaves what changes it to who has the lease, who corrects it', async () => {
    const outcomes: number[] = []
    const { parts, sent, emissions, store } = await world(async (inner) => {
      outcomes.push((await record([updated], inner)).dueSpans)
    })
    const { dueSpans, lostRaces } = await record([closed], parts)
    expect([outcomes, dueSpans, lostRaces]).toEqual([[0], 2, 1])
    expect(sent()).toEqual([
      [0, undefined],
      [1, 'late'],
    ])
    expect(emissions()).toEqual([['accepted', 1]])
    expect((await store.outbox()).count).toBe(0)
  })

  it('leaves another end to who has the lease, and answers at once with what is known', async () => {
    const answers: unknown[] = []
    const { parts, sent, emissions, store } = await world(async (inner) => {
      const { contexts, exported } = await record([again], inner)
      answers.push(
        contexts.map(({ key, traceId }) => [key, traceId]),
        exported,
      )
    })
    const { contexts } = await record([closed], parts)
    expect(answers).toEqual([[[ISSUE_12, contexts[0]?.traceId]], undefined])
    expect([sent(), emissions()]).toEqual([[[0, undefined]], [['accepted', 0]]])
    expect(store.contexts.get(ISSUE_12)?.facts.names).toContain('seen twice')
  })

  it('leaves a parent that comes to be known to who has the lease', async () => {
    const { parts, emissions, store } = await world((inner) => record([{ ...opened, key: EPIC }], inner))
    await record([{ ...closed, references: { parent_issue: [joinActivity(EPIC)] } }], parts)
    expect(store.contexts.get(ISSUE_12)?.parent?.key).toBe(EPIC)
    expect(emissions()?.map(([state]) => state)).toEqual(['accepted'])
  })
})

it('is written once by those who find nothing new while another has the lease', async () => {
  const versions: (number | undefined)[] = []
  const { parts, store, emissions } = await world(async (inner) => {
    for (let time = 0; time < 3; time += 1) {
      await recordAgain([ISSUE_12], inner)
      versions.push(store.contexts.get(ISSUE_12)?.version)
    }
  })
  await record([closed], parts)
  expect([versions, emissions()]).toEqual([[3, 3, 3], [['accepted', 0]]])
})

describe('when who has the lease dies with the span on its way', () => {
  it('has the sweep send it, after a minute and not before', async () => {
    const { parts, sent, emissions, store, clock, sweep: run } = await world(killed)
    await expect(record([closed], parts)).rejects.toThrow('killed')
    expect(await run()).toMatchObject({ exported: 0, outbox: { count: 1 } })
    clock.nowMillis += MINUTE
    expect(await run()).toMatchObject({ exported: 1, outbox: { count: 0 } })
    expect([sent(), emissions(), (await store.read(ISSUE_12, [])).lease]).toEqual([
      [[0, undefined]],
      [['accepted', 0]],
      undefined,
    ])
  })

  it('has the next one take over once the minute is over, with all that was told', async () => {
    const { parts, sent, emissions, clock } = await world(killed)
    await expect(record([closed], parts)).rejects.toThrow('killed')
    await record([again], parts)
    expect(sent()).toEqual([])
    clock.nowMillis += MINUTE
    await record([updated], parts)
    expect([sent(), emissions()]).toEqual([[[0, 'late']], [['accepted', 0]]])
  })

  it('loses nothing of what was told by those who left it to the dead', async () => {
    const { parts, sent, store, clock, sweep: run } = await world(killed)
    await expect(record([closed], parts)).rejects.toThrow('killed')
    await record([updated], parts)
    await record([again], parts)
    clock.nowMillis += 2 * MINUTE
    expect(await run()).toMatchObject({ exported: 1, outbox: { count: 0 } })
    expect(sent()).toEqual([[0, 'late']])
    expect(store.contexts.get(ISSUE_12)?.facts.names).toContain('seen twice')
  })

  it('has the sweep find out that there was nothing to send', async () => {
    const { parts, store, clock, sent, sweep: run } = await world()
    await record([closed], parts)
    await store.tell(ISSUE_12, factsOf(opened), 'dead')
    clock.nowMillis += MINUTE
    expect(await run()).toMatchObject({ exported: 0, outbox: { count: 0 } })
    expect([sent().length, (await store.read(ISSUE_12, [])).told]).toEqual([1, []])
  })
})

it("has what nobody can decide stand in no other one's way, and tries it again, later each time", async () => {
  const { parts, store, sent, clock, sweep: run } = await world()
  const bad = { ...closed, key: 'issue:github.com/acme/shop#66' }
  for (const key of [bad.key, ISSUE_12]) await store.tell(key, factsOf(closed), 'dead')
  const bug = new TypeError('a bug')
  const read: ContextStore['read'] = (key, names) => (key === bad.key ? Promise.reject(bug) : store.read(key, names))
  const failing = { ...parts, store: { ...store, read } }
  const sweepWith = (world: World) =>
    sweep({ ...world, now: () => clock.nowMillis, random: () => 1, deadlineMillis: clock.nowMillis + MINUTE })
  const tries: number[] = []
  for (let minute = 1; minute <= 10; minute += 1) {
    clock.nowMillis += MINUTE
    const { stuck } = await sweepWith(failing)
    if (stuck !== undefined) tries.push(minute)
    expect(stuck ?? [{ key: bad.key, thrown: bug }]).toEqual([{ key: bad.key, thrown: bug }])
  }
  expect([tries, sent().length, (await store.outbox()).count]).toEqual([[1, 2, 4, 8], 1, 1])
  clock.nowMillis += 60 * MINUTE
  expect(await run()).toMatchObject({ exported: 1, outbox: { count: 0 } })
})

it('goes the long way where too much was told already', async () => {
  const { parts, store, sent, emissions } = await world()
  const full: ContextStore = { ...store, tell: () => Promise.resolve('full') }
  await record([closed], { ...parts, store: full })
  expect([sent(), emissions()]).toEqual([[[0, undefined]], [['accepted', 0]]])
})

it('keeps the span of a backend that is away in the outbox, and what comes meanwhile with it', async () => {
  const { parts, emissions, clock, sent, sweep: run } = await world()
  const exporter = {
    export: async () => {
      await record([updated], parts)
      return { kind: 'retryable', message: 'away' } as const
    },
  }
  await record([closed], { ...parts, exporter })
  expect([sent(), emissions()?.map(([state]) => state)]).toEqual([[], ['pending']])
  clock.nowMillis += MINUTE
  expect(await run()).toMatchObject({ exported: 1, outbox: { count: 0 } })
  expect(sent().map(([, labels]) => labels)).toEqual(['late'])
})

describe('the end of an issue of a repository that was renamed', () => {
  const shop2 = 'github.com/acme/shop2'
  const renamed: DeliveryEvent = {
    ...opened,
    key: repositoryKey(SHOP),
    operation: 'repository',
    names: [`key:repository:${shop2}`],
    attributes: {},
  }
  const there = { ...closed, key: `issue:${shop2}#12` }

  it('is told under its first name, and nothing of it stays under the new one', async () => {
    const { parts, store, emissions } = await world()
    await record([renamed], parts)
    await record([there], parts)
    expect(emissions()).toEqual([['accepted', 0]])
    expect(await store.read(there.key, [])).toMatchObject({ context: undefined, version: 0, told: [] })
  })

  it('leaves alone what stands under the new one, since it came before the word of the renaming', async () => {
    const { parts, store, emissions } = await world()
    await record([{ ...opened, key: there.key }], parts)
    await record([renamed], parts)
    await record([there], parts)
    expect([emissions(), emissions(there.key)]).toEqual([[['accepted', 0]], []])
    expect((await store.read(there.key, [])).told).toEqual([])
  })
})

const DEPLOY: DeliveryEvent = {
  ...opened,
  key: 'run:https://ci.acme.com/job/deploy/1/',
  operation: 'deploy',
  attributes: {
    'scm.head.sha': 'a'.repeat(40),
    'vcs.repository.url.full': 'https://github.com/acme/shop',
    'vcs.owner.name': 'acme',
    'vcs.repository.name': 'shop',
  },
}
const DEPLOYED: DeliveryEvent = {
  ...DEPLOY,
  stage: 'finished',
  observedMillis: CLOSED_MILLIS,
  ended: { atMillis: CLOSED_MILLIS, certainty: 'reported', result: 'success' },
}
const deploysIn = async (store: ContextStore) => {
  const query = { repository: 'github.com/acme/shop', direction: 'on', atMillis: 0, limit: 10 } as const
  return (await store.mainline(query)).entries
}

/** A store in which something happens just before the first deploy is entered. */
const enteringAfter = (store: ContextStore, happening: () => Promise<unknown>): ContextStore => {
  let isFirst = true
  return {
    ...store,
    enter: async (placed, version) => {
      const happens = isFirst
      isFirst = false
      if (happens) await happening()
      return store.enter(placed, version)
    },
  }
}

it('has a deploy stand in the mainline once, whoever moves it while its span is on its way', async () => {
  const { parts, store } = await world((inner) => record([DEPLOY], inner))
  await record([{ ...DEPLOYED, opened: { atMillis: CLOSED_MILLIS - 1000, certainty: 'estimated' } }], parts)
  expect(await deploysIn(store)).toMatchObject([{ key: DEPLOY.key, atMillis: OPENED_MILLIS, succeeded: true }])
})

it('has a deploy stand in the mainline as it was written last, whoever enters it last', async () => {
  const { store, parts } = await world()
  const late: DeliveryEvent = {
    ...DEPLOY,
    stage: 'updated',
    observedMillis: CLOSED_MILLIS,
    attributes: { ...DEPLOY.attributes, 'deployment.environment.name': 'production' },
  }
  await record([DEPLOY], parts)
  const slow = enteringAfter(store, () => record([late], parts))
  await record([DEPLOYED], { ...parts, store: slow })
  expect(await deploysIn(store)).toMatchObject([{ key: DEPLOY.key, environment: 'production', succeeded: true }])
})

it('has a deploy stand in the mainline once, though it is moved before it is considered for another event', async () => {
  const { store, parts } = await world()
  let isFirst = true
  const slow: ContextStore = {
    ...store,
    write: async (context, lease) => {
      const happens = isFirst && context.key === EPIC
      if (happens) {
        isFirst = false
        await record([DEPLOY], parts)
      }
      return store.write(context, lease)
    },
  }
  const late = { atMillis: CLOSED_MILLIS - 1000, certainty: 'estimated' } as const
  const below = { ...DEPLOYED, opened: late, references: { marker: [joinActivity(EPIC)] } }
  await record([below, { ...opened, key: EPIC }], { ...parts, store: slow })
  expect([isFirst, store.contexts.get(DEPLOY.key)?.parent?.key]).toEqual([false, EPIC])
  expect(await deploysIn(store)).toMatchObject([{ key: DEPLOY.key, atMillis: OPENED_MILLIS, succeeded: true }])
})

it('has a deploy stand in the mainline as it was written last, whoever has read it before and enters it after', async () => {
  const { store, parts, clock } = await world()
  await store.tell(DEPLOY.key, factsOf(DEPLOYED), 'dead')
  clock.nowMillis += MINUTE
  const started = { ...DEPLOY, attributes: { ...DEPLOY.attributes, 'deployment.environment.name': 'production' } }
  const slow = enteringAfter(store, () => record([started], parts))
  await recordAgain([DEPLOY.key], { ...parts, store: slow })
  expect(await deploysIn(store)).toMatchObject([{ key: DEPLOY.key, environment: 'production', succeeded: true }])
})
