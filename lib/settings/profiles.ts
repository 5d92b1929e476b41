/** What is particular to one backend. */
export interface Profile {
  /** The complete URL that takes traces; absent where it depends on the account. */
  readonly endpoint?: string
  /** The header that bears the token, lower-cased. */
  readonly header?: string
  /** The oldest start of a span that it takes, before now; absent where none is known. */
  readonly oldestStartMillis?: number
  /** Where this is from. */
  readonly source: string
}

const HOUR = 3_600_000

/**
 * The backends that are known by name. All of them take OTLP/HTTP as JSON. A bound on a span's start is the backend's own,
 * or where it keeps silent and drops, what was seen.
 */
export const PROFILES = {
  generic: { source: 'https://opentelemetry.io/docs/specs/otlp/#otlphttp' },
  lightstep: {
    endpoint: 'https://ingest.lightstep.com/traces/otlp/v0.9',
    header: 'lightstep-access-token',
    source: 'https://docs.lightstep.com/docs/use-http-headers (ended for most contracts on 2026-03-01)',
  },
  honeycomb: {
    endpoint: 'https://api.honeycomb.io/v1/traces',
    header: 'x-honeycomb-team',
    source: 'https://docs.honeycomb.io/send-data/opentelemetry/',
  },
  datadog: {
    endpoint: 'https://otlp.datadoghq.com/v1/traces',
    header: 'dd-api-key',
    oldestStartMillis: 18 * HOUR,
    source: 'https://docs.datadoghq.com/opentelemetry/setup/otlp_ingest/traces/ (other sites have another address)',
  },
  newrelic: {
    endpoint: 'https://otlp.nr-data.net/v1/traces',
    header: 'api-key',
    oldestStartMillis: 24 * HOUR,
    source: 'https://docs.newrelic.com/docs/opentelemetry/best-practices/opentelemetry-otlp/',
  },
  grafana: {
    header: 'authorization',
    source: 'https://grafana.com/docs/grafana-cloud/send-data/otlp/ (the address depends on the zone of the stack)',
  },
  jaeger: {
    endpoint: 'http://localhost:4318/v1/traces',
    source: 'https://www.jaegertracing.io/docs/latest/architecture/apis/',
  },
} as const satisfies Record<string, Profile>
export type ProfileName = keyof typeof PROFILES

export const isProfileName = (name: string): name is ProfileName => Object.hasOwn(PROFILES, name)
