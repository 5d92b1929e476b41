import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { applyEnvironment, functionEnvironment } from '../../local/environment.ts'
import { openHome } from '../../local/home.ts'
import { exportsElsewhere, readLocalSettings } from '../../local/settings.ts'
import { temporaryFolder } from './temporary-folder.ts'

const secrets = {
  github: { value: 'g', origin: 'generated' },
  jenkins: { value: 'j', origin: 'generated' },
  events: { value: 'e', origin: 'generated' },
} as const
const addresses = { stackUrl: 'http://127.0.0.1:3000', databaseEndpoint: 'http://127.0.0.1:4567' }

test('without settings the stack listens on 3000 and keeps its data in .valuestream', () => {
  expect(readLocalSettings({}, '/srv')).toEqual({ port: 3000, home: '/srv/.valuestream' })
  expect(readLocalSettings({ PORT: '0', VALUESTREAM_HOME: '/data' }, '/srv')).toEqual({ port: 0, home: '/data' })
})

test.each(['x', '-1', '65536', '3000.5', ' 3000'])('PORT=%s is refused with a sentence', (PORT) => {
  expect(() => readLocalSettings({ PORT }, '/srv')).toThrow(
    `PORT must be a number from 0 to 65535, and it is "${PORT}".`,
  )
})

test('the traces endpoint of the user goes before the general one, and a blank one counts as unset', () => {
  const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://general'
  expect(exportsElsewhere({ OTEL_EXPORTER_OTLP_ENDPOINT })).toBe('http://general')
  expect(exportsElsewhere({ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://traces' })).toBe(
    'http://traces',
  )
  expect(exportsElsewhere({ OTEL_EXPORTER_OTLP_ENDPOINT: ' ' })).toBeUndefined()
})

test('a backend with one address for everybody is named by its profile alone', () => {
  expect(exportsElsewhere({ BACKEND_PROFILE: 'Honeycomb' })).toBe('https://api.honeycomb.io/v1/traces')
  expect(
    exportsElsewhere({ BACKEND_PROFILE: 'honeycomb', OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://collector' }),
  ).toBe('http://collector')
  expect(['grafana', 'generic', 'none', ''].map((BACKEND_PROFILE) => exportsElsewhere({ BACKEND_PROFILE }))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

test("the functions get the stack's addresses, and never a way to a developer's own AWS account", () => {
  const env: Record<string, string | undefined> = {
    AWS_PROFILE: 'work',
    AWS_SESSION_TOKEN: 'real',
    AWS_ACCESS_KEY_ID: 'real',
    TABLE_NAME: 'mine',
    PATH: '/bin',
  }
  const before = { ...env }
  const restore = applyEnvironment(env, functionEnvironment(env, secrets, addresses))
  expect(env).toEqual({
    PATH: '/bin',
    TABLE_NAME: 'mine',
    GITHUB_WEBHOOK_SECRET: 'g',
    JENKINS_WEBHOOK_TOKEN: 'j',
    EVENTS_WEBHOOK_SECRET: 'e',
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:3000/v1/traces',
    AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:4567',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  })
  restore()
  expect(env).toEqual(before)
})

test('the spans go to the backend of the user where there is one', () => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://backend' }
  expect(Object.keys(functionEnvironment(env, secrets, addresses))).not.toContain('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT')
})

test('a home that is no folder, or lies where nothing can be made, is refused with a sentence', () => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, '', { mode: 0o700 })
  for (const home of [file, join(file, 'below')]) {
    expect(() => openHome(home)).toThrow(`The folder ${home} cannot be written: set VALUESTREAM_HOME to one that can.`)
  }
})
