import { type ActivityKey, kindOf } from './activity.ts'
import type { Summary } from './context.ts'
import type { DeliveryEvent, References } from './event.ts'
import type { KnownNames } from './parents.ts'
import { keyName, type Name, type Reference } from './reference.ts'

/** What begins with a repository's path: `issue:github.com/acme/shop#12`, `branch:github.com/acme/shop:x`. */
const OF_REPOSITORY =
  /^((?:key:)?(?:issue|pull_request|deployment|commit|branch):)([^#@:]+(?::\d+)?\/[^#@:/]+\/[^#@:/]+)(?=[#@:])/

/** The name under which is found what a repository was called before. */
const formerly = (path: string): Name => keyName(`repository:${path}`)

/** The repositories that an event speaks of, as names under which their former names are found. */
export const formerNames = (event: DeliveryEvent): readonly Name[] => {
  if (kindOf(event.key) === 'repository') return []
  const named = [event.key, ...event.names, ...Object.values(event.references).flatMap((found) => found.map(textOf))]
  return [...new Set(named.flatMap((text) => OF_REPOSITORY.exec(text)?.[2] ?? []))].map(formerly)
}

/**
 * The event with each repository called by the name by which it was first known, so that an issue stays the same
 * activity when its repository is renamed or changes hands; the event itself where none was, or none is known to have been.
 *
 * @param known who claims the names of {@link formerNames}
 */
export const relocate = (event: DeliveryEvent, known: KnownNames): DeliveryEvent => {
  const moved = (text: string): string =>
    text.replace(OF_REPOSITORY, (_, kind: string, path: string) => `${kind}${formerPath(path, known)}`)
  const reference = (of: Reference): Reference => {
    if (of.kind === 'activity') return { ...of, key: moved(of.key) }
    return of.kind === 'name' ? { ...of, name: moved(of.name) } : of
  }
  if (formerNames(event).every((name) => formerPath(pathIn(name), known) === pathIn(name))) return event
  return {
    ...event,
    key: moved(event.key),
    names: event.names.map(moved),
    references: Object.fromEntries(
      Object.entries(event.references).map(([reason, found]) => [reason, found.map(reference)]),
    ) as References,
  }
}

const textOf = (reference: Reference): string => {
  if (reference.kind === 'activity') return reference.key
  return reference.kind === 'name' ? reference.name : ''
}

const pathIn = (name: Name): string => name.slice(formerly('').length)

/** One step back; where a repository got its first name back, that one. */
const formerPath = (path: string, known: KnownNames): string => {
  const own: ActivityKey = `repository:${path}`
  const claims = known.get(formerly(path)) ?? []
  const earliest = (of: readonly Summary[]): Summary | undefined =>
    [...of].sort((a, b) => (a.openings[0] ?? 0) - (b.openings[0] ?? 0) || (a.key < b.key ? -1 : 1))[0]
  const before = earliest(claims.filter(({ key }) => key !== own))
  const renamed = claims.find(({ key }) => key === own)
  if (before === undefined) return path
  const hadItFirst = renamed !== undefined && (renamed.openings[0] ?? 0) <= (before.openings[0] ?? 0)
  return hadItFirst ? path : before.key.slice('repository:'.length)
}
