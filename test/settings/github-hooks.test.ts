import { githubHooks } from '../../lib/settings/github-hooks.ts'
import { readGithubApiUrl } from '../../lib/settings/settings.ts'

describe('the hooks at GitHub', () => {
  it('are of repositories, of organisations and of the App, each once', () => {
    expect(githubHooks(' acme/shop#123, acme#45,app,acme/.github#6,,acme#45 ')).toEqual([
      { kind: 'repository', owner: 'acme', repository: 'shop', id: '123' },
      { kind: 'organization', organization: 'acme', id: '45' },
      { kind: 'app' },
      { kind: 'repository', owner: 'acme', repository: '.github', id: '6' },
    ])
    expect([undefined, '', ' , '].map(githubHooks)).toEqual([[], [], []])
  })

  it.each(['acme/shop', 'acme/shop#', 'acme/shop#x', 'acme/shop/x#1', 'acme/..#1', '#1', 'app#1/', 'apps', 'a b#1'])(
    'are none of the form %s',
    (setting) => {
      expect(() => githubHooks(setting)).toThrow(
        'GITHUB_HOOKS has an entry that is no hook: set it to <owner>/<repository>#<number>, <organization>#<number> or app, comma-separated.',
      )
    },
  )
})

test("GitHub's API may be elsewhere than the host says, at a URL", () => {
  expect(readGithubApiUrl({})).toBeUndefined()
  expect(readGithubApiUrl({ GITHUB_API_URL: 'http://127.0.0.1:3001' })).toBe('http://127.0.0.1:3001')
  expect(() => readGithubApiUrl({ GITHUB_API_URL: 'api.acme.com' })).toThrow(
    "GITHUB_API_URL is not an http or https URL: set it to the base URL of GitHub's REST API, or leave it to GITHUB_HOST.",
  )
})
