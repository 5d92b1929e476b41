import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Stack, startStack } from '../../local/stack.ts'
import { issuesPayload, sign } from '../payloads/github.ts'

const home = mkdtempSync(join(tmpdir(), 'valuestream-stack-'))
afterAll(() => rmSync(home, { recursive: true }))

const start = (folder = home, port = 0, env: Record<string, string> = {}): Promise<Stack> =>
  startStack({
    port,
    home: folder,
    importModule: (file) => import(file),
    ...(Object.keys(env).length === 0 ? {} : { env }),
  })

const close = { state: 'closed', closed_at: '2019-05-16T10:00:00Z', updated_at: '2019-05-16T10:00:00Z' }
const post = async (stack: Stack, payload: object): Promise<number> => {
  const body = JSON.stringify(payload)
  const secret = stack.secrets.github.value
  const headers = {
    'content-type': 'application/json',
    'x-github-event': 'issues',
    'x-hub-signature-256': sign(body, secret),
  }
  return (await fetch(`${stack.url}/github`, { method: 'POST', body, headers })).status
}

const spansOf = async (stack: Stack) =>
  (await stack.warehouse.query('SELECT operation, span_id, result, is_received FROM spans')).map(Object.values)

describe('the local stack', () => {
  it('takes webhooks, keeps what they tell over a restart, and has the span from the table and from its own receiver', async () => {
    process.env.LOG_LEVEL = 'silent'
    const first = await start()
    expect(await post(first, issuesPayload('opened', {}))).toBe(202)
    await first.table.read()
    expect(await spansOf(first)).toEqual([['issue', 'fd65c08e67e0e500', null, false]])
    expect(await post(first, issuesPayload('closed', close))).toBe(202)
    const spans = await spansOf(first)
    expect(spans).toEqual([['issue', 'fd65c08e67e0e500', 'success', true]])
    await first.stop()

    const second = await start()
    expect(second.secrets).toEqual(first.secrets)
    expect(await spansOf(second)).toEqual(spans)
    await second.stop()
  })

  it('keeps its secrets to the user alone', () => {
    expect(statSync(join(home, 'secrets.json')).mode & 0o777).toBe(0o600)
  })

  it('says in one sentence what to do about a file that is none of its own', async () => {
    const other = mkdtempSync(join(tmpdir(), 'valuestream-broken-'))
    writeFileSync(join(other, 'explorer.duckdb'), 'x'.repeat(10_000))
    await expect(start(other)).rejects.toThrow(
      /^The file .*explorer\.duckdb cannot be read \(.*\): move it away, and start again\.$/,
    )
    rmSync(other, { recursive: true })
  })

  it.each([
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318' },
      'OTEL_EXPORTER_OTLP_ENDPOINT is not an http or https URL: set it to the base URL of an OTLP/HTTP backend, without /v1/traces.',
    ],
    [
      { BACKEND_PROFILE: 'honeycomb' },
      'OTEL_EXPORTER_OTLP_HEADERS lacks the header x-honeycomb-team that the backend wants: set it to the headers that the backend wants, as name=value, comma-separated.',
    ],
    [
      { BACKEND_PROFILE: 'honeycom' },
      'BACKEND_PROFILE names no backend that is known: set it to one of generic, lightstep, honeycomb, datadog, newrelic, grafana, jaeger.',
    ],
    [
      { GITHUB_HOOKS: 'acme' },
      'GITHUB_HOOKS has an entry that is no hook: set it to <owner>/<repository>#<number>, <organization>#<number> or app, comma-separated.',
    ],
    [
      { JENKINS_JOB_REPOSITORIES: 'acme/shop' },
      'JENKINS_JOB_REPOSITORIES has an entry that is not <job>=<owner>/<repository>: set it to <job>=<owner>/<repository>, comma-separated, where * in a job stands for anything.',
    ],
  ])('does not start with %j, and says why', async (env, sentence) => {
    await expect(start(home, 0, env)).rejects.toThrow(sentence)
  })

  it('says in one sentence that the port is taken, or the folder', async () => {
    const stack = await start()
    const other = mkdtempSync(join(tmpdir(), 'valuestream-other-'))
    const port = Number(new URL(stack.url).port)
    await expect(start(other, port)).rejects.toThrow(
      `The port ${port} is taken: set PORT to a free one, such as PORT=${port + 1}.`,
    )
    await expect(start()).rejects.toThrow(`Another ValueStream is running with ${home}`)
    await stack.stop()
    rmSync(other, { recursive: true })
  })
})
