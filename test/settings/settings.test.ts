import { secretReader } from '../../lib/settings/secrets.ts'
import { headerList, readExportSettings, readSettings, secretList } from '../../lib/settings/settings.ts'

const ENV = {
  TABLE_NAME: 'contexts',
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://ingest.lightstep.com/traces/otlp/v0.9',
}

describe('settings', () => {
  const read = (env: Readonly<Record<string, string>>) => ({ ...readSettings(env), ...readExportSettings(env, 'a=b') })

  it('have defaults for all that has one', () => {
    expect(read(ENV)).toEqual({
      tableName: 'contexts',
      githubHost: 'github.com',
      url: 'https://ingest.lightstep.com/traces/otlp/v0.9',
      headers: { a: 'b' },
      timeoutMillis: 5000,
      compression: 'none',
    })
  })

  it.each(['http://localhost:4318', 'http://localhost:4318/'])('take %s for a base', (base) => {
    expect(read({ TABLE_NAME: 't', OTEL_EXPORTER_OTLP_ENDPOINT: base }).url).toBe('http://localhost:4318/v1/traces')
  })

  it.each([
    [{ ...ENV, TABLE_NAME: ' ' }, 'TABLE_NAME is not set: set it to the name of the DynamoDB table.'],
    [
      { TABLE_NAME: 't' },
      'OTEL_EXPORTER_OTLP_ENDPOINT is not set: set it to the base URL of an OTLP/HTTP backend, without /v1/traces.',
    ],
    [
      { ...ENV, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'localhost:4318' },
      'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is not an http or https URL: set it to the complete URL that traces are posted to.',
    ],
    [
      { ...ENV, OTEL_EXPORTER_OTLP_TIMEOUT: '10s' },
      'OTEL_EXPORTER_OTLP_TIMEOUT is no such number: set it to a number of milliseconds above 0.',
    ],
    [
      { ...ENV, OTEL_EXPORTER_OTLP_COMPRESSION: 'br' },
      'OTEL_EXPORTER_OTLP_COMPRESSION is neither: set it to gzip or none.',
    ],
  ])('say in one sentence what to do', (env, message) => {
    expect(() => read(env)).toThrow(message)
  })

  it.each([
    ['lightstep', 'lightstep-access-token=t', 'https://ingest.lightstep.com/traces/otlp/v0.9', undefined],
    ['Honeycomb', 'x-honeycomb-team=t', 'https://api.honeycomb.io/v1/traces', undefined],
    ['datadog', 'DD-API-KEY=t', 'https://otlp.datadoghq.com/v1/traces', 18 * 3_600_000],
    ['newrelic', 'api-key=t', 'https://otlp.nr-data.net/v1/traces', 24 * 3_600_000],
    ['jaeger', '', 'http://localhost:4318/v1/traces', undefined],
  ])('know the backend %s', (profile, headers, url, oldestStartMillis) => {
    const { url: found, oldestStartMillis: bound } = readExportSettings({ BACKEND_PROFILE: profile }, headers)
    expect([found, bound]).toEqual([url, oldestStartMillis])
  })

  it('let another address stand in for the backend’s own, with another header', () => {
    const env = {
      BACKEND_PROFILE: 'datadog',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://collector.acme.com/v1/traces',
    }
    expect(readExportSettings(env, 'x=y')).toMatchObject({
      url: 'https://collector.acme.com/v1/traces',
      headers: { x: 'y' },
      oldestStartMillis: 18 * 3_600_000,
    })
  })

  it.each([
    [
      { BACKEND_PROFILE: 'honeycomb' },
      'OTEL_EXPORTER_OTLP_HEADERS lacks the header x-honeycomb-team that the backend wants: set it to the headers that the backend wants, as name=value, comma-separated.',
    ],
    [
      { BACKEND_PROFILE: 'splunk' },
      'BACKEND_PROFILE names no backend that is known: set it to one of generic, lightstep, honeycomb, datadog, newrelic, grafana, jaeger.',
    ],
    [
      { BACKEND_PROFILE: 'grafana' },
      'OTEL_EXPORTER_OTLP_ENDPOINT is not set: set it to the base URL of an OTLP/HTTP backend, without /v1/traces.',
    ],
  ])('say what a backend lacks', (env, message) => {
    expect(() => readExportSettings(env, 'a=b')).toThrow(message)
  })

  it('hold one secret or several', () => {
    expect([undefined, '', 'one', ' new , old,'].map(secretList)).toEqual([[], [], ['one'], ['new', 'old']])
  })

  it("hold headers as OpenTelemetry's specification writes them", () => {
    expect(headerList('lightstep-access-token=abc=, x-scope = a%20b')).toEqual({
      'lightstep-access-token': 'abc=',
      'x-scope': 'a b',
    })
    expect(() => headerList('secret-value')).toThrow('OTEL_EXPORTER_OTLP_HEADERS is not a list of name=value')
    expect(() => headerList('secret-value')).not.toThrow('secret-value')
  })
})

describe('secrets', () => {
  const setUp = (env: Readonly<Record<string, string>>) => {
    const asked: (readonly string[])[] = []
    const stored = new Map([
      ['/p/secret', 'one'],
      ['/p/headers', 'a=b'],
    ])
    const state = { millis: 0, fails: false }
    const read = secretReader(
      env,
      async (names) => {
        asked.push(names)
        if (state.fails) throw new Error('throttled')
        return new Map(await Promise.resolve([...stored].filter(([name]) => names.includes(name))))
      },
      () => state.millis,
    )
    return { asked, stored, state, read: () => read(['GITHUB_WEBHOOK_SECRET', 'OTEL_EXPORTER_OTLP_HEADERS']) }
  }
  const PARAMETERS = {
    GITHUB_WEBHOOK_SECRET_PARAMETER: '/p/secret',
    OTEL_EXPORTER_OTLP_HEADERS_PARAMETER: '/p/headers',
  }

  it('come from the environment without a request', async () => {
    const { asked, read } = setUp({ GITHUB_WEBHOOK_SECRET: 'here' })
    expect(await read()).toEqual(new Map([['GITHUB_WEBHOOK_SECRET', 'here']]))
    expect(asked).toEqual([])
  })

  it('come from the parameters in one request, and again after five minutes', async () => {
    const { asked, stored, state, read } = setUp(PARAMETERS)
    expect([...(await read()).values()]).toEqual(['one', 'a=b'])
    stored.set('/p/secret', 'two')
    state.millis = 5 * 60_000
    expect([...(await read()).values()]).toEqual(['one', 'a=b'])
    state.millis += 1
    expect([...(await read()).values()]).toEqual(['two', 'a=b'])
    expect(asked).toEqual([
      ['/p/secret', '/p/headers'],
      ['/p/secret', '/p/headers'],
    ])
  })

  it('go on serving when they cannot be read again, and fail when they never were', async () => {
    const { state, read } = setUp(PARAMETERS)
    state.fails = true
    await expect(read()).rejects.toThrow('throttled')
    state.fails = false
    await read()
    state.fails = true
    state.millis = 10 * 60_000
    expect([...(await read()).values()]).toEqual(['one', 'a=b'])
  })

  it('are waited for no longer than there is time, by each for himself', async () => {
    let answer: (values: ReadonlyMap<string, string>) => void = () => undefined
    const fetched = new Promise<ReadonlyMap<string, string>>((resolve) => {
      answer = resolve
    })
    const read = secretReader(
      PARAMETERS,
      () => fetched,
      () => 0,
    )
    const patient = read(['GITHUB_WEBHOOK_SECRET'])
    await expect(read(['GITHUB_WEBHOOK_SECRET'], () => 1)).rejects.toThrow('the parameters were not read in time')
    answer(new Map([['/p/secret', 'one']]))
    expect(await patient).toEqual(new Map([['GITHUB_WEBHOOK_SECRET', 'one']]))
  })

  it('are absent when the parameter is missing', async () => {
    const { stored, read } = setUp(PARAMETERS)
    stored.clear()
    expect(await read()).toEqual(new Map())
  })
})
