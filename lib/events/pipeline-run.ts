import { type Attributes, known } from '../delivery/attributes.ts'
import type { DeliveryEvent } from '../delivery/event.ts'
import type { Result } from '../delivery/result.ts'
import { runOfAddress, webAddress, withoutCredentials } from './address.ts'
import type { CdEvent } from './cd-event.ts'
import { cdCode, cdMetadata, cdReferences } from './cd-extras.ts'
import { commitAttributes, commitReferences, repositoryAttributes } from './code.ts'
import { eventKey, sourceOfUri } from './key.ts'
import { shortened } from './text.ts'

/** Other words than these four are the senders' own; cdevents.dev's schema had no list before 0.5. */
const OUTCOMES: ReadonlyMap<string, Result> = new Map([
  ['success', 'success'],
  ['failure', 'failure'],
  ['error', 'error'],
  ['cancel', 'cancellation'],
  ['cancelled', 'cancellation'],
  ['canceled', 'cancellation'],
  ['cancellation', 'cancellation'],
  ['timeout', 'timeout'],
  ['skip', 'skip'],
  ['skipped', 'skip'],
])

/**
 * A pipeline's run is a build. Its address is its identity, so that it meets what Jenkins and GitHub themselves report
 * of the same run.
 *
 * @see https://github.com/cdevents/spec/blob/v0.5.1/core.md
 */
export const pipelineRunEvent = (event: CdEvent): DeliveryEvent => {
  const { payload, githubHost } = event
  const { context, subject } = payload
  const address = webAddress(subject.content?.uri ?? subject.content?.url)
  const run = address === undefined ? undefined : runOfAddress(address, githubHost)
  return {
    key: run ?? eventKey(sourceOfUri(subject.source ?? context.source), 'build', subject.id),
    operation: 'build',
    ...momentsOf(event),
    observedMillis: event.atMillis,
    attributes: attributesOf(event, address),
    references: { ...cdReferences(event), ...commitReferences(cdCode(event)) },
    names: [],
  }
}

const momentsOf = ({
  predicate,
  atMillis,
  payload,
}: CdEvent): Pick<DeliveryEvent, 'stage' | 'opened' | 'ended' | 'queuedMillis'> => {
  if (predicate === 'queued') {
    return { stage: 'started', opened: { atMillis, certainty: 'estimated' }, queuedMillis: atMillis }
  }
  if (predicate === 'started') return { stage: 'started', opened: { atMillis, certainty: 'reported' } }
  const { outcome, errors } = payload.subject.content ?? {}
  return {
    stage: 'finished',
    opened: { atMillis, certainty: 'estimated' },
    ended: { atMillis, certainty: 'reported', result: resultOf(outcome, errors) },
  }
}

const resultOf = (outcome: string | null | undefined, errors: string | null | undefined): Result => {
  if (!outcome) return errors ? 'error' : 'success'
  return OUTCOMES.get(outcome.toLowerCase()) ?? 'error'
}

const attributesOf = (event: CdEvent, address: URL | undefined): Attributes => {
  const { context, subject } = event.payload
  const url = address === undefined ? undefined : withoutCredentials(address)
  const code = cdCode(event)
  return {
    service: sourceOfUri(subject.source ?? context.source),
    ...repositoryAttributes(code, event.githubHost),
    ...commitAttributes(code),
    ...cdMetadata(event, {}),
    ...known({
      'event.id': shortened(subject.id),
      'event.type': shortened(context.type),
      'build.url': url,
      'cicd.pipeline.name': shortened(subject.content?.pipelineName),
      'cicd.pipeline.run.id': shortened(subject.id),
      'cicd.pipeline.run.url.full': url,
      'error.message': shortened(subject.content?.errors),
    }),
  }
}
