import type { Random } from '../../demo/history/random.ts'
import { HOUR } from '../../demo/history/time.ts'
import type { Place, Pull } from './model.ts'
import { later } from './moments.ts'
import { firstCloseOf, headsOf, mergeOf, pullOf } from './pulls.ts'
import { branchFor, sayingFor } from './sayings.ts'
import type { Setting } from './story.ts'

export interface Named {
  readonly id: string
  readonly place: Place
}

interface Round {
  readonly place: Place
  readonly issue: Named
  readonly also: Named | undefined
  readonly round: number
  readonly fromMillis: number
}

/** One to three pull requests; the last is merged, the others may be given up, and then its branch may be taken over. */
export const attempts = (
  random: Random,
  setting: Setting,
  { place, issue, also, round, fromMillis }: Round,
): readonly Pull[] => {
  const count = random.weighted({ one: 70, two: 23, three: 7 })
  const pulls: Pull[] = []
  for (let at = 1; at <= { one: 1, two: 2, three: 3 }[count]; at += 1) {
    const before = pulls.at(-1)
    // Code is seldom where the issue is.
    const where = random.chance(0.12) ? random.pick(setting.places) : place
    const id = `${setting.id}/pull ${round}.${at}`
    const isLast = at === { one: 1, two: 2, three: 3 }[count]
    const closedMillis =
      before === undefined ? undefined : mergeOf(before) === undefined ? firstCloseOf(before) : undefined
    const takesOver =
      before !== undefined &&
      closedMillis !== undefined &&
      before.place === where &&
      !before.isFork &&
      isFinal(before) &&
      random.chance(0.35)
    const saying = sayingFor(random, { issue, also: at === 1 ? also : undefined, where, id })
    const heads = before === undefined ? [] : headsOf(before)
    pulls.push(
      pullOf(random, setting.moments, {
        id,
        place: where,
        openedMillis: later(closedMillis ?? before?.openedMillis ?? fromMillis, random.around(10 * HOUR)),
        ...saying,
        ...(takesOver
          ? { branch: before.branch, firstSha: heads.at(-1)?.sha ?? before.firstSha }
          : { branch: branchFor(random, saying, { issue, where, id }) }),
        isMerged: isLast ? random.chance(0.92) : random.chance(0.5),
        base: random.chance(0.95) ? 'main' : 'release/next',
        isFork: !takesOver && random.chance(0.12),
      }),
    )
  }
  return pulls
}

/** A branch is taken over for good: a pull request that comes back has it for itself. */
const isFinal = ({ changes }: Pull): boolean => !changes.some(({ kind }) => kind === 'reopened')
