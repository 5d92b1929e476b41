import { openGithub } from '../../../cli/github/client.ts'
import { listsOf } from '../../../cli/import/github/lists.ts'
import { placeOf } from '../../../cli/import/github/repository.ts'
import { type Apis, type Instead, openApis, TOKEN } from './api-server.ts'

const REPOSITORY = { id: 1, name: 'shop', full_name: 'acme/shop', default_branch: 'main' }
const SHOP = {
  repository: REPOSITORY,
  lists: new Map([['/issues', Array.from({ length: 250 }, (_, at) => ({ number: at + 1 }))]]),
  objects: new Map(),
}

let apis: Apis
const said: string[] = []
beforeEach(async () => {
  said.length = 0
  apis = await openApis(new Map([['acme/shop', SHOP]]))
})
afterEach(() => apis.close())

const client = (token: string | undefined = TOKEN) =>
  openGithub({
    host: 'github.com',
    env: { GITHUB_TOKEN: token, GITHUB_API_URL: apis.url },
    now: () => Date.UTC(2026, 0, 1),
    say: (line) => said.push(line),
    secondMillis: 1,
  })

/** The first answers, before the API's own. */
const first = (...answers: readonly Instead[]): void => {
  apis.state.instead = (_request, count) => answers[count - 1]
}

const LIMIT_HEADERS = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '0' }

describe('GitHub, asked for history', () => {
  it('gives a list page by page, with how many there are at the most', async () => {
    const lists = listsOf(client(), { fullName: 'acme/shop' })
    const one = await lists.page('/issues?state=all', 'issues')
    const two = await lists.page('/issues?state=all', 'issues', one.next)
    const three = await lists.page('/issues?state=all', 'issues', two.next)
    expect([one, two, three].map(({ items, total }) => [items.length, total])).toEqual([
      [100, 300],
      [100, 300],
      [50, undefined],
    ])
    expect(three.next).toBeUndefined()
    expect(apis.requests).toEqual([
      'GET /repos/acme/shop/issues?state=all&per_page=100',
      'GET /repos/acme/shop/issues?state=all&per_page=100&page=2',
      'GET /repos/acme/shop/issues?state=all&per_page=100&page=3',
    ])
  })

  it('is waited for when its rate limit is used up, which is said once', async () => {
    first({ status: 403, headers: LIMIT_HEADERS, body: { message: 'API rate limit exceeded' } })
    const github = client()
    expect((await placeOf(github, 'acme/shop')).fullName).toBe('acme/shop')
    expect(said).toEqual([
      expect.stringMatching(/^GitHub's rate limit is used up: waiting until \d\d:\d\d:\d\d, \d+ s\.$/),
    ])
    expect(github.requests()).toBe(2)
  })

  it('is waited for when it asks for fewer requests', async () => {
    first({
      status: 403,
      headers: { 'retry-after': '7' },
      body: { message: 'You have exceeded a secondary rate limit.' },
    })
    expect((await placeOf(client(), 'acme/shop')).fullName).toBe('acme/shop')
    expect(said).toEqual([
      expect.stringMatching(/^GitHub asks for fewer requests: waiting until \d\d:\d\d:\d\d, 7 s\.$/),
    ])
  })

  it('is asked again when it fails', async () => {
    first({ status: 500 }, { status: 502 })
    expect((await placeOf(client(), 'acme/shop')).fullName).toBe('acme/shop')
  })

  it('is followed to the new name of a repository', async () => {
    apis.state.instead = (request) =>
      request === 'GET /repos/acme/old'
        ? { status: 301, headers: { location: `${apis.url}/repos/acme/shop` } }
        : undefined
    expect((await placeOf(client(), 'acme/old')).fullName).toBe('acme/shop')
  })

  it.each([
    [401, 'GitHub does not accept GITHUB_TOKEN (401): it is wrong, has expired or was revoked. Make a new one.'],
    [
      403,
      'GITHUB_TOKEN may not use the repository acme/shop (403): a fine-grained token needs read access to Metadata, Contents, Issues, Pull requests, Actions, Deployments and Commit statuses of the repository, a classic one the scope repo. Where the organisation has single sign-on, authorise the token for it.',
    ],
    [
      404,
      'GitHub shows no repository acme/shop to GITHUB_TOKEN (404): see to the name, or, a fine-grained token needs read access to Metadata, Contents, Issues, Pull requests, Actions, Deployments and Commit statuses of the repository, a classic one the scope repo.',
    ],
    [503, 'GitHub answered 503 four times in a row: run the same command again later.'],
  ])('says in one sentence what %i means', async (status, sentence) => {
    apis.state.instead = () => ({ status, body: { message: 'No' } })
    await expect(placeOf(client(), 'acme/shop')).rejects.toThrow(sentence)
  })

  it('says that it cannot be reached', async () => {
    const github = client()
    await apis.close()
    await expect(placeOf(github, 'acme/shop')).rejects.toThrow(/^GitHub cannot be reached at 127\.0\.0\.1:\d+: /)
    apis = await openApis(new Map())
  })

  it('is not asked without a token', () => {
    expect(() => client('')).toThrow('GITHUB_TOKEN is not set')
  })

  it('is given no token at the address of somebody else', async () => {
    const lists = listsOf(client(), { fullName: 'acme/shop' })
    await expect(lists.page('/issues', 'issues', 'https://evil.example/issues?page=2')).rejects.toThrow(
      'The next page is said to be at https://evil.example',
    )
    expect(apis.requests).toEqual([])
  })
})
