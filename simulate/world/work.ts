import type { Random } from '../../demo/history/random.ts'
import { DAY, MINUTE, SECOND } from '../../demo/history/time.ts'
import { attempts, type Named } from './attempts.ts'
import { issueOf, reopening } from './issues.ts'
import type { IssueChange, Place, Pull } from './model.ts'
import { later } from './moments.ts'
import { firstCloseOf, mergeOf } from './pulls.ts'
import { issueId, type Setting, type Story } from './story.ts'

/** An issue, the pull requests for it, and now and then the same once more. */
export const work = (random: Random, setting: Setting, place: Place): Story => {
  const { id, fromMillis } = setting
  const main = issueId(id, 1)
  const also = random.chance(0.1) ? issueId(id, 2) : undefined
  const alsoPlace = random.chance(0.5) ? place : random.pick(setting.places)
  const first = attempts(random, setting, {
    place,
    issue: { id: main, place },
    also: also === undefined ? undefined : { id: also, place: alsoPlace },
    round: 1,
    fromMillis,
  })
  const doneMillis = doneAt(random, first)
  const isDone = random.chance(0.93)
  const { changes, pulls } =
    isDone && random.chance(0.12) ? again(random, setting, { id: main, place }, doneMillis) : { changes: [], pulls: [] }
  const start = { id: main, place, openedMillis: fromMillis }
  const issues = [issueOf(random, isDone ? { ...start, doneMillis } : start, changes)]
  if (also !== undefined) {
    const openedMillis = later(fromMillis, random.between(0, 60) * MINUTE)
    issues.push(
      issueOf(
        random,
        { id: also, place: alsoPlace, openedMillis, doneMillis: later(Math.max(doneMillis, openedMillis), 3 * SECOND) },
        [],
      ),
    )
  }
  return { issues, pulls: [...first, ...pulls], pushes: [] }
}

/** Closed by GitHub with the merge, or by hand when all is delivered. */
const doneAt = (random: Random, pulls: readonly Pull[]): number => {
  const ends = pulls.map((pull) => mergeOf(pull)?.atMillis ?? firstCloseOf(pull) ?? pull.openedMillis)
  const lastMillis = Math.max(...ends)
  return random.chance(0.55) ? lastMillis + random.pick([0, 1, 2]) * SECOND : later(lastMillis, random.around(DAY))
}

const again = (random: Random, setting: Setting, issue: Named, doneMillis: number) => {
  const reopened = reopening(random, doneMillis)
  const pulls = attempts(random, setting, {
    place: issue.place,
    issue,
    also: undefined,
    round: 2,
    fromMillis: reopened.atMillis,
  })
  const closed: IssueChange = {
    action: 'closed',
    atMillis: later(reopened.atMillis, doneAt(random, pulls) - reopened.atMillis),
    reason: 'completed',
  }
  return { changes: [reopened, closed], pulls }
}
