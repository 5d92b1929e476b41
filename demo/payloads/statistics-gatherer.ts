import { idOf } from '../history/hash.ts'
import { CI_URL, type JenkinsRun, jobPath, leafOf } from './jenkins-run.ts'
import type { JsonObject } from './json.ts'

const FAILURE_CAUSES = [
  { name: 'Test failure', description: 'A test has failed.', categories: ['test'] },
  { name: 'Lost connection', description: 'The agent has lost its connection.', categories: ['infrastructure'] },
  { name: 'Disk full', description: 'There is no space left on the device.', categories: ['infrastructure'] },
]

/** What the Statistics Gatherer plugin sends at a run's start: `endTime` is the time of sending. */
export const gathererStart = (run: JenkinsRun): JsonObject => ({
  ...shared(run),
  result: 'INPROGRESS',
  startTime: run.startMillis,
  endTime: run.startMillis,
  duration: 0,
  queueTime: run.queueMillis,
  contextId: idOf(run.fullJobName, run.number),
  buildCause: run.cause,
  startedUserId: run.startedBy.login,
  startedUserName: run.startedBy.name,
  slaveInfo: { slaveName: `agent-${1 + (idOf(run.fullJobName, run.number) % 6)}`, executor: '0', label: 'linux' },
  parameters: { ...run.parameters },
  buildFailureCauses: [],
})

/** What it sends at the end: `startTime` is the time of sending, and what was said at the start is gone. */
export const gathererEnd = (run: JenkinsRun): JsonObject => ({
  ...shared(run),
  result: run.result,
  startTime: run.endMillis,
  endTime: run.endMillis,
  duration: run.durationMillis ?? run.endMillis - run.startMillis,
  queueTime: 0,
  contextId: 0,
  buildCause: '',
  startedUserId: '',
  startedUserName: '',
  slaveInfo: { slaveName: '', executor: '', label: '' },
  parameters: {},
  buildFailureCauses: run.result === 'FAILURE' ? [failureCauseOf(run)] : [],
})

const shared = (run: JenkinsRun): JsonObject => ({
  ciUrl: run.ciUrl ?? CI_URL,
  jobName: leafOf(run),
  fullJobName: run.fullJobName,
  number: run.number,
  buildUrl: `${jobPath(run)}${run.number}/`,
  scmInfo: { ...run.scm },
})

const failureCauseOf = ({ fullJobName, number }: JenkinsRun): JsonObject => {
  const at = idOf(fullJobName, number, 'cause') % FAILURE_CAUSES.length
  return { id: `cause-${at + 1}`, ...FAILURE_CAUSES[at] }
}
