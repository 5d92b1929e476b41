import fc from 'fast-check'
import { commitKey, issueKey, pullRequestKey, repository, repositoryKey, runKey } from '../../lib/delivery/activity.ts'
import type { Context } from '../../lib/delivery/context.ts'
import type { DeliveryEvent } from '../../lib/delivery/event.ts'
import {
  awaitActivity,
  branchName,
  headName,
  joinActivity,
  keyName,
  landedName,
  lookUp,
} from '../../lib/delivery/reference.ts'
import { type CompletedSpan, spansOf } from '../../lib/delivery/span.ts'
import type { ContextStore } from '../../lib/record/ports.ts'
import { record } from '../../lib/record/record.ts'
import { memoryStore } from '../support/memory-store.ts'

const SHOP = repository('github.com', 'acme', 'shop')
const STORE = repository('github.com', 'acme', 'store')
const T0 = Date.UTC(2026, 8, 1)
const at = (minute: number): number => T0 + minute * 60_000
const sha = (of: string): string => of.repeat(40).slice(0, 40)
const ABOUT_SHOP = {
  'vcs.repository.url.full': 'https://github.com/acme/shop',
  'vcs.owner.name': 'acme',
  'vcs.repository.name': 'shop',
} as const

const base = (key: string, operation: string, minute: number): DeliveryEvent => ({
  key,
  operation,
  stage: 'started',
  observedMillis: at(minute),
  opened: { atMillis: at(minute), certainty: 'reported' },
  attributes: {},
  references: {},
  names: [],
})
const ended = (event: DeliveryEvent, minute: number, result: 'success' | 'failure' = 'success'): DeliveryEvent => ({
  ...event,
  stage: 'finished',
  observedMillis: at(minute),
  ended: { atMillis: at(minute), certainty: 'reported', result },
})

const epic = base(issueKey(SHOP, 1), 'issue', 0)
const issue = base(issueKey(SHOP, 2), 'issue', 1)
const underEpic = { ...issue, observedMillis: at(5), references: { parent_issue: [joinActivity(epic.key)] } }
const pull = (number: number, of: string, minute: number, closes: readonly number[]): DeliveryEvent => ({
  ...base(pullRequestKey(SHOP, number), 'pull_request', minute),
  references: { closing_keyword: closes.map((issueNumber) => joinActivity(issueKey(SHOP, issueNumber))) },
  names: [headName(sha(of)), branchName(SHOP, `b${number}`)],
})
const merged = (event: DeliveryEvent, of: string, minute: number): DeliveryEvent => ({
  ...ended(event, minute),
  names: [...event.names, landedName(sha(of))],
  landed: { sha: sha(of), atMillis: at(minute) },
})
const run = (number: number, minute: number, of: string): DeliveryEvent => ({
  ...base(runKey(`https://ci.acme.com/job/shop/${number}/`), 'build', minute),
  attributes: { 'scm.head.sha': sha(of), ...ABOUT_SHOP },
  references: {
    head_sha: [lookUp(headName(sha(of)))],
    merge_sha: [lookUp(landedName(sha(of)))],
    branch: [lookUp(branchName(SHOP, `of ${of}`))],
  },
})
const deploy = (number: number, minute: number, of: string): DeliveryEvent => ({
  ...run(number, minute, of),
  operation: 'deploy',
  attributes: { ...run(number, minute, of).attributes, 'build.parameter.environment': 'production' },
})
/** As Jenkins tells of one: its queue and its start name the environment, its end may not. */
const deployment = (
  number: number,
  [fromMinute, toMinute]: readonly [number, number],
  of: string,
  result: 'success' | 'failure' = 'success',
): readonly DeliveryEvent[] => {
  const started = deploy(number, fromMinute, of)
  const { 'build.parameter.environment': _environment, ...attributes } = started.attributes
  return [
    {
      ...started,
      opened: { atMillis: at(fromMinute - 8), certainty: 'estimated' },
      observedMillis: at(fromMinute - 8),
    },
    started,
    ended({ ...started, attributes }, toMinute, result),
  ]
}
const push = (of: string, minute: number, closes: readonly number[]): DeliveryEvent => ({
  ...base(commitKey(SHOP, sha(of)), 'commit', minute),
  references: { closing_keyword: closes.map((number) => joinActivity(issueKey(SHOP, number))) },
  names: [landedName(sha(of))],
  landed: { sha: sha(of), atMillis: at(minute) },
})

const p3 = pull(3, 'a', 10, [2])
const p4 = pull(4, 'c', 12, [])
const p5 = pull(5, 'e', 14, [2, 1])
const attempt = (number: number): string => runKey(`https://github.com/acme/shop/actions/runs/9/attempts/${number}`)
const moved: DeliveryEvent = {
  ...base(repositoryKey(SHOP), 'repository', 90),
  names: [keyName(repositoryKey(STORE))],
}

/** A delivery organisation's week, with everything in it that one activity's events change at another. */
const WEEK: readonly DeliveryEvent[] = [
  epic,
  issue,
  underEpic,
  p3,
  { ...p4, observedMillis: at(13), references: { branch_number: [awaitActivity(issue.key)] } },
  p4,
  p5,
  ended(run(1, 20, 'a'), 25),
  ended(run(2, 21, 'c'), 26, 'failure'),
  { ...base(attempt(1), 'build', 22), references: { head_sha: [lookUp(headName(sha('e')))] } },
  ended({ ...base(attempt(1), 'build', 22), references: { head_sha: [lookUp(headName(sha('e')))] } }, 24, 'failure'),
  ended(
    {
      ...base(attempt(2), 'build', 30),
      references: { head_sha: [lookUp(headName(sha('e')))], previous_attempt: [awaitActivity(attempt(1))] },
    },
    34,
  ),
  merged(p3, 'b', 40),
  push('b', 40.5, []),
  ...deployment(10, [45, 50], 'b'),
  merged(p4, 'd', 55),
  merged(p5, 'f', 60),
  push('9', 65, [1]),
  push('8', 66, []),
  ended(run(3, 67, '9'), 68),
  ended(run(4, 67, '8'), 69),
  ...deployment(11, [62, 64], 'f', 'failure'),
  ...deployment(12, [70, 75], '8'),
  ...deployment(13, [80, 85], 'b'),
  ...deployment(14, [88, 90], 'd'),
  ...deployment(15, [94, 96], 'f'),
  ended(issue, 100),
  { ...issue, stage: 'reopened', observedMillis: at(101), reopenedMillis: at(101) },
  ended(issue, 110),
  ended(epic, 120),
]

interface Outcome {
  readonly contexts: readonly unknown[]
  readonly exported: ReadonlyMap<string, unknown>
}

/** A store whose calls take longer and shorter, by a sequence of chances. */
const hesitant = (store: ContextStore, chances: Iterator<number>): ContextStore => {
  const hesitate = async (): Promise<void> => {
    for (let ticks = chances.next().value ?? 0; ticks > 0; ticks -= 1) await Promise.resolve()
  }
  const calls = Object.entries(store).filter(([, member]) => typeof member === 'function')
  return Object.fromEntries(
    calls.map(([name, call]) => [
      name,
      async (...args: unknown[]) => {
        await hesitate()
        const answer: unknown = await call(...args)
        await hesitate()
        return answer
      },
    ]),
  ) as unknown as ContextStore
}

const deliver = async (
  events: readonly DeliveryEvent[],
  atOnce: number,
  chances: Iterator<number> = [].values(),
): Promise<Outcome> => {
  const memory = memoryStore()
  const store = hesitant(memory, chances)
  const exported = new Map<string, CompletedSpan>()
  const dependencies = {
    store,
    pause: () => Promise.resolve(),
    exporter: {
      export: async (spans: readonly CompletedSpan[]) => {
        await Promise.resolve()
        for (const span of spans) {
          const correction = Number(span.attributes['valuestream.correction'] ?? 0)
          const before = exported.get(span.spanId)
          if (correction >= Number(before?.attributes['valuestream.correction'] ?? 0)) exported.set(span.spanId, span)
        }
        return { kind: 'accepted' } as const
      },
    },
  }
  const queue = [...events]
  const worker = async (): Promise<void> => {
    for (let event = queue.shift(); event !== undefined; event = queue.shift()) await record([event], dependencies)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return {
    contexts: [...memory.contexts.values()].sort((a, b) => (a.key < b.key ? -1 : 1)).map(comparable),
    exported: new Map([...exported].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, span]) => [id, withoutMarks(span)])),
  }
}

/** All but how it came about: versions, corrections, and the traces that spans were in before. */
const comparable = ({ version: _version, emissions, watching: _watching, ...context }: Context) => ({
  ...context,
  emissions: emissions.map(({ episode, fingerprint, traceId, state }) => ({ episode, fingerprint, traceId, state })),
  spans: spansOf({ ...context, version: 0, emissions: [], watching: [] }),
})
const withoutMarks = (span: CompletedSpan) => {
  const { 'valuestream.correction': _correction, ...attributes } = span.attributes
  return { ...span, attributes, links: span.links.filter(({ reason }) => reason !== 'former_trace') }
}

describe('a week of many activities', () => {
  it('tells of each what is so when it comes in order', async () => {
    const { exported } = await deliver(WEEK, 1)
    const links = [...exported.values()].map((span) => {
      const { name, attributes, links: of } = span as CompletedSpan
      return [
        `${name} ${attributes['valuestream.activity.key']?.toString().replace(/^.*(?=[#/]\w+\/?$)/, '')}`,
        attributes['valuestream.link.reason'],
        of.map(({ reason }) => reason),
        attributes['deployment.rollback'],
      ]
    })
    expect(links.sort()).toEqual([
      ['build /1/', 'head_sha', [], undefined],
      ['build /1/', 'head_sha', [], undefined],
      ['build /2/', 'head_sha', [], undefined],
      ['build /2/', 'head_sha', ['previous_attempt'], undefined],
      ['build /3/', 'merge_sha', [], undefined],
      ['build /4/', 'merge_sha', [], undefined],
      ['deploy /10/', 'merge_sha', [], undefined],
      ['deploy /11/', 'merge_sha', ['carried'], undefined],
      ['deploy /12/', 'merge_sha', ['carried', 'carried'], undefined],
      ['deploy /13/', 'merge_sha', [], true],
      ['deploy /14/', 'merge_sha', [], undefined],
      ['deploy /15/', 'merge_sha', [], undefined],
      ['issue #1', undefined, [], undefined],
      ['issue #2', 'parent_issue', [], undefined],
      ['issue #2', 'parent_issue', ['reopened'], undefined],
      ['pull_request #3', 'closing_keyword', [], undefined],
      ['pull_request #4', 'branch_number', [], undefined],
      ['pull_request #5', 'closing_keyword', ['closing_keyword'], undefined],
    ])
    expect(new Set([...exported.values()].map((span) => (span as CompletedSpan).traceId)).size).toBe(2)
  })

  it('ends the same whatever the order of the events, their repetitions, and how many come at once', async () => {
    const inOrder = await deliver(WEEK, 1)
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...WEEK, ...WEEK.slice(0, 9)], { minLength: WEEK.length + 9 }),
        fc.constantFrom(1, 3, 32),
        fc.infiniteStream(fc.nat(6)),
        async (shuffled, atOnce, chances) => {
          expect(await deliver(shuffled, atOnce, chances)).toEqual(inOrder)
        },
      ),
      { numRuns: 100 },
    )
  })
})

it('keeps an issue the same activity when its repository is renamed', async () => {
  const renamedIssue = ended({ ...base(issueKey(STORE, 2), 'issue', 1), attributes: { 'issue.number': 2 } }, 100)
  const child = {
    ...ended(base(pullRequestKey(STORE, 7), 'pull_request', 95), 99),
    references: { closing_keyword: [joinActivity(issueKey(STORE, 2))] },
    names: [branchName(STORE, 'x')],
  }
  const { exported } = await deliver([issue, moved, child, renamedIssue], 1)
  expect([...exported.values()].map((span) => (span as CompletedSpan).attributes['valuestream.activity.key'])).toEqual(
    expect.arrayContaining(['issue:github.com/acme/shop#2', 'pull_request:github.com/acme/shop#7']),
  )
})
