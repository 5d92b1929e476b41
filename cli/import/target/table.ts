import { bytesOf, LIMITS } from '../../../lib/delivery/bounds.ts'
import type { Context } from '../../../lib/delivery/context.ts'
import type { DeliveryEvent } from '../../../lib/delivery/event.ts'
import { heldEmissions, pendingEmissions, release } from '../../../lib/delivery/settle.ts'
import type { Installation, Source, Translation } from '../../../lib/delivery/source.ts'
import { github } from '../../../lib/github/source.ts'
import { jenkins } from '../../../lib/jenkins/source.ts'
import { StoreUnavailable } from '../../../lib/record/ports.ts'
import { type RecordDependencies, record } from '../../../lib/record/record.ts'
import { settleEmissions } from '../../../lib/record/settle-emissions.ts'
import { refusal } from '../../../local/refusal.ts'
import { remedyFor } from '../../explore/table-problem.ts'
import type { HistoryWebhook } from '../../history/webhook.ts'
import type { Receiver } from '../receiver.ts'
import { oneReport } from './one-report.ts'

export interface TableTarget extends RecordDependencies {
  readonly name: string
  readonly installation: Installation
  /** Whether spans are left to the outbox; otherwise those that are held in hope of a surer report are settled too. */
  readonly emits: boolean
  readonly close: () => Promise<void>
}

const AT_ONCE = 16

/** Records a history as the functions record webhooks, by the same translation and decision, without HTTP in between. */
export const tableReceiver = (target: TableTarget): Receiver => ({
  name: target.name,
  atOnce: AT_ONCE,
  close: target.close,
  receive: async (told) => {
    const translations = told.map((webhook) => translationOf(webhook, target.installation))
    const events = together(translations.flatMap(eventsIn))
    return {
      recorded: translations.filter((one) => eventsIn(one).length > 0).length,
      ignored: translations.flatMap((one) => reasonIn(one) ?? []),
      spans: events.length === 0 ? 0 : await recorded(events, target),
    }
  },
})

const SOURCES: Readonly<Record<HistoryWebhook['source'], Source>> = { github, jenkins }

const translationOf = (webhook: HistoryWebhook, installation: Installation): Translation => {
  const translation = translated(webhook, installation)
  return webhook.source === 'jenkins' && translation.kind === 'events'
    ? { ...translation, events: translation.events.map(asDerived) }
    : translation
}

/**
 * The end of a run that Jenkins's API tells is its start and its duration; the plugins say when they were told of it,
 * which is a little later. Where both are known, what was reported stands.
 */
const asDerived = (event: DeliveryEvent): DeliveryEvent =>
  event.ended === undefined ? event : { ...event, ended: { ...event.ended, certainty: 'derived' } }

const translated = ({ source, event, payload }: HistoryWebhook, installation: Installation): Translation =>
  SOURCES[source].translate(
    {
      headers: event === undefined ? {} : { 'x-github-event': event },
      query: {},
      pathParameters: {},
      body: Buffer.from(JSON.stringify(payload)),
    },
    installation,
  )

/** Of a key that no table can hold, as of a run with an endless address, nothing is kept. */
const eventsIn = (translation: Translation): readonly DeliveryEvent[] =>
  translation.kind === 'events' && translation.events.every(({ key }) => bytesOf(key) <= LIMITS.keyBytes)
    ? translation.events
    : []

const reasonIn = (translation: Translation): string | undefined => {
  if (translation.kind === 'malformed' || translation.kind === 'ignored') return translation.reason
  return eventsIn(translation).length === 0 ? 'its address is too long' : undefined
}

const BY_MACHINES = new Set(['build', 'deploy'])

const together = (events: readonly DeliveryEvent[]): readonly DeliveryEvent[] => {
  const [first, ...rest] = events
  const isOneRun = first !== undefined && rest.every(({ key }) => key === first.key) && BY_MACHINES.has(first.operation)
  return isOneRun ? [oneReport([first, ...rest])] : events
}

const recorded = async (events: readonly DeliveryEvent[], target: TableTarget): Promise<number> => {
  try {
    const { contexts, dueSpans } = await record(events, target)
    if (target.emits) return dueSpans
    const settled = await Promise.all(contexts.map((context) => settleHeld(context, target)))
    return dueSpans + settled.reduce((sum, count) => sum + count, 0)
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error
    throw refusal(
      `The table cannot be written. ${remedyFor(error)} Run the same command again: it goes on where it was.`,
      error,
    )
  }
}

/** The sweep would send what is held as soon as its time is up. */
const settleHeld = async (context: Context, target: TableTarget): Promise<number> => {
  if (heldEmissions(context).length === 0) return 0
  const released = release(context)
  if ((await target.store.write(released)) === 'lost') return 0
  const stored = { ...released, version: released.version + 1 }
  await settleEmissions(stored, pendingEmissions(stored), { state: 'accepted' }, target)
  return pendingEmissions(stored).length
}
