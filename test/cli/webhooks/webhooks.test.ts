import { openGithub } from '../../../cli/github/client.ts'
import { addedText, addHook, hookAt } from '../../../cli/webhooks/add.ts'
import { hooksOf, ownerOf } from '../../../cli/webhooks/hooks.ts'
import { pingHook } from '../../../cli/webhooks/test.ts'
import { type HookServer, openHooks, TOKEN } from './hook-server.ts'

const URL_OF_SHOP = 'https://abc.execute-api.eu-west-1.amazonaws.com/github'
const EVENTS = [
  ...['issues', 'sub_issues', 'pull_request', 'pull_request_review', 'push', 'status', 'workflow_run'],
  ...['deployment', 'deployment_status', 'repository'],
]
const AS_IT_HAS_TO_BE = {
  id: 100,
  active: true,
  events: EVENTS,
  config: { url: URL_OF_SHOP, content_type: 'json', insecure_ssl: '0', secret: 's3cret' },
}

let server: HookServer
beforeEach(async () => {
  server = await openHooks('/repos/acme/shop/hooks')
})
afterEach(() => server.close())

const hooks = (repo = 'acme/shop') => {
  const env = { GITHUB_TOKEN: TOKEN, GITHUB_API_URL: server.url }
  // A wait of a second is none: octokit makes changes a second apart.
  const github = openGithub({ host: 'github.com', env, now: () => 0, say: () => {}, secondMillis: 1 })
  return hooksOf(github, ownerOf({ repo }))
}
const noPause = async () => Promise.resolve()

describe('the webhook of GitHub', () => {
  it('is made with all events that are read, JSON, a checked certificate and the secret', async () => {
    const added = await addHook(hooks(), URL_OF_SHOP, 's3cret', false)
    expect(added).toEqual({ outcome: 'created', id: 100, faults: [] })
    expect([...server.hooks.values()]).toEqual([AS_IT_HAS_TO_BE])
  })

  it('is made for an organisation', async () => {
    await server.close()
    server = await openHooks('/orgs/acme/hooks')
    const env = { GITHUB_TOKEN: TOKEN, GITHUB_API_URL: server.url }
    const github = openGithub({ host: 'github.com', env, now: () => 0, say: () => {} })
    await addHook(hooksOf(github, ownerOf({ org: 'acme' })), URL_OF_SHOP, 's3cret', false)
    expect(server.requests).toEqual(['GET /orgs/acme/hooks', 'POST /orgs/acme/hooks'])
  })

  it('is left alone when it is as it has to be', async () => {
    server.hooks.set(100, AS_IT_HAS_TO_BE)
    expect(await addHook(hooks(), `${URL_OF_SHOP}/`, undefined, false)).toEqual({
      outcome: 'unchanged',
      id: 100,
      faults: [],
    })
    expect(server.requests).toEqual(['GET /repos/acme/shop/hooks'])
  })

  it('is put right where it is not, which is said', async () => {
    server.hooks.set(100, {
      id: 100,
      active: false,
      events: ['issues', 'star'],
      config: { url: URL_OF_SHOP, content_type: 'form', insecure_ssl: '1' },
    })
    const added = await addHook(hooks(), URL_OF_SHOP, 's3cret', false)
    expect(addedText(added, URL_OF_SHOP, 'acme/shop')).toBe(
      'Put right the webhook 100 of acme/shop: it is switched off; it does not send sub_issues, pull_request, pull_request_review, push, status, workflow_run, deployment, deployment_status, repository; it sends star as well; its content type is not application/json; it does not verify the certificate; it has no secret.',
    )
    expect([...server.hooks.values()]).toEqual([AS_IT_HAS_TO_BE])
  })

  it('is never made or changed without a secret', async () => {
    await expect(addHook(hooks(), URL_OF_SHOP, undefined, false)).rejects.toThrow('Set GITHUB_WEBHOOK_SECRET')
    expect(server.hooks.size).toBe(0)
  })

  it('gets its secret anew when that is asked for', async () => {
    server.hooks.set(100, AS_IT_HAS_TO_BE)
    expect(await addHook(hooks(), URL_OF_SHOP, 'new', true)).toEqual({ outcome: 'updated', id: 100, faults: [] })
    expect(server.hooks.get(100)?.config.secret).toBe('new')
  })

  it.each([
    ['OK', 200, true, 'The ping was answered 200 after 0.27 s: the address and the secret are right.'],
    [
      'Unauthorized',
      401,
      false,
      'The ping was answered 401 after 0.27 s: the secrets differ. Set the one of the deployment with npx valuestream webhooks add --force.',
    ],
    [
      'Not Found',
      404,
      false,
      'The ping was answered 404 after 0.27 s: nothing of ValueStream is there. The address must end in /github.',
    ],
    [
      'Service Timeout',
      0,
      false,
      'The ping was answered with nothing (Service Timeout) after 0.27 s: GitHub waits ten seconds. See to the function, and to what stands in front of it.',
    ],
    [
      'failed to connect to host',
      0,
      false,
      'The ping was answered with nothing (failed to connect to host) after 0.27 s: GitHub cannot reach the address. It must be open to the internet, with a certificate that GitHub trusts.',
    ],
  ])('is pinged: %s %i', async (status, status_code, isGood, sentence) => {
    server.hooks.set(100, AS_IT_HAS_TO_BE)
    server.state.ping = { status, status_code }
    expect(await pingHook(hooks(), 100, noPause)).toEqual({ isGood, sentence })
  })

  it('is not found where there is none', async () => {
    await expect(hookAt(hooks(), URL_OF_SHOP, 'acme/shop')).rejects.toThrow(
      `acme/shop has no webhook to ${URL_OF_SHOP}: make it with npx valuestream webhooks add.`,
    )
  })

  it('takes a token with the right to webhooks, which is said', async () => {
    server.state.refuse = 403
    await expect(hooks().list()).rejects.toThrow(
      'GITHUB_TOKEN may not use the webhooks of acme/shop (403): a fine-grained token needs the repository permission "Webhooks: read and write", a classic one the scope admin:repo_hook.',
    )
  })

  it('is of a repository or of an organisation', () => {
    expect(() => ownerOf({})).toThrow('Say whose webhooks')
    expect(() => ownerOf({ repo: '../x' })).toThrow('Say whose webhooks')
  })
})
