import { known } from '../delivery/attributes.ts'
import type { DeliveryEvent } from '../delivery/event.ts'
import type { CdEvent } from './cd-event.ts'
import { cdCode, cdMetadata, cdReferences, customValue } from './cd-extras.ts'
import { commitAttributes, commitReferences, repositoryAttributes } from './code.ts'
import { eventKey, sourceOfUri } from './key.ts'
import { shortened } from './text.ts'
import { millisOf } from './time.ts'

/**
 * That a service was deployed, or was otherwise changed where it runs: a deploy, of which only the end is told. The
 * subject is the service, the same in every deploy, so the event's own id is what tells one deploy from the next.
 *
 * @see https://github.com/cdevents/spec/blob/v0.5.1/continuous-deployment.md
 */
export const serviceEvent = (event: CdEvent): DeliveryEvent => {
  const { payload, predicate, atMillis, githubHost } = event
  const { context, subject } = payload
  const source = sourceOfUri(context.source)
  const code = cdCode(event)
  const startedMillis = millisOf(customValue(event, 'started'))
  return {
    key: eventKey(source, 'deploy', context.id),
    operation: 'deploy',
    stage: 'finished',
    observedMillis: atMillis,
    opened: { atMillis: startedMillis ?? atMillis, certainty: startedMillis === undefined ? 'estimated' : 'reported' },
    ended: { atMillis, certainty: 'reported', result: 'success' },
    attributes: {
      service: source,
      ...repositoryAttributes(code, githubHost),
      ...commitAttributes(code),
      ...cdMetadata(event, { service: subject.id, artifactId: subject.content?.artifactId }),
      ...known({
        'event.id': shortened(context.id),
        'event.type': shortened(context.type),
        'event.title': shortened(subject.id),
        'deployment.environment.name': shortened(subject.content?.environment?.id),
        'deployment.rollback': predicate === 'rolledback' ? true : undefined,
      }),
    },
    references: { ...cdReferences(event), ...commitReferences(code) },
    names: [],
  }
}
