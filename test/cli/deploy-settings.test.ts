import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { parameterName, SECRET_SETTINGS } from '../../cli/aws/parameters.ts'
import { settingsIn } from '../../cli/deploy/deployed.ts'
import { toldParams, writtenParams } from '../../cli/deploy/settings.ts'

const NOTED = 'infra/settings.yml'
const FILES = [
  'serverless.yml',
  ...['infra', 'functions'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.yml'))
      .map((file) => join(folder, file)),
  ),
]

/** The settings that a file reads. */
const readIn = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/\$\{param:([\w-]+)/g)].map(([, name = '']) => name)

const noted = settingsIn(parse(readFileSync(NOTED, 'utf8').replace(/defaults: .*/, 'defaults: {}')))?.params ?? {}

describe('what the template notes for the next deployment', () => {
  it('is every setting that is read anywhere, and every one that serverless.yml has', () => {
    const read = new Set(FILES.filter((file) => file !== NOTED).flatMap(readIn))
    expect(Object.keys(noted).sort()).toEqual([...read].sort())
    expect(Object.keys(noted).sort()).toEqual(Object.keys(writtenParams('.', 'prod').default).sort())
  })

  it('is of each setting its own value', () => {
    expect(noted).toEqual(Object.fromEntries(Object.keys(noted).map((name) => [name, `\${param:${name}}`])))
  })

  it('is no secret', () => {
    const secrets = SECRET_SETTINGS.map((setting) => parameterName('prod', setting).split('/').at(-1))
    expect(Object.keys(noted).filter((name) => secrets.includes(name) || /token|secret|headers/.test(name))).toEqual([])
    expect(readFileSync(NOTED, 'utf8')).not.toMatch(/\$\{(?:env|ssm|self:custom)/)
  })
})

describe('what the framework is told', () => {
  const written = {
    default: { backend: 'lightstep', 'otlp-traces-endpoint': '', 'github-host': 'github.com', 'throttle-rate': '100' },
    stage: {},
  }
  const params = {
    ...written.default,
    ...{ backend: 'generic', 'otlp-traces-endpoint': 'https://c.example/v1/traces' },
  }
  const deployed = { params, defaults: written.default }

  it('is what was said, and what the last one was told and nobody has written', () => {
    expect(toldParams({}, deployed, written)).toEqual({
      ...{ backend: 'generic', 'otlp-traces-endpoint': 'https://c.example/v1/traces' },
    })
    expect(toldParams({ backend: 'honeycomb' }, deployed, written)).toEqual({ backend: 'honeycomb' })
    expect(toldParams({}, deployed, { ...written, stage: { backend: 'datadog' } })).toEqual({
      'otlp-traces-endpoint': 'https://c.example/v1/traces',
    })
  })

  it('is neither a default that has changed meanwhile, nor a setting that is no more', () => {
    const changed = { ...written, default: { ...written.default, 'throttle-rate': '300' } }
    expect(toldParams({ backend: 'honeycomb' }, deployed, changed)).toEqual({ backend: 'honeycomb' })
    const older = { ...deployed, params: { ...params, 'once-was': 'x' } }
    expect(toldParams({ backend: 'honeycomb' }, older, written)).toEqual({ backend: 'honeycomb' })
  })

  it('comes from serverless.yml where that says it', () => {
    expect(writtenParams('.', 'prod').default).toMatchObject({ backend: 'lightstep', 'throttle-rate': '100' })
    expect(writtenParams('.', 'prod').stage).toEqual({})
  })
})
