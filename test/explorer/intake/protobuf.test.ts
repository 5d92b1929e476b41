import { SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api'
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import { resourceFromAttributes } from '@opentelemetry/resources'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import fc from 'fast-check'
import { spansOf } from '../../../explorer/intake/otlp-spans.ts'
import { parseExport } from '../../../explorer/intake/parse-export.ts'

const hex = (digits: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${digits}}$`)).filter((id) => !/^0+$/.test(id))
const text = fc.string({ unit: 'grapheme', maxLength: 8 })
const value = fc.oneof(
  text,
  fc.boolean(),
  fc.integer(),
  fc.maxSafeInteger(),
  // Whole ones that a double does not hold exactly are written differently already.
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((one) => one % 1 !== 0),
  fc.array(text, { maxLength: 3 }),
  fc.array(fc.integer(), { maxLength: 3 }),
)
const attributes = fc.dictionary(text, value, { maxKeys: 5 })
const time = fc.tuple(fc.nat(2_000_000_000), fc.nat(999_999_999))
const context = fc.record({ traceId: hex(32), spanId: hex(16), traceFlags: fc.constant(TraceFlags.SAMPLED) })

const span: fc.Arbitrary<ReadableSpan> = fc
  .record({
    name: text,
    own: context,
    parent: fc.option(context, { nil: undefined }),
    startTime: time,
    endTime: time,
    status: fc.record({
      code: fc.constantFrom(SpanStatusCode.UNSET, SpanStatusCode.OK, SpanStatusCode.ERROR),
      message: text,
    }),
    attributes,
    links: fc.array(fc.record({ context, attributes }), { maxLength: 2 }),
    events: fc.array(fc.record({ name: text, time, attributes }), { maxLength: 2 }),
    resource: fc.dictionary(text, text, { maxKeys: 2 }),
  })
  .map(({ own, parent, resource, ...rest }) => ({
    ...rest,
    kind: SpanKind.SERVER,
    spanContext: () => own,
    ...(parent === undefined ? {} : { parentSpanContext: parent }),
    resource: resourceFromAttributes(resource),
    duration: [0, 0],
    ended: true,
    instrumentationScope: { name: 'test', version: '1' },
    droppedAttributesCount: 1,
    droppedEventsCount: 2,
    droppedLinksCount: 300,
  }))

const read = (body: Uint8Array | undefined, encoding: 'json' | 'protobuf') => {
  const parsed = parseExport(Buffer.from(body ?? []), encoding)
  return parsed.kind === 'request' ? spansOf(parsed.request) : parsed
}

/** A field that holds a message, of fewer than 16,384 bytes. */
const field = (number: number, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from([(number << 3) | 2, (body.length & 0x7f) | 0x80, body.length >> 7]), body])
const nested = (depth: number): Buffer =>
  depth === 0 ? field(1, Buffer.from('x')) : field(5, field(1, nested(depth - 1)))
/** An export whose resource has one attribute of that value. */
const request = (value: Buffer): Buffer => field(1, field(1, field(1, field(2, value))))

describe('protobuf', () => {
  it('says what the same export says in JSON, as OpenTelemetry writes both', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 4 }), (spans) => {
        expect(read(ProtobufTraceSerializer.serializeRequest(spans), 'protobuf')).toEqual(
          read(JsonTraceSerializer.serializeRequest(spans), 'json'),
        )
      }),
      { numRuns: 300 },
    )
  })

  it('that was damaged is a request or malformed, and nothing else', () => {
    const damaged = fc
      .tuple(fc.array(span, { minLength: 1, maxLength: 2 }), fc.nat(), fc.nat(255), fc.option(fc.nat()))
      .map(([spans, at, byte, cut]) => {
        const bytes = Buffer.from(ProtobufTraceSerializer.serializeRequest(spans) ?? [])
        bytes[at % bytes.length] = byte
        return cut === null ? bytes : bytes.subarray(0, cut % bytes.length)
      })
    fc.assert(
      fc.property(
        fc.oneof(
          damaged,
          fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
        ),
        (body) => {
          expect(['request', 'malformed']).toContain(parseExport(body, 'protobuf').kind)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['values that are nested too deep', request(nested(100)), 'values are nested too deep'],
    ['a number of more than 64 bits', Buffer.alloc(11, 0xff), 'a number has more than 64 bits'],
    ['a group', Buffer.from([0x0b]), 'there is no wire type 3, as of field 1'],
    ['field 0', Buffer.from([0x00, 0x01]), 'there is no field 0'],
    ['another type', Buffer.from([0x08, 0x01]), 'resourceSpans is of another type'],
  ])('is refused for %s', (_what, body, reason) => {
    expect(parseExport(body, 'protobuf')).toEqual({ kind: 'malformed', reason: `The body is no protobuf: ${reason}.` })
  })
})
