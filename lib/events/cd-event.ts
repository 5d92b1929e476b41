import type { DeliveryEvent } from '../delivery/event.ts'
import { checked } from '../delivery/json.ts'
import { MalformedField } from '../delivery/malformed.ts'
import { type Reference, spanOfTraceparent } from '../delivery/reference.ts'
import type { Installation, Translation } from '../delivery/source.ts'
import { changeEvent } from './change.ts'
import { incidentEvent } from './incident.ts'
import { MAX_ID_LENGTH } from './key.ts'
import { type CdEventPayload, cdEventPayload, cdEventType } from './payload.ts'
import { pipelineRunEvent } from './pipeline-run.ts'
import { serviceEvent } from './service.ts'
import { requiredMillis } from './time.ts'

/** A CDEvent of a kind that is recorded. */
export interface CdEvent {
  readonly payload: CdEventPayload
  /** What has happened to the subject, such as `finished`. */
  readonly predicate: string
  readonly atMillis: number
  /** The span that the envelope names. */
  readonly traceparent: Reference | undefined
  readonly githubHost: string
}

const SUBJECTS: ReadonlyMap<string, (event: CdEvent) => DeliveryEvent> = new Map([
  ['pipelinerun', pipelineRunEvent],
  ['change', changeEvent],
  ['service', serviceEvent],
  ['incident', incidentEvent],
])

/** What of each subject's predicates is recorded. */
const PREDICATES: ReadonlySet<string> = new Set([
  ...['pipelinerun.queued', 'pipelinerun.started', 'pipelinerun.finished'],
  ...['change.created', 'change.updated', 'change.reviewed', 'change.merged', 'change.abandoned'],
  ...['service.deployed', 'service.upgraded', 'service.rolledback', 'service.removed', 'service.published'],
  ...['incident.detected', 'incident.reported', 'incident.resolved'],
])

const TYPE = /^dev\.cdevents\.([a-z]{1,40})\.([a-z]{1,40})\.[0-9]/

/**
 * What a CDEvent says.
 *
 * @param traceparent of the CloudEvent that it came in
 * @throws MalformedField when one that is recorded lacks a field
 * @see https://cdevents.dev/docs/
 */
export const translateCdEvent = (
  payload: object,
  traceparent: string | undefined,
  { githubHost }: Installation,
): Translation => {
  const [, subject = '', predicate = ''] = TYPE.exec(checked(cdEventType, payload).context.type) ?? []
  const translateSubject = SUBJECTS.get(subject)
  if (translateSubject === undefined || !PREDICATES.has(`${subject}.${predicate}`)) {
    const which = subject === '' ? 'such CDEvents' : `CDEvents of ${subject} ${predicate}`
    return { kind: 'ignored', reason: `ValueStream records no ${which}` }
  }
  const event = checkedEvent(checked(cdEventPayload, payload))
  const span = spanOfTraceparent(traceparent ?? '')
  return { kind: 'events', events: [translateSubject({ ...event, predicate, traceparent: span, githubHost })] }
}

const checkedEvent = (payload: CdEventPayload): Pick<CdEvent, 'payload' | 'atMillis'> => {
  for (const part of ['context', 'subject'] as const) {
    if (payload[part].id.length > MAX_ID_LENGTH) {
      throw new MalformedField(`${part}.id`, `is longer than ${MAX_ID_LENGTH} characters`)
    }
  }
  return { payload, atMillis: requiredMillis('context.timestamp', payload.context.timestamp) }
}
