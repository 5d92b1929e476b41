import { durationText } from '../../lib/comment/duration.ts'
import { commentText } from '../../lib/comment/text.ts'
import { readTraceUrl } from '../../lib/settings/trace-url.ts'

it.each([
  [0, '0 s'],
  [999, '0 s'],
  [61_000, '1 min 1 s'],
  [3_600_000, '1 h'],
  [3_605_000, '1 h'],
  [49 * 3_600_000 + 59_000, '2 d 1 h'],
  [365 * 86_400_000, '365 d'],
])('writes %d milliseconds as %s', (millis, text) => {
  expect(durationText(millis)).toBe(text)
})

it('puts what a backend wants into its link, and says where an episode began anew', () => {
  const text = commentText(
    {
      key: 'pull_request:github.com/acme/shop#34',
      kind: 'pull_request',
      thread: { owner: 'acme', repository: 'shop', number: 34 },
      span: {
        traceId: '0af7651916cd43dd8448eb211c80319c',
        spanId: 'b7ad6b7169203331',
        name: 'pull_request',
        kind: 'internal',
        startMillis: 1_790_000_000_000,
        endMillis: 1_790_000_090_000,
        isError: false,
        attributes: { 'valuestream.episode': 2, 'pull_request.merged': false },
        links: [],
        events: [],
      },
    },
    'https://ui.example.com/{traceId}?span={spanId}&from={startMillis}&to={endMillis}',
  )
  expect(text).toBe(`<!-- valuestream pull_request:github.com/acme/shop#34 -->
From reopening to closing, this pull request took **1 min 30 s**. [Where the time went](https://ui.example.com/0af7651916cd43dd8448eb211c80319c?span=b7ad6b7169203331&from=1790000000000&to=1790000090000)
`)
})

describe('the address of a trace', () => {
  const REMEDY = "set it to the address of a trace in your backend, with {traceId} in the place of the trace's id."

  it('is an address with a place for the id', () => {
    expect(readTraceUrl({ TRACE_URL: ' https://jaeger.example.com/trace/{traceId} ' })).toBe(
      'https://jaeger.example.com/trace/{traceId}',
    )
  })

  it.each([
    [undefined, 'is not an http or https URL'],
    ['javascript:{traceId}', 'is not an http or https URL'],
    ['https://example.com/{traceId}) <b', 'is not an http or https URL'],
    ['https://jaeger.example.com/trace/', 'has no {traceId} in it'],
  ])('is not %s', (url, fault) => {
    expect(() => readTraceUrl({ TRACE_URL: url })).toThrow(`TRACE_URL ${fault}: ${REMEDY}`)
  })
})
