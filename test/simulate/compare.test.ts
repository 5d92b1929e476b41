import { compare, type Exported } from '../../simulate/compare.ts'
import type { SpanTruth } from '../../simulate/truth/span-truth.ts'

const truth = (spanId: string): SpanTruth =>
  ({
    key: `issue:${spanId}`,
    name: 'issue',
    traceId: 't',
    spanId,
    parentSpanId: 'parent',
    startMillis: [1],
    endMillis: [2],
    isError: false,
    result: 'success',
    episode: 1,
    attributes: {},
    links: [{ spanId: 'other', reason: 'closing_keyword' }],
  }) as SpanTruth
const exported = (spanId: string, more: Partial<Exported> = {}, attributes: object = {}): Exported => ({
  name: 'issue',
  traceId: 't',
  spanId,
  parentSpanId: 'parent',
  startMillis: 1,
  endMillis: 2,
  isError: false,
  attributes: {
    'valuestream.result': 'success',
    'valuestream.activity.key': `issue:${spanId}`,
    'valuestream.episode': 1,
    ...attributes,
  },
  links: [{ spanId: 'other', reason: 'closing_keyword' }],
  ...more,
})
const counts = (said: readonly SpanTruth[], got: readonly Exported[]) => {
  const { lost, doubled, wrong, abandoned, links, parents } = compare(said, got)
  return {
    lost: lost.length,
    doubled: doubled.length,
    wrong: wrong.length,
    abandoned: abandoned.length,
    links: links.matched / Math.max(1, links.exported),
    parents: parents.matched / Math.max(1, parents.exported),
  }
}
const RIGHT = { lost: 0, doubled: 0, wrong: 0, abandoned: 0, links: 1, parents: 1 }

describe('the comparison with the truth', () => {
  it('finds nothing where all is right, and takes the last correction for the last word', () => {
    const corrected = exported('a', {}, { 'valuestream.correction': 1 })
    expect(counts([truth('a')], [exported('a', { endMillis: 9 }), corrected])).toEqual(RIGHT)
    expect(counts([truth('a')], [corrected, exported('a', { endMillis: 9 })])).toEqual(RIGHT)
  })

  it.each([
    ['a lost span', [], { lost: 1, links: 0, parents: 0 }],
    ['a doubled span', [exported('a'), exported('a')], { doubled: 1 }],
    ['a span that must not be', [exported('a'), exported('b')], { wrong: 1, links: 0.5, parents: 0.5 }],
    ['a wrong end', [exported('a', { endMillis: 3 })], { wrong: 1 }],
    ['another parent', [exported('a', { parentSpanId: 'x' })], { wrong: 1, parents: 0 }],
    ['another trace', [exported('a', { traceId: 'x' })], { wrong: 1 }],
    ['a link too few', [exported('a', { links: [] })], { wrong: 1, links: 0 }],
    [
      'a link for another reason',
      [exported('a', { links: [{ spanId: 'other', reason: 'carried' }] })],
      { wrong: 1, links: 0 },
    ],
    ['a run that was given up', [exported('a'), exported('b', {}, { 'error.type': 'abandoned' })], { abandoned: 1 }],
  ])('finds %s', (_, got, found) => {
    expect(counts([truth('a')], got)).toEqual({ ...RIGHT, ...found })
  })

  it('finds a span that was taken back, and does not hold it against what went out', () => {
    const { stranded, wrong, links } = compare([truth('a')], [exported('a'), exported('b')], new Set(['a', 'b']))
    expect([stranded.map(({ spanId }) => spanId), wrong, links.exported]).toEqual([['b'], [], 1])
  })

  it('says what differs, of which span, and counts the corrections by themselves', () => {
    const corrected = exported('a', { links: [], endMillis: 3 }, { 'valuestream.correction': 2 })
    const { wrong, corrections } = compare([truth('a')], [exported('a'), corrected])
    expect(wrong).toEqual([
      [
        { key: 'issue:a', spanId: 'a', field: 'links', expected: 'other closing_keyword', got: '' },
        { key: 'issue:a', spanId: 'a', field: 'endMillis', expected: [2], got: 3 },
      ],
    ])
    expect(corrections).toEqual({ exports: 1, spans: 1, histories: 1, allHistories: 1, overtaken: 0 })
  })

  it('does not count the way back to a former trace, and takes any of several estimates', () => {
    const links = [
      { spanId: 'other', reason: 'closing_keyword' },
      { spanId: 'a', reason: 'former_trace' },
    ]
    expect(counts([{ ...truth('a'), endMillis: [1, 2] }], [exported('a', { links })])).toEqual(RIGHT)
  })
})
