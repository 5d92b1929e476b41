import { createServer, request } from 'node:http'
import { localTableAddress } from '../../cli/local-stack.ts'
import { applyEnvironment } from '../../local/environment.ts'
import { type Stack, startStack } from '../../local/stack.ts'
import { temporaryFolder } from '../local/temporary-folder.ts'
import { release, signedHeaders } from '../payloads/events.ts'
import { type Github, openGithub } from '../redeliver/fake-github.ts'
import { TOKEN } from '../support/github-server.ts'
import { listening } from '../support/listening.ts'
import { type OtlpBackend, openOtlpBackend } from '../support/otlp-backend.ts'
import { runCli } from './run-cli.ts'

let [stack, backend, github]: [Stack?, OtlpBackend?, Github?] = []
let undo = () => {}
beforeAll(async () => {
  ;[backend, github] = await Promise.all([openOtlpBackend(), openGithub()])
  undo = applyEnvironment(process.env, {
    ...{ LOG_LEVEL: 'silent', GITHUB_API_URL: github.url, TABLE_NAME: undefined },
    OTEL_EXPORTER_OTLP_ENDPOINT: backend.url,
  })
  stack = await startStack({ port: 0, home: temporaryFolder(), importModule: (file) => import(file) })
})
afterAll(async () => {
  await stack?.stop()
  undo()
  await Promise.all([backend?.close(), github?.close()])
})

const started = () => {
  if (stack === undefined || backend === undefined || github === undefined) throw new Error('nothing was started')
  return { stack, backend, github }
}
const run = (...args: readonly string[]) => runCli(args, { PORT: new URL(started().stack.url).port })

const post = async (id: string) => {
  const { url, secrets } = started().stack
  const body = JSON.stringify(release({ id }))
  const response = await fetch(`${url}/events`, {
    method: 'POST',
    body,
    headers: signedHeaders(body, secrets.events.value),
  })
  expect(response.status).toBe(202)
}

/** Runs a function of the stack so many minutes from now. */
const later = async <T>(minutes: number, work: () => Promise<T>): Promise<T> => {
  const [clock, realNow] = [jest.spyOn(Date, 'now'), performance.timeOrigin]
  clock.mockImplementation(() => Math.floor(realNow + performance.now() + minutes * 60_000))
  try {
    return await work()
  } finally {
    clock.mockRestore()
  }
}
const sweep = () =>
  later(2, () => fetch(`${started().stack.url}/local/functions/sweep`, { method: 'POST' })).then(({ status }) => status)

describe('npx valuestream undeliverable with the local stack alone', () => {
  it('lists what its backend has refused, and has its own sweep send it once more', async () => {
    const { backend } = started()
    expect(await run('undeliverable', 'list')).toEqual({
      ...{ code: 0, out: 'The backend has refused nothing for good.\n', err: '' },
    })
    backend.respondWith({ status: 400 })
    await post('ios-1')
    await post('ios-2')
    expect(await sweep()).toBe(200)

    const listed = await run('undeliverable', 'list')
    expect([listed.code, listed.err]).toEqual([0, ''])
    expect(listed.out.split('\n').map((line) => line.replace(/ {2}[\w ]+ ago$/, ''))).toEqual([
      '2 spans were refused for good, of 2 activities:',
      '',
      'the backend answered 400 (2)',
      expect.stringMatching(/^ {2}event:mobile\/release\/ios-[12]$/),
      expect.stringMatching(/^ {2}event:mobile\/release\/ios-[12]$/),
      '',
      'To send them once more: npx valuestream undeliverable retry --all, or --key with one of them.',
      '',
    ])

    backend.respondWith({ status: 200, body: '{}' })
    expect(await run('undeliverable', 'retry', '--all')).toEqual({
      code: 0,
      out: '2 spans of 2 activities wait in the outbox again; the sweep sends them within two minutes.\n',
      err: '',
    })
    expect(await sweep()).toBe(200)
    expect(backend.spans.map(({ attributes }) => attributes['event.id']).sort()).toEqual(['ios-1', 'ios-2'])
    expect(JSON.parse((await run('undeliverable', 'list', '--json')).out)).toEqual({ activities: [], spans: 0 })
  })
})

describe('npx valuestream redeliver with the local stack alone', () => {
  it('says what it takes where the stack looks after no hook', async () => {
    expect(await run('redeliver')).toEqual({
      ...{ code: 1, out: '' },
      err: 'No hook is looked after: start the local stack with GITHUB_HOOKS and GITHUB_TOKEN set (docs/local-stack.md).\n',
    })
  })

  it('says what is wrong with the setting', async () => {
    const undoHooks = applyEnvironment(process.env, { GITHUB_HOOKS: 'nonsense', GITHUB_TOKEN: TOKEN })
    const failed = await run('redeliver')
    undoHooks()
    expect([failed.code, failed.err]).toEqual([
      1,
      "The local stack's function redeliver has failed: GITHUB_HOOKS has an entry that is no hook: set it to <owner>/<repository>#<number>, <organization>#<number> or app, comma-separated.\n",
    ])
  })

  it('has GitHub deliver again what did not come through the tunnel', async () => {
    const { github } = started()
    const path = '/repos/acme/shop/hooks/123'
    const id = github.add(path, 'while the tunnel was down', 502, Date.now() - 60 * 60_000)
    const undoHooks = applyEnvironment(process.env, { GITHUB_HOOKS: 'acme/shop#123', GITHUB_TOKEN: TOKEN })
    const [first, second] = [await run('redeliver'), await run('redeliver', '--json')]
    undoHooks()
    expect(first).toEqual({ code: 0, out: 'acme/shop#123: 1 delivered again, of 1 looked at\n', err: '' })
    expect(JSON.parse(second.out)).toEqual([
      { hook: 'acme/shop#123', listed: expect.any(Number), redelivered: 0, rejected: 0, waiting: 0 },
    ])
    expect(github.posts()).toEqual([`POST ${path}/deliveries/${id}/attempts`])
  })
})

describe('npx valuestream doctor of a stack that was told of a backend in another shell', () => {
  const PORT = () => ({ PORT: new URL(started().stack.url).port, VALUESTREAM_HOME: started().stack.home })
  const backendOf = async (env: Record<string, string>) =>
    JSON.parse((await runCli(['doctor', '--json'], { ...PORT(), ...env })).out).filter(
      ({ subject }: { readonly subject: string }) => subject === 'backend',
    )

  it('does not praise the receiver that is not in use', async () => {
    expect(await backendOf({})).toEqual([
      {
        ...{ subject: 'backend', state: 'warning' },
        says: `The stack sends its spans to ${started().backend.url}, which this shell does not name, so that no test span was sent.`,
        remedy: 'Set here what it was started with, such as OTEL_EXPORTER_OTLP_ENDPOINT, and run it again.',
      },
    ])
  })

  it('tries the backend where the shell names it as well', async () => {
    expect(await backendOf({ OTEL_EXPORTER_OTLP_ENDPOINT: started().backend.url })).toEqual([
      {
        ...{ subject: 'backend', state: 'ok' },
        says: expect.stringMatching(/\/v1\/traces has taken a test span, trace [0-9a-f]{32}\.$/),
      },
    ])
  })
})

describe('where no local stack runs', () => {
  it.each([[['undeliverable', 'list']], [['undeliverable', 'retry', '--all']], [['redeliver']]])(
    '%j says in a sentence what to do',
    async (args) => {
      expect(await runCli(args, { PORT: '1' })).toEqual({
        ...{ code: 1, out: '' },
        err: 'No local stack answers at http://localhost:1: start it with npx valuestream start, say its PORT, or name a deployment with --stage.\n',
      })
    },
  )

  it('takes nobody else for it, and asks for the stage where a region is named', async () => {
    const { port } = new URL(started().github.url)
    expect(await runCli(['undeliverable', 'list'], { PORT: port })).toEqual({
      ...{ code: 1, out: '' },
      err: `What answers at http://localhost:${port} is no local stack of this version: say its PORT, or start it anew.\n`,
    })
    const [list, again] = [
      await run('undeliverable', 'list', '--region', 'eu-west-1'),
      await run('redeliver', '--region', 'eu-west-1'),
    ]
    expect([list.err, again.err]).toEqual([
      'Name the deployment with --stage, such as prod, or its table with --table.\n',
      'Name the deployment in this region with --stage, such as prod.\n',
    ])
  })

  it('is sent to no table of another machine', async () => {
    const elsewhere = JSON.stringify({ endpoint: 'http://10.0.0.1:8000', name: 'contexts' })
    const server = createServer((_incoming, outgoing) => outgoing.end(elsewhere))
    const url = await listening(server)
    const ask = async () => ({ isOk: true, body: await (await fetch(url)).json() })
    await expect(localTableAddress({ url, ask })).rejects.toThrow(`What answers at ${url} is no local stack`)
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
})

describe('what a running stack tells its operator', () => {
  const asked = (path: string, method: string, headers: Record<string, string>) =>
    new Promise((resolve, reject) => {
      // Not fetch, which sets the header `host` itself.
      request(`${started().stack.url}${path}`, { method, headers }, ({ statusCode }) => resolve(statusCode))
        .on('error', reject)
        .end()
    })

  it('it tells no page of a browser, and nobody through a tunnel', async () => {
    const [page, tunnel] = [{ origin: 'https://evil.example' }, { host: 'shop.tunnel.example' }]
    expect(await asked('/local/table', 'GET', { 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await asked('/local/functions/redeliver', 'POST', page)).toBe(403)
    expect(await asked('/local/table', 'GET', tunnel)).toBe(403)
    expect(await asked('/local/functions/nobodys', 'POST', {})).toBe(404)
  })
})
