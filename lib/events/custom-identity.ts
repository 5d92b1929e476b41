import type { ActivityKey } from '../delivery/activity.ts'
import { MalformedField } from '../delivery/malformed.ts'
import { jenkinsRunKey } from './jenkins-run.ts'
import { isSource, isTaken, isType, MAX_ID_LENGTH } from './key.ts'
import type { CustomPayload } from './payload.ts'

const DEFAULT_SOURCE = 'custom'

export interface Identity {
  readonly source: string
  readonly type: string
  readonly id: string
  /** The run of Jenkins that it is, where it says so. */
  readonly run?: ActivityKey
}

export const isRun = (type: string): boolean => type === 'build' || type === 'deploy'

/** What an event in ValueStream's own format is about. @throws MalformedField */
export const identityOf = ({ type, id, source, run }: CustomPayload): Identity => {
  if (!isType(type)) {
    throw new MalformedField('type', 'is not a name: at most 40 of a–z, 0–9 and _, a letter first, such as release')
  }
  if (isTaken(type)) {
    throw new MalformedField('type', "is taken: GitHub's webhooks and CDEvents report those, so choose another name")
  }
  if (id.trim() === '' || id.length > MAX_ID_LENGTH) {
    throw new MalformedField('id', `is blank or longer than ${MAX_ID_LENGTH} characters`)
  }
  const namespace = (source ?? DEFAULT_SOURCE).toLowerCase()
  if (!isSource(namespace)) {
    throw new MalformedField('source', 'is not a name: at most 100 of a–z, 0–9, . _ and -, a letter or digit first')
  }
  return { source: namespace, type, id, ...(run == null ? {} : { run: checkedRun(type, run) }) }
}

const checkedRun = (type: string, address: string): ActivityKey => {
  if (!isRun(type)) throw new MalformedField('run', 'belongs to the types build and deploy alone')
  const key = jenkinsRunKey(address)
  if (key === undefined)
    throw new MalformedField('run', 'is not the address of a run of Jenkins, such as …/job/shop/7/')
  return key
}
