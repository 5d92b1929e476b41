import type { Fate, Invocation } from '../../chaos/fates.ts'
import { storeFor } from '../../chaos/ports.ts'
import { issueKey, pullRequestKey } from '../../lib/delivery/activity.ts'
import type { DeliveryEvent } from '../../lib/delivery/event.ts'
import { branchName, headName, joinActivity, lookUp } from '../../lib/delivery/reference.ts'
import type { CompletedSpan } from '../../lib/delivery/span.ts'
import type { SpanExporter } from '../../lib/record/ports.ts'
import { record } from '../../lib/record/record.ts'
import { sweep } from '../../lib/record/sweep.ts'
import { CLOSED_MILLIS, closed, SHOP } from '../support/events.ts'
import { memoryStore } from '../support/memory-store.ts'

const SHA = 'a'.repeat(40)
const issue: DeliveryEvent = { ...closed, key: issueKey(SHOP, 1) }
const build: DeliveryEvent = {
  ...closed,
  key: 'run:https://ci.acme.com/job/shop/1/',
  operation: 'build',
  references: { head_sha: [lookUp(headName(SHA))] },
}
/** Reported last: it finds its issue, and is what the build has waited for. */
const pull: DeliveryEvent = {
  ...closed,
  key: pullRequestKey(SHOP, 2),
  operation: 'pull_request',
  references: { closing_keyword: [joinActivity(issue.key)] },
  names: [headName(SHA), branchName(SHOP, 'fix')],
  landed: { sha: 'b'.repeat(40), atMillis: CLOSED_MILLIS },
}

/** A world in which issue and build have been told, and the exporter that keeps what it is given. */
const world = async () => {
  const clock = { nowMillis: CLOSED_MILLIS }
  const store = memoryStore(() => clock.nowMillis)
  const sent: CompletedSpan[] = []
  const exporter: SpanExporter = {
    export: async (spans) => {
      sent.push(...spans)
      return Promise.resolve({ kind: 'accepted' })
    },
  }
  const pause = () => Promise.resolve()
  await record([issue], { store, exporter, pause })
  await record([build], { store, exporter, pause })
  return { clock, store, exporter, sent, pause }
}

/** An invocation that meets its fate at one of its calls, by its number from 0, and does well before it. */
const fated = (at: number, fate: Fate): Invocation & { readonly calls: () => number } => {
  let calls = 0
  let kill: (word: 'killed') => void = () => undefined
  const killed = new Promise<'killed'>((resolve) => {
    kill = resolve
  })
  const die = <T>(): Promise<T> => {
    kill('killed')
    return new Promise<T>(() => undefined)
  }
  const call = async <T>(work: () => Promise<T>, failure: () => Error): Promise<T> => {
    const own = calls
    calls += 1
    if (own > at && fate.startsWith('killed')) return die<T>()
    if (own !== at) return work()
    if (fate === 'killed') return die<T>()
    if (fate === 'fails') throw failure()
    const done = await work()
    if (fate === 'killed_after') return die<T>()
    if (fate === 'fails_after') throw failure()
    return done
  }
  return { killed, call, sent: [], disturb: () => undefined, calls: () => calls }
}

type World = Awaited<ReturnType<typeof world>>

/** Tells the pull request by an invocation with a fate; delivered again if it was not taken, then swept until all is out. */
const tell = async ({ clock, store, exporter, pause }: World, at: number, fate: Fate): Promise<number> => {
  const one = fated(at, fate)
  const fatedExporter: SpanExporter = {
    export: (spans) =>
      one.call(
        () => exporter.export(spans),
        () => new Error('x'),
      ),
  }
  const dependencies = { store: storeFor(store, one), exporter: fatedExporter, pause }
  const outcome = await Promise.race([one.killed, record([pull], dependencies).catch(() => 'failed')])
  if (typeof outcome === 'string') await record([pull], { store, exporter, pause })
  clock.nowMillis += 10 * 60_000
  const now = () => clock.nowMillis
  await sweep({ store, exporter, pause, now, random: () => 1, deadlineMillis: now() + 60_000 })
  return one.calls()
}

/** What is in the table but for its versions, and what the backend holds of each span in the end. */
const endOf = ({ store, sent }: World) => ({
  contexts: [...store.contexts.values()].map(({ version: _version, emissions, ...context }) => ({
    ...context,
    emissions: emissions.map(({ revision: _revision, ...emission }) => emission),
  })),
  spans: [...new Map(sent.map((span) => [span.spanId, span])).values()]
    .map(({ attributes: { 'valuestream.correction': _correction, ...attributes }, links, ...span }) => ({
      ...span,
      attributes,
      links: links.filter(({ reason }) => reason !== 'former_trace'),
    }))
    .sort((a, b) => (a.spanId < b.spanId ? -1 : 1)),
})

it.each(['fails', 'fails_after', 'killed', 'killed_after'] as const)(
  'ends the same whichever call of an invocation is the one that %s',
  async (fate) => {
    const usual = await world()
    const calls = await tell(usual, Number.POSITIVE_INFINITY, 'well')
    expect(calls).toBeGreaterThan(8)
    for (let at = 0; at < calls; at += 1) {
      const hurt = await world()
      await tell(hurt, at, fate)
      expect([at, endOf(hurt)]).toEqual([at, endOf(usual)])
    }
  },
)
