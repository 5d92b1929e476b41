import { type Attributes, known } from '../delivery/attributes.ts'
import type { DeliveryEvent } from '../delivery/event.ts'
import { webAddress, withoutCredentials } from './address.ts'
import type { CdEvent } from './cd-event.ts'
import { cdMetadata, cdReferences } from './cd-extras.ts'
import { eventKey, sourceOfUri } from './key.ts'
import { shortened } from './text.ts'

/**
 * An incident lasts from its detection to its resolution; the ticket that reports it may come at any time.
 *
 * @see https://github.com/cdevents/spec/blob/v0.5.1/continuous-operations.md
 */
export const incidentEvent = (event: CdEvent): DeliveryEvent => {
  const { context, subject } = event.payload
  return {
    key: eventKey(sourceOfUri(subject.source ?? context.source), 'incident', subject.id),
    operation: 'incident',
    ...momentsOf(event),
    observedMillis: event.atMillis,
    attributes: attributesOf(event),
    references: cdReferences(event),
    names: [],
  }
}

const momentsOf = ({ predicate, atMillis }: CdEvent): Pick<DeliveryEvent, 'stage' | 'opened' | 'ended'> => {
  const estimated = { atMillis, certainty: 'estimated' } as const
  if (predicate === 'detected') return { stage: 'started', opened: { atMillis, certainty: 'reported' } }
  if (predicate === 'reported') return { stage: 'updated', opened: estimated }
  return { stage: 'finished', opened: estimated, ended: { atMillis, certainty: 'reported', result: 'success' } }
}

/** The description of a resolution tells what was done, and not what had happened. */
const attributesOf = (event: CdEvent): Attributes => {
  const { context, subject } = event.payload
  const { description, environment, service, artifactId, ticketURI } = subject.content ?? {}
  const ticket = webAddress(ticketURI)
  const isResolved = event.predicate === 'resolved'
  return {
    service: sourceOfUri(subject.source ?? context.source),
    ...cdMetadata(event, {
      environment: environment?.id,
      service: service?.id,
      artifactId,
      resolution: isResolved ? description : undefined,
    }),
    ...known({
      'event.id': shortened(subject.id),
      'event.type': shortened(context.type),
      'event.title': isResolved ? undefined : shortened(description),
      'event.url': ticket === undefined ? undefined : withoutCredentials(ticket),
    }),
  }
}
