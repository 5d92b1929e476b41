import { idOf } from '../history/hash.ts'
import { CI_URL, type JenkinsRun, jobPath, leafOf } from './jenkins-run.ts'
import type { JsonObject } from './json.ts'

export type Phase = 'QUEUED' | 'STARTED' | 'COMPLETED' | 'FINALIZED'

/**
 * What the Notification plugin sends in a phase. `timestamp` means another time in each: the entry into the queue, the
 * start, the end, and at the last the time of sending.
 */
export const notification = (phase: Phase, run: JenkinsRun, sentMillis: number): JsonObject => {
  const ended = phase === 'COMPLETED' || phase === 'FINALIZED'
  const timestamps = {
    QUEUED: run.startMillis - run.queueMillis,
    STARTED: run.startMillis,
    COMPLETED: run.endMillis,
    FINALIZED: sentMillis,
  }
  const path = jobPath(run)
  return {
    name: leafOf(run),
    display_name: leafOf(run),
    url: path,
    build: {
      full_url: `${run.ciUrl ?? CI_URL}${path}${run.number}/`,
      number: run.number,
      queue_id: idOf(run.fullJobName, run.number, 'queue'),
      timestamp: timestamps[phase],
      duration: ended ? run.endMillis - run.startMillis : 0,
      phase,
      ...(ended ? { status: run.result, test_summary: testsOf(run) } : {}),
      url: `${path}${run.number}/`,
      scm: { ...run.scm, changes: [], culprits: [] },
      ...(Object.keys(run.parameters).length > 0 ? { parameters: { ...run.parameters } } : {}),
      log: '',
      notes: '',
      artifacts: {},
    },
  }
}

const testsOf = ({ fullJobName, number, result }: JenkinsRun): JsonObject => {
  const total = 200 + (idOf(fullJobName) % 400)
  const failed = result === 'SUCCESS' ? 0 : 1 + (idOf(fullJobName, number, 'failed') % 5)
  return { total, failed, passed: total - failed, skipped: 0, failed_tests: [] }
}
