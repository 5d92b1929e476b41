import type { CompletedSpan } from '../../lib/delivery/span.ts'
import { boundedSpan } from '../../lib/otlp/bounded.ts'

const NOW = Date.UTC(2026, 8, 30)
const HOUR = 3_600_000
const span: CompletedSpan = {
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  name: 'issue',
  kind: 'internal',
  startMillis: NOW - 100 * HOUR,
  endMillis: NOW - HOUR,
  isError: false,
  attributes: { 'issue.number': 1 },
  links: [],
  events: [
    { name: 'review', atMillis: NOW - 90 * HOUR, attributes: {} },
    { name: 'review', atMillis: NOW - 2 * HOUR, attributes: {} },
  ],
}

describe('a span of a backend that takes no start so old', () => {
  it('begins at the bound and bears its true start and duration', () => {
    expect(boundedSpan(span, 24 * HOUR, NOW)).toEqual({
      ...span,
      startMillis: NOW - 24 * HOUR,
      attributes: {
        'issue.number': 1,
        'valuestream.true_start': '2026-09-25T20:00:00.000Z',
        'valuestream.true_duration_millis': 99 * HOUR,
      },
      events: [span.events[1]],
    })
  })

  it('has no duration left when it ended before the bound', () => {
    const old = { ...span, endMillis: NOW - 50 * HOUR }
    expect(boundedSpan(old, 24 * HOUR, NOW)).toMatchObject({
      startMillis: NOW - 24 * HOUR,
      endMillis: NOW - 24 * HOUR,
      attributes: { 'valuestream.true_duration_millis': 50 * HOUR },
    })
  })

  it('is what it is within the bound, and where there is none', () => {
    expect(boundedSpan(span, undefined, NOW)).toBe(span)
    expect(boundedSpan(span, 100 * HOUR, NOW)).toBe(span)
  })
})
