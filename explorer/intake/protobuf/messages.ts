/** How a field is written in OTLP's JSON; the name of a message is one of {@link MESSAGES}. */
export interface FieldShape {
  readonly name: string
  readonly type: 'string' | 'hex' | 'base64' | 'fixed64' | 'int64' | 'enum' | 'double' | 'bool' | MessageName
  readonly isRepeated?: true
}

export type MessageName =
  | 'ExportTraceServiceRequest'
  | 'ResourceSpans'
  | 'Resource'
  | 'ScopeSpans'
  | 'Span'
  | 'Event'
  | 'Link'
  | 'Status'
  | 'KeyValue'
  | 'AnyValue'
  | 'ArrayValue'
  | 'KeyValueList'

export interface MessageShape {
  readonly fields: { readonly [number: number]: FieldShape }
  /** What is there although it was not sent: protobuf sends no value that is the type's default. */
  readonly defaults?: Readonly<Record<string, string>>
}

const attributes = { name: 'attributes', type: 'KeyValue', isRepeated: true } as const

/**
 * What is read of an export request; other fields are passed over, as the protocol demands.
 *
 * Source: github.com/open-telemetry/opentelemetry-proto, collector/trace/v1, trace/v1, resource/v1, common/v1
 */
export const MESSAGES: Readonly<Record<MessageName, MessageShape>> = {
  ExportTraceServiceRequest: { fields: { 1: { name: 'resourceSpans', type: 'ResourceSpans', isRepeated: true } } },
  ResourceSpans: {
    fields: {
      1: { name: 'resource', type: 'Resource' },
      2: { name: 'scopeSpans', type: 'ScopeSpans', isRepeated: true },
    },
  },
  Resource: { fields: { 1: attributes } },
  ScopeSpans: { fields: { 2: { name: 'spans', type: 'Span', isRepeated: true } } },
  Span: {
    fields: {
      1: { name: 'traceId', type: 'hex' },
      2: { name: 'spanId', type: 'hex' },
      4: { name: 'parentSpanId', type: 'hex' },
      5: { name: 'name', type: 'string' },
      7: { name: 'startTimeUnixNano', type: 'fixed64' },
      8: { name: 'endTimeUnixNano', type: 'fixed64' },
      9: attributes,
      11: { name: 'events', type: 'Event', isRepeated: true },
      13: { name: 'links', type: 'Link', isRepeated: true },
      15: { name: 'status', type: 'Status' },
    },
    defaults: { name: '', startTimeUnixNano: '0', endTimeUnixNano: '0' },
  },
  Event: {
    fields: { 1: { name: 'timeUnixNano', type: 'fixed64' }, 2: { name: 'name', type: 'string' }, 3: attributes },
    defaults: { name: '', timeUnixNano: '0' },
  },
  Link: { fields: { 1: { name: 'traceId', type: 'hex' }, 2: { name: 'spanId', type: 'hex' }, 4: attributes } },
  Status: { fields: { 2: { name: 'message', type: 'string' }, 3: { name: 'code', type: 'enum' } } },
  KeyValue: {
    fields: { 1: { name: 'key', type: 'string' }, 2: { name: 'value', type: 'AnyValue' } },
    defaults: { key: '' },
  },
  AnyValue: {
    fields: {
      1: { name: 'stringValue', type: 'string' },
      2: { name: 'boolValue', type: 'bool' },
      3: { name: 'intValue', type: 'int64' },
      4: { name: 'doubleValue', type: 'double' },
      5: { name: 'arrayValue', type: 'ArrayValue' },
      6: { name: 'kvlistValue', type: 'KeyValueList' },
      7: { name: 'bytesValue', type: 'base64' },
    },
  },
  ArrayValue: { fields: { 1: { name: 'values', type: 'AnyValue', isRepeated: true } } },
  KeyValueList: { fields: { 1: { name: 'values', type: 'KeyValue', isRepeated: true } } },
}
