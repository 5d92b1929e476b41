import type { ActivityKey } from '../delivery/activity.ts'
import type { Context, Emission } from '../delivery/context.ts'
import type { DeliveryEvent } from '../delivery/event.ts'
import { pendingEmissions, settle } from '../delivery/settle.ts'
import { emittedSpan } from '../delivery/span.ts'
import { type ContextStore, type ExportOutcome, type SpanExporter, StoreUnavailable } from './ports.ts'
import { MAX_ATTEMPTS, type Pause, type Written, writeActivity } from './write.ts'

export interface RecordDependencies {
  readonly store: ContextStore
  readonly exporter: SpanExporter
  readonly pause: Pause
}

export interface Recorded {
  readonly contexts: readonly Context[]
  /** How many writes were lost to somebody else and tried again. */
  readonly lostRaces: number
  readonly exported: ExportOutcome | undefined
  readonly dueSpans: number
}

/** How far what one event changes is followed: deploy below build below pull request below issue below epic. */
const MAX_DEPTH = 5

/**
 * The one use case: makes each event part of its activity's context, in order, has those considered again who have
 * waited for what is now known, then sends the spans that fell due in one request and settles them. The contexts are
 * written before anything is sent, with what is due in them, so that nothing is lost wherever this stops. An export that
 * fails leaves them pending and is no error here.
 *
 * @throws StoreUnavailable when the store fails; the same events may then be recorded again
 */
export const record = async (events: readonly DeliveryEvent[], dependencies: RecordDependencies): Promise<Recorded> => {
  const own: Written[] = []
  const others: Written[] = []
  for (const event of events) {
    const written = await writeActivity(event.key, event, dependencies)
    if (written === undefined) throw new Error('an event was decided without a context')
    own.push(written)
    others.push(...(await writeWatchers(written.watchers, new Set([event.key]), dependencies)))
  }
  const due = [...own, ...others].filter((written) => written.due.length > 0)
  const exported = due.length === 0 ? undefined : await emit(due, dependencies)
  return {
    contexts: own.map(({ context }) => context),
    lostRaces: [...own, ...others].reduce((sum, { lostRaces }) => sum + lostRaces, 0),
    exported,
    dueSpans: due.reduce((sum, written) => sum + written.due.length, 0),
  }
}

/** Considers again who has waited, and who has waited for those, each once. */
const writeWatchers = async (
  first: readonly ActivityKey[],
  done: Set<ActivityKey>,
  dependencies: RecordDependencies,
): Promise<readonly Written[]> => {
  const all: Written[] = []
  let watchers = first
  for (let depth = 0; depth < MAX_DEPTH && watchers.length > 0; depth += 1) {
    const fresh = [...new Set(watchers)].filter((key) => !done.has(key))
    for (const key of fresh) done.add(key)
    const written = await Promise.all(fresh.map((key) => writeActivity(key, undefined, dependencies)))
    const there = written.filter((one) => one !== undefined)
    all.push(...there)
    watchers = there.flatMap((one) => one.watchers)
  }
  return all
}

const emit = async (
  due: readonly Written[],
  { store, exporter, pause }: RecordDependencies,
): Promise<ExportOutcome> => {
  const spans = due.flatMap(({ due: emissions, context }) =>
    emissions.flatMap((emission) => emittedSpan(context, emission) ?? []),
  )
  const outcome = await exporter.export(spans)
  // Refused spans are told apart one by one by the sweep; only what was accepted as a whole is settled here.
  if (outcome.kind === 'accepted') {
    for (const written of due) await settleDue(written.context, written.due, store, pause)
  }
  return outcome
}

/** Marks emissions as accepted. Where that fails they stay pending and go out twice, which backends know by their ids. */
const settleDue = async (
  context: Context,
  accepted: readonly Emission[],
  store: ContextStore,
  pause: Pause,
): Promise<void> => {
  try {
    let current: Context | undefined = context
    for (let attempt = 0; attempt < MAX_ATTEMPTS && current !== undefined; attempt += 1) {
      if (attempt > 0) await pause(attempt)
      const settled = settle(current, accepted, 'accepted')
      if (pendingEmissions(settled).length === pendingEmissions(current).length) return
      if ((await store.write(settled)) === 'written') return
      current = (await store.read(current.key, [])).context
    }
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error
  }
}
