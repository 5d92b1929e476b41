import { type ActivityKey, kindOf } from '../delivery/activity.ts'
import { type Attributes, known } from '../delivery/attributes.ts'
import type { DeliveryEvent } from '../delivery/event.ts'
import { githubActivity, webAddress, withoutCredentials } from './address.ts'
import type { CdEvent } from './cd-event.ts'
import { cdMetadata, cdReferences } from './cd-extras.ts'
import { type Code, repositoryAttributes, repositoryOfText } from './code.ts'
import { eventKey, sourceOfUri } from './key.ts'
import { shortened } from './text.ts'

/**
 * A change is a pull request; one that names its page at GitHub is the same as GitHub itself reports.
 *
 * @see https://github.com/cdevents/spec/blob/v0.5.1/source-code-version-control.md
 */
export const changeEvent = (event: CdEvent): DeliveryEvent => {
  const { context, subject } = event.payload
  const page = pullRequestPage(event)
  return {
    key: page?.key ?? eventKey(sourceOfUri(subject.source ?? context.source), 'change', subject.id),
    operation: 'pull_request',
    ...momentsOf(event),
    observedMillis: event.atMillis,
    attributes: attributesOf(event, page?.url),
    references: cdReferences(event),
    names: [],
  }
}

const pullRequestPage = ({
  payload: { subject },
  githubHost,
}: CdEvent): { readonly key: ActivityKey; readonly url: URL } | undefined => {
  for (const text of [subject.id, subject.content?.uri, subject.content?.url]) {
    const url = webAddress(text)
    const key = url === undefined ? undefined : githubActivity(url, githubHost)
    if (url !== undefined && key !== undefined && kindOf(key) === 'pull_request') return { key, url }
  }
  return undefined
}

const momentsOf = ({ predicate, atMillis }: CdEvent): Pick<DeliveryEvent, 'stage' | 'opened' | 'ended'> => {
  const estimated = { atMillis, certainty: 'estimated' } as const
  switch (predicate) {
    case 'created':
      return { stage: 'started', opened: { atMillis, certainty: 'reported' } }
    case 'merged':
      return { stage: 'finished', opened: estimated, ended: { atMillis, certainty: 'reported', result: 'success' } }
    case 'abandoned':
      return {
        stage: 'finished',
        opened: estimated,
        ended: { atMillis, certainty: 'reported', result: 'cancellation' },
      }
    default:
      return { stage: 'updated', opened: estimated }
  }
}

const attributesOf = (event: CdEvent, page: URL | undefined): Attributes => {
  const { predicate, githubHost, payload } = event
  const { context, subject } = payload
  const address = page ?? webAddress(subject.content?.uri ?? subject.content?.url)
  const url = address === undefined ? undefined : withoutCredentials(address)
  const isEnd = predicate === 'merged' || predicate === 'abandoned'
  return {
    service: sourceOfUri(subject.source ?? context.source),
    ...repositoryAttributes(repositoryOf(event, page), githubHost),
    ...cdMetadata(event, {}),
    ...known({
      'event.id': shortened(subject.id),
      'event.type': shortened(context.type),
      'pull_request.url': url,
      'pull_request.merged': isEnd ? predicate === 'merged' : undefined,
      'vcs.change.id': page === undefined ? shortened(subject.id) : /\/pulls?\/([0-9]+)/.exec(page.pathname)?.[1],
      // Of a pull request of GitHub the title is known, and this is its text.
      'vcs.change.title': page === undefined ? shortened(subject.content?.description?.split('\n', 1)[0]) : undefined,
      'vcs.change.state': isEnd ? (predicate === 'merged' ? 'merged' : 'closed') : 'open',
    }),
  }
}

/** As the page of the pull request has it, or of `{ id: "acme/shop", source: "https://git.acme.com" }`. */
const repositoryOf = ({ payload: { subject }, githubHost }: CdEvent, page: URL | undefined): Code => {
  const { id, source } = subject.content?.repository ?? {}
  const path = page === undefined ? id : /^\/([^/]+\/[^/]+)\/pull\//.exec(page.pathname)?.[1]
  const host = (page ?? webAddress(source))?.host
  const found = path && host ? repositoryOfText(`${host}/${path}`, githubHost) : undefined
  return found === undefined ? {} : { repository: found }
}
