import { repositoryKey } from '../delivery/activity.ts'
import { MalformedField } from '../delivery/malformed.ts'
import { keyName } from '../delivery/reference.ts'
import type { Translation } from '../delivery/source.ts'
import { millisOf, repositoryOf } from './common.ts'
import type { RepositoryEventPayload } from './payload.ts'
import { events, ignored } from './translation.ts'

/**
 * A repository that is called otherwise than before, since it was renamed or given to another owner: the old one is
 * kept under its key, so that who knows only the old name finds the new one, and the other way round. Of every other
 * action the name is the same as before.
 *
 * @throws MalformedField when it does not say what was before, or when its time is none
 */
export const renaming = (payload: RepositoryEventPayload): Translation => {
  const { action, changes, repository: payloadOfNew } = payload
  const present = repositoryOf(payloadOfNew)
  const from = changes?.owner?.from
  const owner = action === 'transferred' ? (from?.user?.login ?? from?.organization?.login) : present.owner
  const name = action === 'renamed' ? changes?.repository?.name?.from : present.name
  if (!owner) throw new MalformedField('changes.owner.from', 'is missing or of the wrong type')
  if (!name) throw new MalformedField('changes.repository.name.from', 'is missing or of the wrong type')
  const [former, key] = [
    repositoryKey(repositoryOf({ ...payloadOfNew, owner: { login: owner }, name })),
    repositoryKey(present),
  ]
  if (former === key) return ignored('the repository is still called as before')
  const atMillis = millisOf('repository.updated_at', payloadOfNew.updated_at)
  return events({
    key: former,
    operation: 'repository',
    stage: 'started',
    observedMillis: atMillis,
    opened: { atMillis, certainty: 'reported' },
    attributes: {},
    references: {},
    names: [keyName(key)],
  })
}
