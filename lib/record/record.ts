import type { ActivityKey } from '../delivery/activity.ts'
import type { Context, Emission } from '../delivery/context.ts'
import type { DeliveryEvent } from '../delivery/event.ts'
import { isSameEmission } from '../delivery/settle.ts'
import { emittedSpan } from '../delivery/span.ts'
import type { ContextStore, ExportOutcome, SpanExporter } from './ports.ts'
import { settleEmissions } from './settle-emissions.ts'
import { type Pause, writeActivity } from './write.ts'
import type { Written } from './write-decision.ts'

export interface RecordDependencies {
  readonly store: ContextStore
  readonly exporter: SpanExporter
  readonly pause: Pause
}

export interface Recorded {
  readonly contexts: readonly Context[]
  /** Of each context one sentence: which parent it has and why, or why none. */
  readonly because: readonly string[]
  /** How many writes were lost to somebody else and tried again. */
  readonly lostRaces: number
  readonly exported: ExportOutcome | undefined
  readonly dueSpans: number
}

/** How far what one event changes is followed: deploy below build below pull request below issue below its epics. */
const MAX_DEPTH = 12
/** How many activities are considered again at a time. */
const MAX_AT_ONCE = 16

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
  const all: Written[] = []
  for (const event of events) {
    const written = await writeActivity(event.key, event, dependencies)
    if (written === undefined) throw new Error('an event was decided without a context')
    own.push(written)
    all.push(written, ...(await considerAgain(written.affected, dependencies)))
  }
  const due = stillDue(all)
  const exported = due.length === 0 ? undefined : await emit(due, dependencies)
  return {
    contexts: own.map(({ context }) => context),
    because: own.map(({ because }) => because),
    lostRaces: all.reduce((sum, { lostRaces }) => sum + lostRaces, 0),
    exported,
    dueSpans: due.reduce((sum, written) => sum + written.due.length, 0),
  }
}

/** Considers again who is affected, and who is affected by those, wave by wave, until nothing changes any more. */
const considerAgain = async (
  first: readonly ActivityKey[],
  dependencies: RecordDependencies,
): Promise<readonly Written[]> => {
  const all: Written[] = []
  let wave = first
  for (let depth = 0; depth < MAX_DEPTH && wave.length > 0; depth += 1) {
    const written: Written[] = []
    for (let at = 0; at < wave.length; at += MAX_AT_ONCE) {
      const batch = wave.slice(at, at + MAX_AT_ONCE)
      const outcomes = await Promise.all(batch.map((key) => writeActivity(key, undefined, dependencies)))
      written.push(...outcomes.filter((outcome) => outcome !== undefined))
    }
    all.push(...written)
    wave = [...new Set(written.flatMap(({ affected }) => affected))]
  }
  return all
}

/** Each activity as it was written last, with what of its dues nothing later has replaced. */
const stillDue = (all: readonly Written[]): readonly Written[] => {
  const byKey = new Map<ActivityKey, Written>()
  for (const written of all) {
    const before = byKey.get(written.context.key)?.due ?? []
    const due = [...before, ...written.due].filter((emission) => isStanding(emission, written.context))
    byKey.set(written.context.key, { ...written, due })
  }
  return [...byKey.values()].filter(({ due }) => due.length > 0)
}

const isStanding = (emission: Emission, { emissions }: Context): boolean =>
  emissions.some((other) => isSameEmission(other, emission))

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
    await Promise.all(
      due.map((written) => settleEmissions(written.context, written.due, { state: 'accepted' }, { store, pause })),
    )
  }
  return outcome
}
