import { pullRequestKey, type Repository } from '../delivery/activity.ts'
import type { DeliveryEvent, References } from '../delivery/event.ts'
import { MalformedField } from '../delivery/malformed.ts'
import { joinActivity } from '../delivery/reference.ts'
import type { Installation } from '../delivery/source.ts'
import { type Code, commitOfText, commitReferences, homeOf, repositoryOfText } from './code.ts'
import { customAttributes } from './custom-attributes.ts'
import { identityOf, isRun } from './custom-identity.ts'
import { momentsOf } from './custom-moments.ts'
import { eventKey } from './key.ts'
import { type Place, requiredMention } from './mention.ts'
import type { CustomPayload } from './payload.ts'
import { linkReferences, parentReferences } from './relations.ts'

const MAX_LINKS = 20

/**
 * An event in ValueStream's own format.
 *
 * @throws MalformedField naming the first field that is wrong
 */
export const customEvent = (payload: CustomPayload, { githubHost }: Installation): DeliveryEvent => {
  const identity = identityOf(payload)
  const { source, type, id, run } = identity
  const code = codeOf(payload, githubHost)
  return {
    key: run ?? eventKey(source, type, id),
    operation: type,
    ...momentsOf(payload),
    attributes: customAttributes(payload, identity, code, githubHost),
    references: {
      ...relationsOf(payload, { githubHost, home: homeOf(code) }),
      ...(isRun(type) ? { ...changeReferences(payload, homeOf(code)), ...commitReferences(code) } : {}),
    },
    names: [],
  }
}

const codeOf = ({ repository, commit }: CustomPayload, githubHost: string): Code => {
  const found = repository == null ? undefined : repositoryOfText(repository, githubHost)
  if (repository != null && found === undefined) {
    throw new MalformedField('repository', 'is no repository: say acme/shop, or its address')
  }
  const sha = commit == null ? undefined : commitOfText(commit)
  if (commit != null && sha === undefined) {
    throw new MalformedField('commit', 'is not the full id of a commit: 40 hex digits')
  }
  return { ...(found === undefined ? {} : { repository: found }), ...(sha === undefined ? {} : { commit: sha }) }
}

/** The pull request whose number Jenkins calls `CHANGE_ID`. */
const changeReferences = ({ change }: CustomPayload, home: Repository | undefined): References => {
  if (change == null) return {}
  if (!/^[1-9][0-9]{0,9}$/.test(String(change)))
    throw new MalformedField('change', 'is not the number of a pull request')
  if (home === undefined)
    throw new MalformedField('change', 'is a number in a repository, so say the repository as well')
  return { change_id: [joinActivity(pullRequestKey(home, Number(change)))] }
}

const relationsOf = ({ parent, links }: CustomPayload, place: Place): References => {
  if (links != null && links.length > MAX_LINKS) throw new MalformedField('links', `holds more than ${MAX_LINKS}`)
  return {
    ...parentReferences(parent == null ? undefined : requiredMention('parent', parent, place)),
    ...linkReferences((links ?? []).map((link, index) => requiredMention(`links.${index}`, link, place))),
  }
}
