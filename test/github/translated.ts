import type { DeliveryEvent } from '../../lib/delivery/event.ts'
import { translate } from '../../lib/github/translate.ts'

/** What a webhook says, by its event and its payload. */
export const translated = (event: string | undefined, payload: unknown, contentType = 'application/json') =>
  translate({
    headers: { 'content-type': contentType, ...(event === undefined ? {} : { 'x-github-event': event }) },
    query: {},
    pathParameters: {},
    body: Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)),
  })

export const eventsOf = (event: string, payload: unknown): readonly DeliveryEvent[] => {
  const translation = translated(event, payload)
  if (translation.kind !== 'events') throw new Error(JSON.stringify(translation))
  return translation.events
}

export const eventOf = (event: string, payload: unknown): DeliveryEvent => {
  const [first] = eventsOf(event, payload)
  if (first === undefined) throw new Error('no event')
  return first
}

/** What is said of Codertocat/Hello-World on every activity. */
export const VCS = {
  'vcs.provider.name': 'github',
  'vcs.owner.name': 'Codertocat',
  'vcs.repository.name': 'Hello-World',
  'vcs.repository.url.full': 'https://github.com/Codertocat/Hello-World',
}

/** What is said of it, and of who has opened them, on issues and pull requests. */
export const REPOSITORY = {
  ...VCS,
  service: 'github',
  'scm.repository.id': 186853002,
  'scm.repository.url': 'https://github.com/Codertocat/Hello-World',
  'scm.repository.name': 'Hello-World',
  'scm.repository.full_name': 'Codertocat/Hello-World',
  'scm.repository.private': false,
  'user.name': 'Codertocat',
  'user.id': 21031067,
  'user.url': 'https://github.com/Codertocat',
}

export const join = (key: string) => ({ kind: 'activity', key, unseen: 'join' })
export const wait = (key: string) => ({ kind: 'activity', key, unseen: 'wait' })
export const named = (name: string) => ({ kind: 'name', name })
