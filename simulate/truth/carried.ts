import type { ActivityKey } from '../../lib/delivery/activity.ts'
import { groupBy } from '../../lib/delivery/group-by.ts'
import type { RunTelling } from '../deliveries/telling.ts'
import type { Facts } from './facts.ts'
import type { Landings } from './landings.ts'
import { resultOf, startOf } from './run-times.ts'

/** What a deploy has brought to its environment since the one before. */
export interface Cargo {
  readonly pulls: readonly { readonly key: ActivityKey; readonly atMillis: number }[]
  readonly isRollback: boolean
}

interface Deployed {
  readonly key: ActivityKey
  readonly repository: string
  /** Empty where none is named: such deploys are taken to go to one place. */
  readonly environment: string
  readonly startMillis: number
  readonly succeeded: boolean
  /** When what it deploys landed; its own start where it names no commit. */
  readonly positionMillis?: number
  readonly namesCommit: boolean
}

const NOTHING: Cargo = { pulls: [], isRollback: false }

/** The cargo of each deploy whose repository is known. */
export const cargoOf = (facts: Facts, landings: Landings): ((key: ActivityKey) => Cargo) => {
  const deploys = [...facts.runs].flatMap(([key, tellings]) => deployedOf(key, tellings, landings) ?? [])
  const inOrder = [...deploys].sort((a, b) => a.startMillis - b.startMillis)
  const cargo = new Map<ActivityKey, Cargo>()
  for (const queue of groupBy(inOrder, ({ repository, environment }) => `${repository} ${environment}`).values()) {
    queue.forEach((deploy, at) => {
      cargo.set(deploy.key, cargoSince(queue.slice(0, at).findLast(hasCome), deploy, landings))
    })
  }
  return (key) => cargo.get(key) ?? NOTHING
}

const hasCome = ({ succeeded, positionMillis }: Deployed): boolean => succeeded && positionMillis !== undefined

const cargoSince = (before: Deployed | undefined, deploy: Deployed, landings: Landings): Cargo => {
  const { repository, positionMillis, namesCommit } = deploy
  if (before?.positionMillis === undefined || positionMillis === undefined) return NOTHING
  const beforeMillis = before.namesCommit ? before.positionMillis : landings.lastBefore(repository, before.startMillis)
  return {
    pulls: landings.pullsBetween(repository, before.positionMillis, positionMillis),
    isRollback: namesCommit && beforeMillis !== undefined && positionMillis < beforeMillis,
  }
}

const deployedOf = (key: ActivityKey, tellings: readonly RunTelling[], landings: Landings): Deployed | undefined => {
  const first = <T>(told: (telling: RunTelling) => T | undefined): T | undefined =>
    tellings.map(told).find((found) => found !== undefined)
  const repository = first((telling) => telling.repository)
  const environment = first((telling) => telling.environment) ?? ''
  const sha = first((telling) => telling.sha)
  const startMillis = startOf(tellings).values[0]
  const isDeploy = tellings.some(({ deploys }) => deploys)
  if (!isDeploy || repository === undefined || startMillis === undefined) return undefined
  const positionMillis = sha === undefined ? startMillis : landings.atOf(repository, sha)
  return {
    ...{ key, repository, environment, startMillis, namesCommit: sha !== undefined },
    succeeded: resultOf(tellings) === 'success',
    ...(positionMillis === undefined ? {} : { positionMillis }),
  }
}
