import { apiOf } from '../../lib/github-api/address.ts'
import { githubDeliveries } from '../../lib/github-api/deliveries.ts'
import type { Hook } from '../../lib/redeliver/ports.ts'
import { type Answer, TOKEN } from '../support/github-server.ts'
import { type Github, openGithub } from './fake-github.ts'

const NOW = 1_790_000_000_000
const SHOP: Hook = { kind: 'repository', owner: 'acme', repository: 'shop', id: '123' }
const ACME: Hook = { kind: 'organization', organization: 'acme', id: '45' }
const APP: Hook = { kind: 'app' }

let github: Github
beforeEach(async () => {
  github = await openGithub()
})
afterEach(() => github.close())

const api = (token = TOKEN, timeoutMillis = 5000) =>
  githubDeliveries({ baseUrl: github.url, token, now: () => NOW, timeoutMillis })

describe("GitHub's API", () => {
  it.each([
    ['github.com', 'https://api.github.com', 3],
    ['acme.ghe.com', 'https://api.acme.ghe.com', 3],
    ['github.acme.com', 'https://github.acme.com/api/v3', 7],
  ])('of %s is at %s and keeps deliveries for %d days', (host, baseUrl, days) => {
    expect(apiOf(host)).toEqual({ baseUrl, keptMillis: days * 86_400_000 })
  })

  it.each([
    [SHOP, '/repos/acme/shop/hooks/123'],
    [ACME, '/orgs/acme/hooks/45'],
    [APP, '/app/hook'],
  ])('lists the deliveries of %j page by page, and redelivers one, by numbers beyond 2^53', async (hook, path) => {
    github.state.pageLength = 1
    const [older, newer] = [github.add(path, 'a', 503, NOW - 2000), github.add(path, 'b', 202, NOW - 1000)]
    const rate = (remaining: number) => ({ remaining, resetMillis: 1_800_000_000_000 })
    expect(await api().list(hook, undefined)).toEqual({
      kind: 'page',
      deliveries: [{ id: newer, guid: 'b', deliveredMillis: NOW - 1000, isRedelivery: false, status: 202 }],
      next: `v1_${older}`,
      rate: rate(4999),
    })
    expect(await api().list(hook, `v1_${older}`)).toEqual({
      kind: 'page',
      deliveries: [{ id: older, guid: 'a', deliveredMillis: NOW - 2000, isRedelivery: false, status: 503 }],
      rate: rate(4998),
    })
    expect(await api().redeliver(hook, older)).toEqual({ kind: 'accepted', rate: rate(4997) })
    expect(github.requests).toEqual([
      `GET ${path}/deliveries`,
      `GET ${path}/deliveries v1_${older}`,
      `POST ${path}/deliveries/${older}/attempts`,
    ])
    expect(BigInt(older)).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER))
  })

  it.each([
    [{ status: 429, headers: { 'retry-after': '30' } }, NOW + 30_000],
    [{ status: 403, headers: { 'retry-after': '120' } }, NOW + 120_000],
    [{ status: 403, headers: { 'x-ratelimit-remaining': '0' } }, 1_800_000_000_000],
    [{ status: 429 }, NOW + 60_000],
  ])('wants to be left alone after %j', async (answer: Answer, untilMillis) => {
    github.state.instead = () => answer
    expect(await api().list(SHOP, undefined)).toEqual({ kind: 'limited', untilMillis })
    expect(await api().redeliver(SHOP, '1')).toEqual({ kind: 'limited', untilMillis })
  })

  it.each([
    [
      SHOP,
      401,
      'GitHub does not accept GITHUB_TOKEN for the hook acme/shop#123 (401): it is wrong, has expired or was revoked.',
    ],
    [
      APP,
      401,
      'GitHub does not accept GITHUB_TOKEN for the hook app (401): it must be a JSON Web Token of the App, which is valid for ten minutes at most.',
    ],
    [
      SHOP,
      403,
      'GITHUB_TOKEN may not use the hook acme/shop#123, or there is no such hook (403): a fine-grained token needs the repository permission "Webhooks: read and write", a classic one the scope admin:repo_hook.',
    ],
    [
      ACME,
      404,
      'GITHUB_TOKEN may not use the hook acme#45, or there is no such hook (404): a fine-grained token needs the organization permission "Webhooks: read and write", a classic one the scope admin:org_hook and an owner of the organization.',
    ],
    [
      APP,
      404,
      'GITHUB_TOKEN may not use the hook app, or there is no such hook (404): it must be a JSON Web Token of the App.',
    ],
  ])('says of %j and %d what the token lacks', async (hook, status, message) => {
    github.state.instead = () => ({ status, body: { message: 'no' } })
    expect(await api().list(hook, undefined)).toEqual({ kind: 'denied', message })
    expect(await api().redeliver(hook, '1')).toEqual({ kind: 'denied', message })
  })

  it('never delivers again what it cannot process', async () => {
    github.state.instead = () => ({ status: 422, body: { message: 'no' } })
    expect(await api().redeliver(SHOP, '1')).toEqual({
      kind: 'rejected',
      message: 'GitHub answered 422',
      rate: { remaining: 4999, resetMillis: 1_800_000_000_000 },
    })
  })

  it('may be away, slow, or something else', async () => {
    const message = 'GitHub cannot be reached, or did not answer in time'
    github.state.instead = () => ({ status: 502 })
    expect(await api().list(SHOP, undefined)).toEqual({ kind: 'failed', message: 'GitHub answered 502' })
    github.state.instead = () => ({ status: 200, body: [{ id: 1 }] })
    expect(await api().list(SHOP, undefined)).toEqual({
      kind: 'failed',
      message: 'GitHub answered something else than deliveries',
    })
    github.state.instead = () => ({ status: 0 })
    expect(await api(TOKEN, 50).list(SHOP, undefined)).toEqual({ kind: 'failed', message })
    await github.close()
    expect(await api().redeliver(SHOP, '1')).toEqual({ kind: 'failed', message })
    github = await openGithub()
  })
})
