import type { ActivityKey } from '../delivery/activity.ts'
import { wellFormed } from '../delivery/text.ts'

/** What a custom event's id may be long; its key must fit into a table's key when every character is encoded. */
export const MAX_ID_LENGTH = 200

/** `event:mobile/release/ios-4.2.0`. What is not printable ASCII is percent-encoded, so that a key stays one plain line. */
export const eventKey = (source: string, type: string, id: string): ActivityKey =>
  `event:${source.toLowerCase()}/${type}/${wellFormed(id).replace(/[^!-$&-~]+/g, encodeURIComponent)}`

const SOURCE = /^[a-z0-9][a-z0-9._-]{0,99}$/
const TYPE = /^[a-z][a-z0-9_]{0,39}$/

export const isSource = (text: string): boolean => SOURCE.test(text)
export const isType = (text: string): boolean => TYPE.test(text)

/** Types that have sources of their own, and whose keys say more than a name. */
const TAKEN: ReadonlySet<string> = new Set(['issue', 'pull_request', 'change', 'commit', 'queue', 'repository'])

export const isTaken = (type: string): boolean => TAKEN.has(type)

/** CDEvents name a source by an address or a path: `ci.acme.com-team1`, `monitoring-prod1`. */
export const sourceOfUri = (uri: string): string => {
  const { host, pathname } = URL.canParse(uri) ? new URL(uri) : { host: '', pathname: uri }
  const slug = `${host}/${pathname}`.toLowerCase().replace(/[^a-z0-9._]+/g, '-')
  return (
    slug
      .replace(/^[._-]+/, '')
      .slice(0, 100)
      .replace(/-+$/, '') || 'cdevents'
  )
}
