import fc from 'fast-check'
import { type Activity, childrenOf, descendantsOf, type SpanId } from '../../../explorer/analysis/path/activity.ts'
import { type Segment, segmentsOf } from '../../../explorer/analysis/path/segments.ts'

const NOW = 1000

const segmentsIn = (activities: readonly Activity[], spanId: SpanId): readonly Segment[] => {
  const span = activities.find((activity) => activity.spanId === spanId)
  if (span === undefined) throw new Error(`no ${spanId}`)
  return segmentsOf(span, descendantsOf(childrenOf(activities), span), NOW)
}

/** `wait pull_request 0–10` */
const told = (segments: readonly Segment[]): readonly string[] =>
  segments.map(({ kind, name, fromMillis, toMillis }) => `${kind} ${name} ${fromMillis}–${toMillis}`)

const issue: Activity = { spanId: 'i', operation: 'issue', startMillis: 0, endMillis: 100 }
const pull: Activity = {
  spanId: 'p',
  parentSpanId: 'i',
  operation: 'pull_request',
  startMillis: 10,
  endMillis: 50,
  lastPushMillis: 20,
}
const build: Activity = { spanId: 'b', parentSpanId: 'p', operation: 'build', startMillis: 22, endMillis: 30 }
const deploy: Activity = { spanId: 'd', parentSpanId: 'b', operation: 'deploy', startMillis: 60, endMillis: 90 }

test('an issue waits for what begins next, and for its close; what is under way below it has the rest', () => {
  expect(told(segmentsIn([issue, pull, build, deploy], 'i'))).toEqual([
    'wait pull_request 0–10',
    'work pull_request 10–20',
    'wait review 20–22',
    'work build 22–30',
    'wait review 30–50',
    'wait deploy 50–60',
    'work deploy 60–90',
    'wait close 90–100',
  ])
})

test('a run with nothing below it is at work all the time', () => {
  expect(told(segmentsIn([issue, pull, build, deploy], 'd'))).toEqual(['work deploy 60–90'])
})

test('an issue with nothing below it waits for its close', () => {
  expect(told(segmentsIn([issue], 'i'))).toEqual(['wait close 0–100'])
})

test('of two that are as deep the one that began last has the moment', () => {
  const other: Activity = { ...build, spanId: 'a', operation: 'scan', startMillis: 24, endMillis: 40 }
  expect(told(segmentsIn([issue, { ...pull, lastPushMillis: 10 }, build, other], 'p'))).toEqual([
    'wait review 10–22',
    'work build 22–24',
    'work scan 24–40',
    'wait review 40–50',
  ])
})

test('what lies outside of the span counts for nothing, and is waited for by nobody', () => {
  const before: Activity = { ...deploy, spanId: 'x', startMillis: -50, endMillis: 5 }
  const after: Activity = { ...deploy, spanId: 'y', startMillis: 120, endMillis: 150 }
  expect(told(segmentsIn([issue, { ...before, parentSpanId: 'i' }, { ...after, parentSpanId: 'i' }], 'i'))).toEqual([
    'work deploy 0–5',
    'wait close 5–100',
  ])
})

test('what is under way lasts until now', () => {
  const { endMillis: _issue, ...openIssue } = issue
  const { endMillis: _pull, ...openPull } = pull
  expect(told(segmentsIn([openIssue, openPull], 'i'))).toEqual([
    'wait pull_request 0–10',
    'work pull_request 10–20',
    'wait review 20–1000',
  ])
})

test('a span without duration below another one is waited for, and takes no time', () => {
  const approval: Activity = { spanId: 'a', parentSpanId: 'i', operation: 'approval', startMillis: 40, endMillis: 40 }
  expect(told(segmentsIn([issue, approval], 'i'))).toEqual(['wait approval 0–40', 'wait close 40–100'])
})

test('spans that name each other as parents are divided all the same', () => {
  const [a, b]: readonly Activity[] = [
    { spanId: 'a', parentSpanId: 'b', operation: 'issue', startMillis: 0, endMillis: 10 },
    { spanId: 'b', parentSpanId: 'a', operation: 'build', startMillis: 2, endMillis: 12 },
  ]
  if (a === undefined || b === undefined) throw new Error('there are two')
  expect(told(segmentsIn([a, b], 'a'))).toEqual(['wait build 0–2', 'work build 2–10'])
})

const forest = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: 50 }),
      millis: fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined }),
      parent: fc.integer({ min: 0, max: 12 }),
      push: fc.option(fc.integer({ min: -10, max: 60 }), { nil: undefined }),
      operation: fc.constantFrom('issue', 'pull_request', 'build', 'deploy'),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((spans): readonly Activity[] =>
    spans.map(({ at, millis, parent, push, operation }, index) => ({
      spanId: `s${index}`,
      parentSpanId: `s${parent}`,
      operation,
      startMillis: at,
      ...(millis === undefined ? {} : { endMillis: at + millis }),
      ...(push === undefined ? {} : { lastPushMillis: at + push }),
    })),
  )

test('the segments lie end to end from a span’s start to its end, whatever hangs from what', () => {
  fc.assert(
    fc.property(forest, (activities) => {
      for (const { spanId, startMillis, endMillis = NOW } of activities) {
        const segments = segmentsIn(activities, spanId)
        expect([startMillis, ...segments.map(({ toMillis }) => toMillis)]).toEqual([
          ...segments.map(({ fromMillis }) => fromMillis),
          endMillis,
        ])
        expect(segments.every(({ fromMillis, toMillis }) => toMillis > fromMillis)).toBe(true)
      }
    }),
  )
})

test('the order in which the spans come makes no difference', () => {
  fc.assert(
    fc.property(
      forest.chain((activities) =>
        fc.shuffledSubarray([...activities], { minLength: activities.length }).map((shuffled) => ({
          activities,
          shuffled,
        })),
      ),
      ({ activities, shuffled }) => {
        for (const { spanId } of activities) {
          expect(segmentsIn(shuffled, spanId)).toEqual(segmentsIn(activities, spanId))
        }
      },
    ),
  )
})

test('fifty levels below a span are looked at; what is deeper belongs to what it hangs from there', () => {
  const chain = Array.from(
    { length: 60 },
    (_, at): Activity => ({
      spanId: at,
      ...(at === 0 ? {} : { parentSpanId: at - 1 }),
      operation: `level ${at}`,
      startMillis: at,
      endMillis: 200 - at,
    }),
  )
  const segments = segmentsIn(chain, 0)
  expect(segments.find(({ fromMillis }) => fromMillis === 50)).toEqual({
    fromMillis: 50,
    toMillis: 150,
    kind: 'work',
    name: 'level 50',
    spanId: 50,
  })
  expect(segments).toHaveLength(101)
})
