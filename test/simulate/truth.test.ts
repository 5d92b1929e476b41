import { spanIdOf, traceIdOf } from '../../lib/delivery/identity.ts'
import type { RunTelling, Telling } from '../../simulate/deliveries/telling.ts'
import { strandedOf } from '../../simulate/truth/stranded.ts'
import { truthOf } from '../../simulate/truth/truth.ts'
import {
  closedAt,
  deliveries,
  deploy,
  ISSUE,
  issue,
  MINUTE,
  merged,
  pull,
  pullKey,
  push,
  pushKey,
  run,
  runKey,
} from './tellings.ts'

const truth = (...tellings: readonly Telling[]) => truthOf(deliveries(...tellings))
const spansOf = (key: string, ...tellings: readonly Telling[]) => truth(...tellings).filter((span) => span.key === key)
const spanOf = (key: string, ...tellings: readonly Telling[]) => spansOf(key, ...tellings)[0]
const episodes = (...tellings: readonly Telling[]) =>
  spansOf(ISSUE, ...tellings).map(({ episode, startMillis, endMillis, links }) => ({
    episode,
    from: (startMillis[0] ?? 0) / MINUTE,
    until: (endMillis[0] ?? 0) / MINUTE,
    links: links.map(({ reason }) => reason),
  }))
const reopenedAt = (at: number) => issue(at, { reopenedMillis: at * MINUTE })

describe('the episodes that the deliveries tell', () => {
  it('are an opening each, with the end before the next, linked to the one before', () => {
    expect(episodes(issue(0), issue(5, closedAt(5)), reopenedAt(7), issue(9, closedAt(9)))).toEqual([
      { episode: 1, from: 0, until: 5, links: [] },
      { episode: 2, from: 7, until: 9, links: ['reopened'] },
    ])
  })

  it('are one, to the first end, where the reopening between two ends is lost', () => {
    expect(episodes(issue(5, closedAt(5)), issue(9, closedAt(9)))).toEqual([
      { episode: 1, from: 0, until: 5, links: [] },
    ])
  })

  it('are the second alone where the first end is lost, and then the first may have gone out to no avail', () => {
    const told = [issue(0), reopenedAt(7), issue(9, closedAt(9))]
    expect(episodes(...told).map(({ episode }) => episode)).toEqual([2])
    expect([...strandedOf(deliveries(...told))]).toEqual([spanIdOf(ISSUE, 1)])
    expect([...strandedOf(deliveries(...told, issue(5, closedAt(5))))]).toEqual([])
  })

  it('end before a reopening of the same second, but only once', () => {
    const both = { ...closedAt(7) }
    expect(episodes(issue(7, both), reopenedAt(7)).map(({ episode }) => episode)).toEqual([1])
    expect(episodes(issue(5, closedAt(5)), issue(7, both), reopenedAt(7)).map(({ episode }) => episode)).toEqual([1, 2])
  })

  it('end by whatever shows it closed: the close itself may be lost', () => {
    expect(episodes(issue(8, closedAt(5)))).toEqual([{ episode: 1, from: 0, until: 5, links: [] }])
  })
})

describe('what a pull request belongs to', () => {
  const OTHER = ISSUE.replace('#1', '#2')

  it('is what its text says at last: first a marker, then what it closes, and the rest are links', () => {
    const span = spanOf(pullKey(3), pull(3, 1), merged(3, 1, 9, { marked: [ISSUE], closes: [ISSUE, OTHER] }))
    expect(span).toMatchObject({ parentSpanId: spanIdOf(ISSUE, 1), traceId: traceIdOf(ISSUE) })
    expect(span?.links).toEqual([{ spanId: spanIdOf(OTHER, 1), reason: 'closing_keyword' }])
    expect(spanOf(pullKey(3), pull(3, 1, { closes: [ISSUE] }), merged(3, 1, 9))?.parentSpanId).toBeUndefined()
  })

  it('is the issue of its branch number only where there is such an issue', () => {
    const numbered = merged(3, 1, 9, { numbered: ISSUE })
    expect(spanOf(pullKey(3), numbered)?.parentSpanId).toBeUndefined()
    expect(spanOf(pullKey(3), numbered, issue(0))?.parentSpanId).toBe(spanIdOf(ISSUE, 1))
  })

  it('is the episode that was open when it was opened', () => {
    const told = [issue(0), reopenedAt(7)]
    expect(spanOf(pullKey(3), ...told, merged(3, 6, 9, { closes: [ISSUE] }))?.parentSpanId).toBe(spanIdOf(ISSUE, 1))
    expect(spanOf(pullKey(3), ...told, merged(3, 8, 9, { closes: [ISSUE] }))?.parentSpanId).toBe(spanIdOf(ISSUE, 2))
  })

  it('has the reviews of others than the author in its course', () => {
    const reviewed = (at: number, by: string) => pull(3, 1, { review: { by, atMillis: at * MINUTE } })
    const told = [merged(3, 1, 9), reviewed(4, 'chen'), reviewed(3, 'ada'), reviewed(2, 'x[bot]'), reviewed(12, 'chen')]
    expect(spanOf(pullKey(3), ...told)?.attributes).toEqual({
      'pull_request.merged': true,
      'pull_request.reviews_count': 1,
      'pull_request.time_to_first_review_millis': 3 * MINUTE,
    })
  })
})

describe('what a run belongs to', () => {
  const parentOf = (...tellings: readonly Telling[]) => spanOf(runKey('x'), ...tellings)?.parentSpanId

  it('is a pull request by its number, where its repository is told or where the pull request is known', () => {
    const guess = run('x', 5, 6, { pull: { key: pullKey(3), isSure: false } })
    expect(parentOf(guess)).toBeUndefined()
    expect(parentOf(guess, pull(3, 1))).toBe(spanIdOf(pullKey(3), 1))
    expect(parentOf({ ...guess, pull: { key: pullKey(3), isSure: true } })).toBe(spanIdOf(pullKey(3), 1))
  })

  it('is the pull request opened last before it of those that had the commit, or else the first after it', () => {
    const both = [pull(3, 1, { heads: ['a'] }), pull(4, 8, { heads: ['a'] })]
    expect(parentOf(run('x', 5, 6, { sha: 'a' }), ...both)).toBe(spanIdOf(pullKey(3), 1))
    expect(parentOf(run('x', 9, 10, { sha: 'a' }), ...both)).toBe(spanIdOf(pullKey(4), 1))
    expect(parentOf(run('x', 0, 1, { sha: 'a' }), ...both)).toBe(spanIdOf(pullKey(3), 1))
  })

  it('is of a merge the pull request, though only the push tells of the merge', () => {
    const build = run('x', 12, 13, { sha: 'merge3' })
    expect(parentOf(build, merged(3, 1, 9), push('merge3', 10, { merges: pullKey(3) }))).toBe(spanIdOf(pullKey(3), 1))
    expect(parentOf(build, pull(3, 1), push('merge3', 10, { merges: pullKey(3) }))).toBe(spanIdOf(pullKey(3), 1))
  })

  it('is of a direct push the issue that it fixes, or no span but the trace of the commit', () => {
    const build = run('x', 12, 13, { sha: 'a' })
    expect(spanOf(runKey('x'), build, push('a', 10, { fixes: ISSUE }))).toMatchObject({
      parentSpanId: spanIdOf(ISSUE, 1),
      traceId: traceIdOf(ISSUE),
    })
    const alone = spanOf(runKey('x'), build, push('a', 10))
    expect([alone?.parentSpanId, alone?.traceId]).toEqual([undefined, traceIdOf(pushKey('a'))])
  })

  it('is for a build the run that started it at last, and for a deploy at first; either way there is an edge', () => {
    const pullRequest = { key: pullKey(3), isSure: true }
    const started: Partial<RunTelling> = { sha: 'head3', pull: pullRequest, upstream: runKey('up') }
    expect(spanOf(runKey('x'), run('x', 5, 6, started), pull(3, 1))).toMatchObject({
      parentSpanId: spanIdOf(pullKey(3), 1),
      links: [{ spanId: spanIdOf(runKey('up'), 1), reason: 'upstream_build' }],
    })
    expect(spanOf(runKey('x'), deploy('x', 5, 'head3', started), pull(3, 1))).toMatchObject({
      parentSpanId: spanIdOf(runKey('up'), 1),
      links: [],
    })
  })

  it('lies in the trace of the root, however long the way', () => {
    const told = [issue(0), pull(3, 1, { closes: [ISSUE] }), run('up', 2, 3, { sha: 'head3' })]
    expect(spanOf(runKey('x'), ...told, deploy('x', 5, undefined, { upstream: runKey('up') }))?.traceId).toBe(
      traceIdOf(ISSUE),
    )
  })
})

describe('the times of a run', () => {
  const status = (at: number, ends = false): RunTelling => {
    const { end: _, result: __, ...running } = run('x', at, at, { by: 'status' })
    const about = { value: at * MINUTE, sureness: 'estimated' as const }
    return { ...running, start: about, ...(ends ? { end: about, result: 'failure' as const } : {}) }
  }
  const times = (...tellings: readonly RunTelling[]) => {
    const span = spanOf(runKey('x'), ...tellings)
    return [span?.startMillis, span?.endMillis].map((told) => told?.map((millis) => millis / MINUTE))
  }

  it('are the statuses where nothing else tells them, and then marked', () => {
    expect(times(status(4), status(5), status(9, true))).toEqual([[4], [9]])
    expect(spanOf(runKey('x'), status(4), status(9, true))?.attributes).toMatchObject({
      'valuestream.start.estimated': true,
      'valuestream.end.estimated': true,
    })
  })

  it("are the plugin's, with its result, whatever the statuses say", () => {
    expect(times(status(4), status(9, true), run('x', 3, 8))).toEqual([[3], [8]])
    expect(spanOf(runKey('x'), status(9, true), run('x', 3, 8))?.result).toBe('success')
  })

  it('are reckoned from a known start and a known duration', () => {
    const { end: _, result: __, ...started } = run('x', 3, 3)
    const finalized: RunTelling = {
      ...run('x', 4, 9),
      start: { value: 4 * MINUTE, sureness: 'estimated' },
      end: { value: 9 * MINUTE, sureness: 'estimated' },
      durationMillis: 5 * MINUTE,
    }
    expect(times(started, finalized)).toEqual([[3], [8]])
  })

  it('make no span without an end', () => {
    expect(spansOf(runKey('x'), status(4))).toEqual([])
  })
})

describe('what a deploy carries', () => {
  const merges = [merged(1, 0, 10), merged(2, 0, 20), merged(3, 0, 30), merged(4, 0, 40)]
  const carried = (name: string, ...tellings: readonly Telling[]) => {
    const span = spanOf(runKey(name), ...merges, ...tellings)
    const of = [1, 2, 3, 4].filter((number) =>
      span?.links.some(({ spanId, reason }) => reason === 'carried' && spanId === spanIdOf(pullKey(number), 1)),
    )
    return [of, span?.attributes['deployment.rollback']]
  }

  it('is what was merged since the last that succeeded there, but for its parent', () => {
    const told = [
      deploy('a', 11, 'merge1'),
      deploy('b', 22, 'merge2', { result: 'failure' }),
      deploy('c', 31, 'merge3'),
      deploy('elsewhere', 41, 'merge4', { environment: 'staging' }),
      deploy('started', 42, 'merge4', { upstream: runKey('up') }),
    ]
    expect(carried('a', ...told)).toEqual([[], undefined])
    expect(carried('b', ...told)).toEqual([[], undefined])
    expect(carried('c', ...told)).toEqual([[2], undefined])
    expect(carried('elsewhere', ...told)).toEqual([[], undefined])
    expect(carried('started', ...told)).toEqual([[4], undefined])
  })

  it('stands at its start where it names no commit', () => {
    expect(carried('b', deploy('a', 11, 'merge1'), deploy('b', 35, undefined))).toEqual([[2, 3], undefined])
    expect(carried('c', deploy('b', 35, undefined), deploy('c', 41, 'merge4'))).toEqual([[], undefined])
  })

  it('is nothing for a rollback, which it says to be, and for what never landed', () => {
    const told = [
      deploy('a', 31, 'merge3'),
      deploy('b', 35, 'merge1'),
      deploy('c', 36, 'head9'),
      deploy('d', 41, 'merge3'),
    ]
    expect(carried('b', ...told)).toEqual([[], true])
    expect(carried('c', ...told)).toEqual([[], undefined])
    expect(carried('d', ...told)).toEqual([[2], undefined])
  })

  it('is a rollback behind one that names no commit where something newer was there for that one', () => {
    expect(carried('b', deploy('a', 35, undefined), deploy('b', 36, 'merge2'))).toEqual([[], true])
    expect(carried('b', deploy('a', 35, undefined), deploy('b', 36, 'merge3'))).toEqual([[], undefined])
  })

  it('is also what only a push tells to be merged', () => {
    const told = [pull(5, 0), push('merge5', 45, { merges: pullKey(5) })]
    const span = spanOf(runKey('b'), ...merges, ...told, deploy('a', 41, 'merge4'), deploy('b', 50, undefined))
    expect(span?.links).toEqual([{ spanId: spanIdOf(pullKey(5), 1), reason: 'carried' }])
  })

  it('is not its parent, though only the push tells that its commit is the merge', () => {
    const told = [pull(5, 0), push('merge5', 45, { merges: pullKey(5) })]
    const span = spanOf(runKey('b'), ...merges, ...told, deploy('a', 31, 'merge3'), deploy('b', 50, 'merge5'))
    expect([span?.parentSpanId, span?.links]).toEqual([
      spanIdOf(pullKey(5), 1),
      [{ spanId: spanIdOf(pullKey(4), 1), reason: 'carried' }],
    ])
  })

  it('is told of two that name no environment as of two that go to the same', () => {
    const told = ['a', 'b'].map((name, at) => {
      const { environment: _, ...rest } = deploy(name, 11 + at * 20, undefined)
      return rest
    })
    expect(carried('b', ...told)).toEqual([[2, 3], undefined])
  })
})
