import type { ActivityKey } from '../../lib/delivery/activity.ts'
import type { IssueTelling, PullTelling, PushTelling, RunTelling } from '../deliveries/telling.ts'
import type { Facts } from './facts.ts'
import type { Names } from './names.ts'
import { startOf } from './run-times.ts'

/** What an activity belongs to, at the moment that decides which episode of it is meant. */
export interface Relation {
  readonly key: ActivityKey
  readonly atMillis: number
}

export interface Link extends Relation {
  readonly reason: string
}

export interface Relations {
  readonly parent?: Relation
  readonly links: readonly Link[]
}

const NONE: Relations = { links: [] }

/** What each activity belongs to: a function of what is told of it and of the names that others have. */
export const relationsOf =
  (facts: Facts, names: Names) =>
  (key: ActivityKey): Relations => {
    const issue = facts.issues.get(key)
    if (issue !== undefined) return ofIssue(issue)
    const pull = facts.pulls.get(key)
    if (pull !== undefined) return ofPull(facts, pull)
    const push = facts.pushes.get(key)
    if (push !== undefined) return ofPush(facts, push)
    const run = facts.runs.get(key)
    return run === undefined ? NONE : ofRun(facts, names, run)
  }

const ofIssue = (tellings: readonly IssueTelling[]): Relations => {
  const partOf = tellings.findLast((telling) => telling.partOf !== undefined)?.partOf
  const [first] = tellings
  return partOf === undefined || partOf === 'none' || first === undefined
    ? NONE
    : { parent: { key: partOf, atMillis: first.createdMillis }, links: [] }
}

/** As its text was last, since people edit it: what is marked, what it closes, at last what its branch is numbered by. */
const ofPull = ({ issues }: Facts, tellings: readonly PullTelling[]): Relations => {
  const last = tellings.at(-1)
  if (last === undefined) return NONE
  const { marked, closes, numbered, createdMillis: atMillis } = last
  const said = [
    ...marked.map((key) => ({ key, reason: 'marker' })),
    ...closes.map((key) => ({ key, reason: 'closing_keyword' })),
  ]
  const once = said.filter(({ key }, at) => said.findIndex((other) => other.key === key) === at)
  const [first, ...links] = once.map((one) => ({ ...one, atMillis }))
  if (first !== undefined) return { parent: first, links }
  // A number alone proves nothing: it counts where there is such an issue.
  return numbered !== undefined && issues.has(numbered) ? { parent: { key: numbered, atMillis }, links: [] } : NONE
}

/** The pull request whose merge it is, or the issue that its message fixes. */
const ofPush = ({ pulls }: Facts, { merges, fixes, atMillis }: PushTelling): Relations => {
  const key = merges !== undefined && pulls.has(merges) ? merges : fixes
  return key === undefined ? NONE : { parent: { key, atMillis }, links: [] }
}

type Way = 'marker' | 'upstream' | 'number' | 'head' | 'merge' | 'branch'

const ORDER: Readonly<Record<'build' | 'deploy', readonly Way[]>> = {
  build: ['marker', 'number', 'head', 'merge', 'branch', 'upstream'],
  // A deploy was made by what has started it.
  deploy: ['marker', 'upstream', 'number', 'merge', 'head', 'branch'],
}

const ofRun = ({ pulls }: Facts, names: Names, tellings: readonly RunTelling[]): Relations => {
  const atMillis = startOf(tellings).values[0] ?? 0
  const first = <T>(told: (telling: RunTelling) => T | undefined): T | undefined =>
    tellings.map(told).find((found) => found !== undefined)
  const eachOf = <T>(told: (telling: RunTelling) => readonly T[]): readonly T[] => tellings.flatMap(told)
  const shas = eachOf(({ sha }) => (sha === undefined ? [] : [sha]))
  const upstream = first((telling) => telling.upstream)
  const ways: Readonly<Record<Way, () => ActivityKey | undefined>> = {
    marker: () => first(({ marked }) => marked),
    upstream: () => upstream,
    number: () =>
      first(({ pull }) => (pull !== undefined && (pull.isSure || pulls.has(pull.key)) ? pull.key : undefined)),
    head: () => firstFound(shas, (sha) => names.pullOfHead(sha, atMillis)),
    merge: () => firstFound(shas, (sha) => names.pullOfMerge(sha) ?? names.pushOf(sha)?.key),
    branch: () =>
      firstFound(
        eachOf(({ branches }) => branches),
        (branch) => names.pullOfBranch(branch, atMillis),
      ),
  }
  const operation = tellings.some(({ deploys }) => deploys) ? 'deploy' : 'build'
  const key = firstFound(ORDER[operation], (way) => ways[way]())
  const previous = first(({ previousAttempt }) => previousAttempt)
  return {
    ...(key === undefined ? {} : { parent: { key, atMillis } }),
    links: [
      // Who has started a run has done so whatever it is for.
      ...(upstream === undefined || upstream === key ? [] : [{ key: upstream, atMillis, reason: 'upstream_build' }]),
      ...(previous === undefined ? [] : [{ key: previous, atMillis, reason: 'previous_attempt' }]),
    ],
  }
}

const firstFound = <T, R>(of: readonly T[], find: (one: T) => R | undefined): R | undefined => {
  for (const one of of) {
    const found = find(one)
    if (found !== undefined) return found
  }
  return undefined
}
