import { idOf } from '../../demo/history/hash.ts'
import type { Random } from '../../demo/history/random.ts'
import { HOUR, MINUTE, SECOND } from '../../demo/history/time.ts'
import type { Landing, Pull, WorkflowRun } from './model.ts'
import { later } from './moments.ts'
import { PEOPLE } from './places.ts'
import { headsOf } from './pulls.ts'

type Subject = Pick<WorkflowRun, 'place' | 'event' | 'sha' | 'branch' | 'pull'>

const CONCLUSIONS = { success: 68, failure: 18, cancelled: 7, timed_out: 3, skipped: 4 } as const

export const pullWorkflows = (random: Random, pull: Pull, branch: string): readonly WorkflowRun[] =>
  headsOf(pull).flatMap(({ sha, atMillis }) =>
    random.chance(0.9)
      ? attemptsAt(random, { place: pull.place, event: 'pull_request', sha, branch, pull }, atMillis)
      : [],
  )

export const landingWorkflows = (random: Random, { place, sha, pushedMillis }: Landing): readonly WorkflowRun[] =>
  random.chance(0.85) ? attemptsAt(random, { place, event: 'push', sha, branch: 'main' }, pushedMillis) : []

/** A run that is run again is the same run with the next attempt. */
const attemptsAt = (random: Random, subject: Subject, pushedMillis: number): readonly WorkflowRun[] => {
  const createdMillis = later(pushedMillis, 2 * SECOND)
  const id = 7_000_000_000 + idOf(subject.place.fullName, subject.sha, subject.event, subject.pull?.id ?? '')
  const attempts: WorkflowRun[] = []
  let startMillis = createdMillis
  do {
    const endMillis = later(startMillis, random.around(9 * MINUTE))
    const attempt = attempts.length + 1
    const conclusion = random.weighted(CONCLUSIONS)
    const numbers = { id, number: 1 + (id % 900), attempt }
    attempts.push({
      ...subject,
      ...numbers,
      createdMillis,
      startMillis,
      endMillis,
      conclusion,
      by: random.pick(PEOPLE),
    })
    startMillis = later(endMillis, random.around(2 * HOUR))
  } while (attempts.length < 3 && random.chance(attempts.at(-1)?.conclusion === 'success' ? 0.03 : 0.5))
  return attempts
}
