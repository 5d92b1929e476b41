import type { Attributes } from '../delivery/attributes.ts'
import type { References } from '../delivery/event.ts'
import type { Reference } from '../delivery/reference.ts'
import type { CdEvent } from './cd-event.ts'
import { type Code, commitOfText, homeOf, repositoryOfText } from './code.ts'
import { mentionOf, type Place } from './mention.ts'
import { metadataAttributes, plainValues } from './metadata.ts'
import { linkReferences, parentReferences } from './relations.ts'

/** What in `customData` tells a relation or a revision, and is no metadata. */
const TOLD_APART: ReadonlySet<string> = new Set([
  'parent',
  'deploy',
  'deployment',
  'link',
  'links',
  'repository',
  'commit',
  'started',
])

/** CDEvents have no words for what an event hangs from, and leave `customData` to whoever sends them. */
export const customValue = ({ payload: { customData } }: CdEvent, name: string): unknown =>
  typeof customData === 'object' && customData !== null && Object.hasOwn(customData, name)
    ? (customData as Readonly<Record<string, unknown>>)[name]
    : undefined

/** What of `customData` names nothing is somebody else's word, and no fault. */
export const cdReferences = (event: CdEvent): References => {
  const { traceparent, githubHost, payload } = event
  const place: Place = { githubHost, home: homeOf(cdCode(event)) }
  const named = (value: unknown): readonly Reference[] =>
    typeof value === 'string' ? [mentionOf(value, place)].filter((mention) => mention !== undefined) : []
  const { deploy, deployment, link } = payload.subject.content ?? {}
  const own = ['deploy', 'deployment', 'link', 'links'].map((name) => customValue(event, name))
  const links = [deploy, deployment, link, ...own].flat().flatMap(named)
  return {
    ...(traceparent === undefined ? {} : { traceparent: [traceparent] }),
    ...parentReferences(named(customValue(event, 'parent'))[0]),
    ...linkReferences(links),
  }
}

/** The revision that `customData` names. */
export const cdCode = (event: CdEvent): Code => {
  const [repository, commit] = [customValue(event, 'repository'), customValue(event, 'commit')]
  const found = typeof repository === 'string' ? repositoryOfText(repository, event.githubHost) : undefined
  const sha = typeof commit === 'string' ? commitOfText(commit) : undefined
  return { ...(found === undefined ? {} : { repository: found }), ...(sha === undefined ? {} : { commit: sha }) }
}

/** `event.metadata.*`: the plain values of `customData`, and what the subject says. */
export const cdMetadata = (
  { payload: { customData } }: CdEvent,
  more: Readonly<Record<string, string | null | undefined>>,
): Attributes => {
  const custom = Object.entries(plainValues(customData)).filter(([name]) => !TOLD_APART.has(name))
  const said = Object.entries(more).flatMap(([name, value]) => (value ? [[name, value] as const] : []))
  return metadataAttributes(Object.fromEntries([...custom, ...said]))
}
