import type { References } from '../delivery/event.ts'
import { awaitActivity, type Reference } from '../delivery/reference.ts'

/** What an event names as its parent: said on purpose, as a marker is. */
export const parentReferences = (parent: Reference | undefined): References => {
  if (parent === undefined) return {}
  return parent.kind === 'span' ? { traceparent: [parent] } : { marker: [parent] }
}

/** What an event was caused by. A link to an activity counts once it is known: before, its trace would be a guess. */
export const linkReferences = (links: readonly Reference[]): References =>
  links.length === 0
    ? {}
    : { caused_by: links.map((link) => (link.kind === 'activity' ? awaitActivity(link.key) : link)) }
