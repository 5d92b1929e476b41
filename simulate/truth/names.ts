import type { ActivityKey } from '../../lib/delivery/activity.ts'
import { groupBy } from '../../lib/delivery/group-by.ts'
import type { PushTelling } from '../deliveries/telling.ts'
import type { Facts } from './facts.ts'

interface Named {
  readonly key: ActivityKey
  readonly openedMillis: number
}

/** By what a run can be told to belong to something. */
export interface Names {
  /** The pull request whose head this commit was; of several the one that was opened last before, or else first after. */
  readonly pullOfHead: (sha: string, atMillis: number) => ActivityKey | undefined
  readonly pullOfBranch: (branch: string, atMillis: number) => ActivityKey | undefined
  /** The pull request that was merged by this commit. */
  readonly pullOfMerge: (sha: string) => ActivityKey | undefined
  readonly pushOf: (sha: string) => PushTelling | undefined
}

export const namesOf = ({ pulls, pushes }: Facts): Names => {
  const all = [...pulls].flatMap(([key, tellings]) => tellings.map((telling) => ({ key, telling })))
  const named = ({ key, telling }: (typeof all)[number]): Named => ({ key, openedMillis: telling.createdMillis })
  const heads = groupBy(
    all.flatMap((one) => one.telling.heads.map((sha) => ({ name: sha, of: named(one) }))),
    ({ name }) => name,
  )
  const branches = groupBy(
    all.map((one) => ({ name: one.telling.branch, of: named(one) })),
    ({ name }) => name,
  )
  const merges = new Map(
    all.flatMap(({ key, telling }) => (telling.merged === undefined ? [] : [[telling.merged.sha, key]])),
  )
  const landed = new Map([...pushes.values()].map((push) => [push.sha, push]))
  const chosen = (names: typeof heads) => (name: string, atMillis: number) =>
    lastBefore(
      (names.get(name) ?? []).map(({ of }) => of),
      atMillis,
    )
  return {
    pullOfHead: chosen(heads),
    pullOfBranch: chosen(branches),
    pullOfMerge: (sha) => merges.get(sha),
    pushOf: (sha) => landed.get(sha),
  }
}

const lastBefore = (claims: readonly Named[], atMillis: number): ActivityKey | undefined => {
  const inOrder = [...claims].sort((a, b) => a.openedMillis - b.openedMillis)
  return (inOrder.findLast(({ openedMillis }) => openedMillis <= atMillis) ?? inOrder[0])?.key
}
