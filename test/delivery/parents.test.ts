import type { Facts, Summary } from '../../lib/delivery/context.ts'
import { spanIdOf, traceIdOf } from '../../lib/delivery/identity.ts'
import { type Known, relate } from '../../lib/delivery/parents.ts'
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
})
const seen = (key: string, ...openings: number[]): Summary => ({ key, traceId: `trace of ${key}`, openings })
const known = (keys: readonly Summary[], names: Readonly<Record<string, readonly Summary[]>> = {}): Known =>
  new Map([...keys.map((summary) => [keyName(summary.key), [summary]] as const), ...Object.entries(names)])
const related = (references: Parameters<typeof facts>[0], of: Known, before?: Parameters<typeof relate>[3]) => {
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
      commit_sha: [lookUp('sha')],
      pull_request_number: [joinActivity('pull_request:a#3')],
      upstream_build: [joinActivity('run:up')],
    }
    const of = known([], { branch: [seen('pull_request:a#1', 1)], sha: [seen('pull_request:a#2', 1)] })
    expect(related(everything, of)).toEqual(['run:up by upstream_build'])
    expect(related({ ...everything, upstream_build: [] }, of)).toEqual(['pull_request:a#3 by pull_request_number'])
    expect(related({ branch: everything.branch, commit_sha: everything.commit_sha }, of)).toEqual([
      'pull_request:a#2 by commit_sha',
    ])
    expect(related({ branch: everything.branch, commit_sha: [lookUp('other')] }, of)).toEqual([
      'pull_request:a#1 by branch',
    ])
    expect(related({ ...everything, marker: [joinActivity('issue:a#9')] }, of)).toEqual(['issue:a#9 by marker'])
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

  it('is watched for under every name that nobody has claimed, down to the way that has found one', () => {
    const watching = (references: Parameters<typeof facts>[0], of: Known) =>
      relate(OWN, facts(references), of, undefined).watching
    const references = {
      marker: [joinActivity('issue:a#1')],
      pull_request_number: [awaitActivity('pull_request:a#2')],
      commit_sha: [lookUp('sha')],
      branch: [lookUp('branch')],
    }
    expect(watching(references, known([]))).toEqual(['key:issue:a#1'])
    expect(watching(references, known([seen('issue:a#1', 1)]))).toEqual([])
    const { marker: _, ...inferred } = references
    expect(watching(inferred, known([]))).toEqual(['branch', 'key:pull_request:a#2', 'sha'])
    expect(watching(inferred, known([], { sha: [seen('pull_request:a#2', 1)] }))).toEqual(['key:pull_request:a#2'])
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
})
