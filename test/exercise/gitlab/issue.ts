import { issueKey, type Repository, repository } from '../../../lib/delivery/activity.ts'
import { known } from '../../../lib/delivery/attributes.ts'
import type { DeliveryEvent, Stage } from '../../../lib/delivery/event.ts'
import { MalformedField } from '../../../lib/delivery/malformed.ts'
import type { IssuePayload } from './payload.ts'

const STAGES: ReadonlyMap<string, Stage> = new Map([
  ['open', 'started'],
  ['reopen', 'reopened'],
  ['close', 'finished'],
])

/**
 * Every `issue` event bears the whole issue, so each tells its opening and, while it is closed, its end.
 *
 * @throws MalformedField when a time or the project's address is none
 */
export const issueEvent = ({ object_attributes: issue, project, user }: IssuePayload): DeliveryEvent => {
  const of = repositoryOf(project)
  const observedMillis = millisOf('object_attributes.updated_at', issue.updated_at)
  const stage = STAGES.get(issue.action ?? '') ?? 'updated'
  const endMillis = issue.closed_at == null ? observedMillis : millisOf('object_attributes.closed_at', issue.closed_at)
  return {
    key: issueKey(of, issue.iid),
    operation: 'issue',
    stage,
    observedMillis,
    opened: { atMillis: millisOf('object_attributes.created_at', issue.created_at), certainty: 'reported' },
    ...(stage === 'reopened' ? { reopenedMillis: observedMillis } : {}),
    ...(issue.state === 'closed'
      ? { ended: { atMillis: endMillis, certainty: 'reported', result: 'success' } as const }
      : {}),
    attributes: {
      service: 'gitlab',
      ...known({
        'issue.number': issue.iid,
        'issue.title': issue.title,
        'issue.url': issue.url,
        'user.name': user?.username,
        'vcs.provider.name': 'gitlab',
        'vcs.owner.name': of.owner,
        'vcs.repository.name': of.name,
        'vcs.repository.url.full': project.web_url,
      }),
    },
    references: {},
    names: [],
  }
}

/** A project may lie in groups within groups: all of them are its owner. */
const repositoryOf = ({ path_with_namespace: path, web_url: url }: IssuePayload['project']): Repository => {
  const slash = path.lastIndexOf('/')
  if (slash < 1) throw new MalformedField('project.path_with_namespace', 'is not a path')
  if (!URL.canParse(url)) throw new MalformedField('project.web_url', 'is not an address')
  return repository(new URL(url).host, path.slice(0, slash), path.slice(slash + 1))
}

const millisOf = (path: string, time: string): number => {
  const millis = Date.parse(time)
  if (Number.isNaN(millis)) throw new MalformedField(path, 'is not a time')
  return millis
}
