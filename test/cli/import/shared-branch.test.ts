import { openGithub } from '../../../cli/github/client.ts'
import { readBackground } from '../../../cli/import/github/background.ts'
import { listsOf } from '../../../cli/import/github/lists.ts'
import { placeOf } from '../../../cli/import/github/repository.ts'
import { workPart } from '../../../cli/import/github/work.ts'
import { type Apis, openApis, TOKEN } from './api-server.ts'
import { at } from './json.ts'

const SINCE = '2026-01-01T00:00:00Z'
const time = (day: number): string => `2026-01-${String(day).padStart(2, '0')}T10:00:00Z`

const REPOSITORY = { id: 1, name: 'shop', full_name: 'acme/shop', default_branch: 'main' }
const pull = (number: number, base: string, opened: number, closed: number) => ({
  ...{ number, state: 'closed', created_at: time(opened), updated_at: time(closed), closed_at: time(closed) },
  ...{ head: { ref: 'develop', sha: 'c3', repo: { id: 1 } }, base: { ref: base, sha: 'b' }, pull_request: {} },
})
const push = (before: string, after: string, day: number) => ({
  ...{ activity_type: 'push', ref: 'refs/heads/develop', before, after, timestamp: time(day) },
})
const PULLS = [pull(1, 'main', 2, 6), pull(2, 'release/next', 4, 9)]
const SHOP = {
  repository: REPOSITORY,
  lists: new Map<string, readonly ReturnType<typeof pull | typeof push>[]>([
    ['/issues', PULLS],
    ['/activity', [push('c3', 'c4', 10), push('c2', 'c3', 8), push('c1', 'c2', 5), push('c0', 'c1', 3)]],
  ]),
  objects: new Map(PULLS.map((one) => [`/pulls/${one.number}`, one])),
}

let apis: Apis
beforeAll(async () => {
  apis = await openApis(new Map([['acme/shop', SHOP]]))
})
afterAll(() => apis.close())

describe('a push to a branch', () => {
  it('is told of each pull request that is open from it, onto whatever base, as GitHub tells it to each', async () => {
    const env = { GITHUB_TOKEN: TOKEN, GITHUB_API_URL: apis.url }
    const github = openGithub({ host: 'github.com', env, now: Date.now, say: () => {} })
    const place = await placeOf(github, 'acme/shop')
    const lists = listsOf(github, place)
    const background = await readBackground(lists, SINCE, () => {})
    const told: unknown[] = []
    for await (const page of workPart(lists, place, background, SINCE).pages(undefined)) {
      for (const { payload } of page.told.flat())
        if (payload.action === 'synchronize')
          told.push([payload.number, payload.after, at(payload, 'pull_request', 'head', 'sha')])
    }
    expect(told).toEqual([
      [1, 'c1', 'c1'],
      [1, 'c2', 'c2'],
      [2, 'c2', 'c2'],
      [2, 'c3', 'c3'],
    ])
  })
})
