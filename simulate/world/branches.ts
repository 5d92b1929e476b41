import { shaOf } from '../../demo/history/hash.ts'
import type { Branch, Pull } from './model.ts'
import { branchOf, type Numbered } from './texts.ts'

/** A branch that nobody else has. */
export const ownBranch = (id: string): Branch => ({ kind: 'words', name: `tidy/${shaOf(id).slice(0, 6)}` })

/** Where a pull request comes from, in its own repository or in the fork: `acme/shop:develop`. */
export const headOf = (world: Numbered, pull: Pull): string => {
  const { facts, fork } = pull.place
  const { owner, name } = pull.isFork ? fork : facts
  return `${owner}/${name}:${branchOf(world, pull)}`
}

/** When it was closed for good. */
export const lastCloseOf = ({ changes, openedMillis }: Pull): number =>
  changes.findLast(({ kind }) => kind === 'closed')?.atMillis ?? openedMillis

/**
 * The same pull requests, none opened from a branch from which another is still open: it has a branch of its own then.
 * GitHub refuses a second one onto the same base, and one onto another base would share the head and every push.
 */
export const inTurn = (world: Numbered, pulls: readonly Pull[]): readonly Pull[] => {
  const openUntil = new Map<string, number>()
  const tooEarly = new Set<Pull>()
  for (const pull of pulls.toSorted((a, b) => a.openedMillis - b.openedMillis)) {
    const head = headOf(world, pull)
    if (pull.openedMillis <= (openUntil.get(head) ?? Number.NEGATIVE_INFINITY)) tooEarly.add(pull)
    else openUntil.set(head, lastCloseOf(pull))
  }
  return pulls.map((pull) => (tooEarly.has(pull) ? { ...pull, branch: ownBranch(pull.id) } : pull))
}
