import {
  type ActivityKey,
  deploymentKey,
  isJenkinsRun,
  issueKey,
  pullRequestKey,
  type Repository,
  repository,
  runKey,
} from '../delivery/activity.ts'
import { MalformedField } from '../delivery/malformed.ts'
import { markedActivities } from '../delivery/marker.ts'
import { joinActivity, type Reference, spanOfTraceparent } from '../delivery/reference.ts'
import { githubActivity, runOfAddress, webAddress } from './address.ts'
import { eventKey, isSource, isTaken, isType, MAX_ID_LENGTH } from './key.ts'

/** Where a text stands that names an activity. */
export interface Place {
  readonly githubHost: string
  /** The repository that a marker without an owner means. */
  readonly home: Repository | undefined
}

/**
 * The activity or span that a text names, in one of these ways; undefined when it is none of them.
 * - `00-<trace id>-<span id>-01`, a W3C traceparent
 * - `vstrace-github-issue-acme/shop-12`
 * - `acme/shop#12`, `issue:acme/shop#12`, `pull_request:acme/shop#34`, or with the host before the owner
 * - the address of an issue, a pull request, a deployment or a workflow run of GitHub, or of a run of Jenkins
 * - a key: `issue:…`, `pull_request:…`, `deployment:…`, `run:…`, `event:…`
 * - `<source>/<type>/<id>` of a custom event
 */
export const mentionOf = (text: string, place: Place): Reference | undefined => {
  const trimmed = text.trim()
  const span = spanOfTraceparent(trimmed)
  if (span !== undefined) return span
  const key = keyOf(trimmed, place)
  return key === undefined ? undefined : joinActivity(key)
}

/** @throws MalformedField when the text names nothing */
export const requiredMention = (path: string, text: string, place: Place): Reference => {
  const mention = mentionOf(text, place)
  if (mention === undefined) {
    throw new MalformedField(
      path,
      'names nothing that can be linked: say acme/shop#12, pull_request:acme/shop#34, the address of an issue, a pull ' +
        'request or a run, or <source>/<type>/<id> of another event',
    )
  }
  return mention
}

const keyOf = (text: string, { githubHost, home }: Place): ActivityKey | undefined => {
  if (/^vstrace-/i.test(text)) return markedActivities(text, githubHost, home)[0]
  const url = webAddress(text)
  if (url !== undefined)
    return githubActivity(url, githubHost) ?? (isJenkinsRun(url.href) ? runKey(url.href) : undefined)
  const run = webAddress(/^run:(.*)$/.exec(text)?.[1])
  if (run !== undefined) return runOfAddress(run, githubHost)
  return numberedKey(text, githubHost) ?? customKey(text)
}

const NUMBERED =
  /^(?:(issue|pull_request|deployment):)?(?:([\w.-]{1,255}(?::[0-9]{1,5})?)\/)?([\w-]{1,39})\/([\w.-]{1,100})#([1-9][0-9]{0,14})$/

const numberedKey = (text: string, githubHost: string): ActivityKey | undefined => {
  const [, kind, host, owner, name, number] = NUMBERED.exec(text) ?? []
  // Without its kind, `<source>/<type>/<id>` looks the same.
  const isOther = kind === undefined && host !== undefined && host.toLowerCase() !== githubHost
  if (owner === undefined || name === undefined || isOther) return undefined
  const of = repository(host ?? githubHost, owner, name)
  if (kind === 'pull_request') return pullRequestKey(of, Number(number))
  return kind === 'deployment' ? deploymentKey(of, Number(number)) : issueKey(of, Number(number))
}

/** `mobile/release/ios 4.2.0`, or the key `event:mobile/release/ios%204.2.0`. */
const customKey = (text: string): ActivityKey | undefined => {
  const [, prefix, source, type, id] = /^(event:)?([^/]+)\/([^/]+)\/(.+)$/s.exec(text) ?? []
  if (source === undefined || type === undefined || id === undefined) return undefined
  const plain = prefix === undefined ? id : percentDecoded(id)
  const isOne = isSource(source.toLowerCase()) && isType(type) && (!isTaken(type) || type === 'change')
  return isOne && plain.length <= MAX_ID_LENGTH ? eventKey(source, type, plain) : undefined
}

const percentDecoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
