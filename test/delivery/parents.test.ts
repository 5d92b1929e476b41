import type { Facts, Summary } from '../../lib/delivery/context.ts'
import { spanIdOf, traceIdOf } from '../../lib/delivery/identity.ts'
import { type KnownNames, relate } from '../../lib/delivery/parents.ts'
import {
  awaitActivity,
  joinActivity,
  keyName,
  type LinkReason,
  lookUp,
  type Reference,
} from '../../lib/delivery/reference.ts'

const OWN = 'run:own'
const STARTED = 1000
const facts = (references: { readonly [reason in LinkReason]?: readonly Reference[] }): Facts => ({
  operation: 'build',
  opened: { atMillis: STARTED, certainty: 'reported' },
  reopenedMillis: [],
  endings: [],
  attributes: {},
  references: Object.fromEntries(
    Object.entries(references).map(([reason, value]) => [reason, { observedMillis: 1, rank: 0, value }]),
  ),
  names: [],
  happenings: [],
  cut: [],
})
const seen = (key: string, ...openings: number[]): Summary => ({ key, traceId: `trace of ${key}`, openings })
const known = (keys: readonly Summary[], names: Readonly<Record<string, readonly Summary[]>> = {}): KnownNames =>
  new Map([...keys.map((summary) => [keyName(summary.key), [summary]] as const), ...Object.entries(names)])
const related = (references: Parameters<typeof facts>[0], of: KnownNames, before?: Parameters<typeof relate>[3]) => {
  const { parent, links } = relate(OWN, facts(references), of, before)
  return [parent, ...links].map((relation) => relation && `${relation.key} by ${relation.reason}`)
}

describe('the parent of an activity', () => {
  it('is none when nothing is referred to or found', () => {
    expect(related({}, known([]))).toEqual([undefined])
    expect(related({ branch_number: [awaitActivity('issue:a#1')], branch: [lookUp('x')] }, known([]))).toEqual([
      undefined,
    ])
  })

  it('is what people have named before what is inferred, and of the inferred the best', () => {
    const everything = {
      branch: [lookUp('branch')],
      head_sha: [lookUp('sha')],
      pull_request_number: [joinActivity('pull_request:a#3')],
      upstream_build: [joinActivity('run:up')],
    }
    const of = known([], { branch: [seen('pull_request:a#1', 1)], sha: [seen('pull_request:a#2', 1)] })
    expect(related(everything, of)).toEqual(['pull_request:a#3 by pull_request_number', 'run:up by upstream_build'])
    expect(related({ upstream_build: everything.upstream_build }, of)).toEqual(['run:up by upstream_build'])
    expect(related({ branch: everything.branch, head_sha: everything.head_sha }, of)).toEqual([
      'pull_request:a#2 by head_sha',
    ])
    expect(related({ branch: everything.branch, head_sha: [lookUp('other')] }, of)).toEqual([
      'pull_request:a#1 by branch',
    ])
    expect(related({ ...everything, marker: [joinActivity('issue:a#9')] }, of)).toEqual([
      'issue:a#9 by marker',
      'run:up by upstream_build',
    ])
  })

  it('is the first that people have named; the others are links, each once', () => {
    const references = {
      marker: [joinActivity('issue:a#1'), joinActivity('issue:a#2')],
      closing_keyword: [joinActivity('issue:a#2'), joinActivity('issue:a#3')],
    }
    expect(related(references, known([]))).toEqual([
      'issue:a#1 by marker',
      'issue:a#2 by marker',
      'issue:a#3 by closing_keyword',
    ])
  })

  it('is never the activity itself', () => {
    expect(related({ marker: [joinActivity(OWN)] }, known([seen(OWN, 1)]))).toEqual([undefined])
  })

  it('lends its trace, and its derived one while it has not been seen', () => {
    const marker = [joinActivity('issue:a#1')]
    expect(relate(OWN, facts({ marker }), known([]), undefined).parent?.traceId).toBe(traceIdOf('issue:a#1'))
    expect(relate(OWN, facts({ marker }), known([seen('issue:a#1', 1)]), undefined).parent?.traceId).toBe(
      'trace of issue:a#1',
    )
  })

  it('is its episode that was open at the start', () => {
    const spanId = (...openings: number[]) =>
      relate(OWN, facts({ marker: [joinActivity('issue:a#1')] }), known([seen('issue:a#1', ...openings)]), undefined)
        .parent?.spanId
    expect([spanId(500), spanId(500, 900), spanId(500, 1001), spanId(2000)]).toEqual(
      [1, 2, 1, 1].map((episode) => spanIdOf('issue:a#1', episode)),
    )
  })

  it('is, of those that a name was used for, the last opened before the start, or else the first after', () => {
    const by = (...openings: number[]) =>
      related(
        { branch: [lookUp('x')] },
        known([], { x: openings.map((opening) => seen(`pull_request:a#${opening}`, opening)) }),
      )
    expect(by(1200, 700, 900)).toEqual(['pull_request:a#900 by branch'])
    expect(by(1300, 1200)).toEqual(['pull_request:a#1200 by branch'])
  })

  it('stays when the table has forgotten it and the way to it still stands', () => {
    const branch = [lookUp('x')]
    const { parent } = relate(OWN, facts({ branch }), known([], { x: [seen('pull_request:a#1', 1)] }), undefined)
    expect(related({ branch }, known([]), parent)).toEqual(['pull_request:a#1 by branch'])
    expect(related({ branch: [lookUp('y')] }, known([]), parent)).toEqual([undefined])
  })

  it('is watched for under every name, down to the way that has found one', () => {
    const watching = (references: Parameters<typeof facts>[0], of: KnownNames) =>
      relate(OWN, facts(references), of, undefined).watching
    const references = {
      marker: [joinActivity('issue:a#1')],
      pull_request_number: [awaitActivity('pull_request:a#2')],
      head_sha: [lookUp('sha')],
      branch: [lookUp('branch')],
    }
    expect(watching(references, known([]))).toEqual(['key:issue:a#1'])
    expect(watching(references, known([seen('issue:a#1', 1)]))).toEqual(['key:issue:a#1'])
    const { marker: _, ...inferred } = references
    expect(watching(inferred, known([]))).toEqual(['branch', 'key:pull_request:a#2', 'sha'])
    expect(watching(inferred, known([], { sha: [seen('pull_request:a#2', 1)] }))).toEqual([
      'key:pull_request:a#2',
      'sha',
    ])
  })

  it('is watched for under a branch even when found, since branches are used again', () => {
    const { watching } = relate(
      OWN,
      facts({ branch: [lookUp('x')] }),
      known([], { x: [seen('pull_request:a#1', 1)] }),
      undefined,
    )
    expect(watching).toEqual(['x'])
  })

  it('is the older of two of a kind that name each other; the younger is linked', () => {
    const [older, younger] = [seen('pull_request:a#1', 500), seen('pull_request:a#2', 900)]
    const of = (key: string, start: number, other: Summary) => {
      const { parent, links } = relate(
        key,
        { ...facts({ marker: [joinActivity(other.key)] }), opened: { atMillis: start, certainty: 'reported' } },
        known([older, younger]),
        undefined,
      )
      return [parent?.key, links.map((link) => link.key)]
    }
    expect(of(younger.key, 900, older)).toEqual([older.key, []])
    expect(of(older.key, 500, younger)).toEqual([undefined, [younger.key]])
  })

  it('is somebody else’s span where a trace context says so, and nobody watches for it', () => {
    const span = { kind: 'span', traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) } as const
    const { parent, watching } = relate(OWN, facts({ traceparent: [span] }), known([]), undefined)
    expect(parent).toMatchObject({ traceId: span.traceId, spanId: span.spanId, reason: 'traceparent' })
    expect(watching).toEqual([])
  })

  it('of a deploy is the run that started it before its pull request, of a build the other way round', () => {
    const references = {
      pull_request_number: [joinActivity('pull_request:a#3')],
      upstream_build: [joinActivity('run:up')],
    }
    const parentOf = (operation: string) =>
      relate(OWN, { ...facts(references), operation }, known([]), undefined).parent?.reason
    expect([parentOf('build'), parentOf('deploy')]).toEqual(['pull_request_number', 'upstream_build'])
  })

  it('of a commit is the pull request that it merges before the issue that its message closes', () => {
    const references = {
      closing_keyword: [joinActivity('issue:a#1')],
      pull_request_number: [awaitActivity('pull_request:a#3')],
    }
    const parentOf = (of: KnownNames) =>
      relate('commit:a@1', { ...facts(references), operation: 'commit' }, of, undefined).parent?.key
    expect(parentOf(known([seen('pull_request:a#3', 1)]))).toBe('pull_request:a#3')
    expect(parentOf(known([]))).toBe('issue:a#1')
  })

  it('is what stands for a commit, or the trace of a commit that nothing stands for', () => {
    const commit = { ...seen('commit:a@1', 1), traceId: 'of the issue' }
    const above = { key: 'issue:a#1', spanId: 'its span' }
    const of = (claimant: Summary) =>
      relate(OWN, facts({ merge_sha: [lookUp('landed:1')] }), known([], { 'landed:1': [claimant] }), undefined).parent
    expect(of({ ...commit, above })).toMatchObject({ key: 'issue:a#1', spanId: 'its span', traceId: 'of the issue' })
    expect(of(commit)).toEqual({ via: 'landed:1', key: 'commit:a@1', traceId: 'of the issue', reason: 'merge_sha' })
  })

  it('is none by what only tells since when a run has waited', () => {
    const waiting = seen('queue:a@1', 200, 700, 1200)
    const relations = relate(
      OWN,
      facts({ queued: [lookUp('queued:a@1')] }),
      known([], { 'queued:a@1': [waiting] }),
      undefined,
    )
    expect([relations.parent, relations.links, relations.queuedMillis]).toEqual([undefined, [], 700])
  })
})
