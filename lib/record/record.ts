import type { Context, Emission } from '../delivery/context.ts'
import { claimsOf, type Decision, decide } from '../delivery/decide.ts'
import type { DeliveryEvent } from '../delivery/event.ts'
import { pendingEmissions, settle } from '../delivery/settle.ts'
import { emittedSpan } from '../delivery/span.ts'
import { readFor } from './known.ts'
import { type ContextStore, type ExportOutcome, type SpanExporter, StoreUnavailable } from './ports.ts'

export interface RecordDependencies {
  readonly store: ContextStore
  readonly exporter: SpanExporter
  /** Waits before the given try, from 1, at a write that was lost; grows and varies so that rivals come apart. */
  readonly pause: (attempt: number) => Promise<void>
}

export interface Recorded {
  readonly contexts: readonly Context[]
  /** How many writes were lost to somebody else and tried again. */
  readonly lostRaces: number
  readonly exported: ExportOutcome | undefined
  readonly dueSpans: number
}

/** Rivals come apart within a few tries; this many means that something is wrong. */
const MAX_ATTEMPTS = 60

/**
 * The one use case: makes each event part of its activity's context, in order, then sends the spans that fell due in
 * one request and settles them. The contexts are written before anything is sent, with what is due in them, so that
 * nothing is lost wherever this stops. An export that fails leaves them pending and is no error here.
 *
 * @throws StoreUnavailable when the store fails; the same events may then be recorded again
 */
export const record = async (events: readonly DeliveryEvent[], dependencies: RecordDependencies): Promise<Recorded> => {
  const written: { decision: Decision; context: Context; lostRaces: number }[] = []
  for (const event of events) written.push(await writeEvent(event, dependencies))
  const due = written.filter(({ decision }) => decision.due.length > 0)
  const exported = due.length === 0 ? undefined : await emit(due, dependencies)
  return {
    contexts: written.map(({ context }) => context),
    lostRaces: written.reduce((sum, { lostRaces }) => sum + lostRaces, 0),
    exported,
    dueSpans: due.reduce((sum, { decision }) => sum + decision.due.length, 0),
  }
}

const writeEvent = async (
  event: DeliveryEvent,
  { store, pause }: RecordDependencies,
): Promise<{ decision: Decision; context: Context; lostRaces: number }> => {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    if (attempt > 0) await pause(attempt)
    const { context: before, known } = await readFor(store, event)
    const decision = decide(before, known, event)
    // Who has lost a race may have registered its names after the winner: what stands now has to be said again.
    const claims = attempt === 0 ? decision.claims : claimsOf(decision.context, undefined)
    if (claims.length > 0) await store.register(claims)
    if (!decision.changed) return { decision, context: decision.context, lostRaces: attempt }
    if ((await store.write(decision.context)) === 'written') {
      const context = { ...decision.context, version: decision.context.version + 1 }
      return { decision, context, lostRaces: attempt }
    }
  }
  throw new StoreUnavailable('the activity is being written to by too many others', undefined)
}

const emit = async (
  due: readonly { decision: Decision; context: Context }[],
  { store, exporter, pause }: RecordDependencies,
): Promise<ExportOutcome> => {
  const spans = due.flatMap(({ decision, context }) =>
    decision.due.flatMap((emission) => emittedSpan(context, emission) ?? []),
  )
  const outcome = await exporter.export(spans)
  // Refused spans are told apart one by one by the sweep; only what was accepted as a whole is settled here.
  if (outcome.kind === 'accepted') {
    for (const { decision, context } of due) await settleDue(context, decision.due, store, pause)
  }
  return outcome
}

/** Marks emissions as accepted. Where that fails they stay pending and go out twice, which backends know by their ids. */
const settleDue = async (
  context: Context,
  accepted: readonly Emission[],
  store: ContextStore,
  pause: RecordDependencies['pause'],
): Promise<void> => {
  try {
    let current: Context | undefined = context
    for (let attempt = 0; attempt < MAX_ATTEMPTS && current !== undefined; attempt += 1) {
      if (attempt > 0) await pause(attempt)
      const settled = settle(current, accepted, 'accepted')
      if (pendingEmissions(settled).length === pendingEmissions(current).length) return
      if ((await store.write(settled)) === 'written') return
      const key: string = current.key
      current = (await store.read({ keys: [key], names: [] })).contexts.get(key)
    }
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error
  }
}
