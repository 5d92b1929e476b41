import type { ActivityKey } from '../delivery/activity.ts'
import type { Context, Emission } from '../delivery/context.ts'
import type { DeliveryEvent } from '../delivery/event.ts'
import { newHolder } from '../delivery/identity.ts'
import { isSameEmission, settle, type Verdict } from '../delivery/settle.ts'
import { emittedSpan } from '../delivery/span.ts'
import { type ContextStore, type ExportOutcome, type SpanExporter, StoreUnavailable } from './ports.ts'
import { settleEmissions } from './settle-emissions.ts'
import { type Pause, type WriteDependencies, writeActivity } from './write.ts'
import { entering, type Written } from './write-decision.ts'

export interface RecordDependencies {
  readonly store: ContextStore
  readonly exporter: SpanExporter
  readonly pause: Pause
}

/** What has become of the spans that fell due. */
export interface Sent {
  readonly exported: ExportOutcome | undefined
  readonly dueSpans: number
  /** How many writes were lost to somebody else and tried again. */
  readonly lostRaces: number
}

export interface Recorded extends Sent {
  readonly contexts: readonly Context[]
  /** Of each context one sentence: which parent it has and why, or why none. */
  readonly because: readonly string[]
}

/** How far what one event changes is followed: deploy below build below pull request below issue below its epics. */
const MAX_DEPTH = 12
/** How many activities are considered again at a time. */
const MAX_AT_ONCE = 16

/**
 * The one use case: makes each event part of its activity's context, in order, has those considered again who have
 * waited for what is now known, then sends the spans that fell due in one request and settles them. What was told is in the
 * store before anything is sent, so that nothing is lost wherever this stops. An export that fails leaves the spans pending
 * and is no error here.
 *
 * @throws StoreUnavailable when the store fails; the same events may then be recorded again
 */
export const record = async (events: readonly DeliveryEvent[], dependencies: RecordDependencies): Promise<Recorded> => {
  const own: Written[] = []
  const all: Written[] = []
  const held = withHolder(dependencies)
  for (const event of events) {
    const written = await writeActivity(event.key, event, held)
    if (written === undefined) throw new Error('an event was decided without a context')
    own.push(written)
    all.push(written, ...(await considerAgain(written.affected, held)))
  }
  return {
    contexts: own.map(({ context }) => context),
    because: own.map(({ because }) => because),
    ...(await sendDue(all, held)),
  }
}

/**
 * The same for activities of which nothing new is told: for what others are known now, or what was told is to be written.
 *
 * @throws StoreUnavailable
 */
export const recordAgain = async (keys: readonly ActivityKey[], dependencies: RecordDependencies): Promise<Sent> => {
  const held = withHolder(dependencies)
  return sendDue(await considerAgain(keys, held), held)
}

type HoldingDependencies = RecordDependencies & WriteDependencies

const withHolder = (dependencies: RecordDependencies): HoldingDependencies => ({
  ...dependencies,
  holder: newHolder(),
  entering: entering(dependencies.store),
})

/** Considers again who is affected, and who is affected by those, wave by wave, until nothing changes any more. */
const considerAgain = async (
  first: readonly ActivityKey[],
  dependencies: HoldingDependencies,
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

/** Sends what is due in one request and keeps what has become of it; and again where that has brought up more. */
const sendDue = async (all: readonly Written[], dependencies: HoldingDependencies): Promise<Sent> => {
  const due = stillDue(all)
  const lostRaces = all.reduce((sum, written) => sum + written.lostRaces, 0)
  if (due.length === 0) return { exported: undefined, dueSpans: 0, lostRaces }
  const spans = due.flatMap(({ due: emissions, spans: all }) =>
    emissions.flatMap((emission) => emittedSpan(all, emission) ?? []),
  )
  const exported = await dependencies.exporter.export(spans)
  // Refused spans are told apart one by one by the sweep; only what was accepted as a whole is settled here.
  const verdict: Verdict | undefined = exported.kind === 'accepted' ? { state: 'accepted' } : undefined
  const more = (await Promise.all(due.map((written) => conclude(written, verdict, dependencies)))).flat()
  const rest = await sendDue(more, dependencies)
  return {
    exported: rest.exported === undefined || rest.exported.kind === 'accepted' ? exported : rest.exported,
    dueSpans: due.reduce((sum, written) => sum + written.due.length, rest.dueSpans),
    lostRaces: lostRaces + rest.lostRaces,
  }
}

/**
 * Keeps what the backend has said, and writes what was kept back until then; where somebody else has written to it or told
 * more meanwhile, all that is decided again.
 */
const conclude = async (
  { context, due, isUnwritten }: Written,
  verdict: Verdict | undefined,
  dependencies: HoldingDependencies,
): Promise<readonly Written[]> => {
  if (!isUnwritten) {
    if (verdict !== undefined) await settleEmissions(context, due, verdict, dependencies)
    return []
  }
  const settled = verdict === undefined ? context : settle(context, due, verdict)
  try {
    if ((await dependencies.store.write(settled)) === 'written') return []
    const sent = settled.emissions.filter(({ episode }) => due.some((emission) => emission.episode === episode))
    const written = await writeActivity(context.key, undefined, dependencies, sent)
    if (written === undefined) return []
    return [{ ...written, lostRaces: written.lostRaces + 1 }, ...(await considerAgain(written.affected, dependencies))]
  } catch (error) {
    // What was told is in the store, and due: the sweep writes it.
    if (error instanceof StoreUnavailable) return []
    throw error
  }
}

/** Each activity as it was written last, with what of its dues nothing later has replaced, each once. */
const stillDue = (all: readonly Written[]): readonly Written[] => {
  const byKey = new Map<ActivityKey, Written>()
  for (const written of all) {
    const before = byKey.get(written.context.key)?.due ?? []
    const more = written.due.filter((emission) => before.every((other) => !isSameEmission(other, emission)))
    const due = [...before, ...more].filter((emission) => isStanding(emission, written.context))
    byKey.set(written.context.key, { ...written, due })
  }
  return [...byKey.values()].filter(({ due }) => due.length > 0)
}

const isStanding = (emission: Emission, { emissions }: Context): boolean =>
  emissions.some((other) => isSameEmission(other, emission))
