import { repositoryPayload } from '../payloads/github.ts'
import { eventOf, translated } from './translated.ts'

const UPDATED = Date.UTC(2019, 4, 15, 15, 20, 41)
const AS_BEFORE = { kind: 'ignored', reason: 'the repository is still called as before' }
const nameFrom = (from: unknown) => ({ repository: { name: { from } } })

describe("translating that GitHub's repositories are called otherwise", () => {
  it('keeps the old name, and under it the new one', () => {
    expect(eventOf('repository', repositoryPayload('renamed', nameFrom('Hello-Earth')))).toEqual({
      key: 'repository:github.com/octocoders/hello-earth',
      operation: 'repository',
      stage: 'started',
      observedMillis: UPDATED,
      opened: { atMillis: UPDATED, certainty: 'reported' },
      attributes: {},
      references: {},
      names: ['key:repository:github.com/octocoders/hello-world'],
    })
  })

  it.each([
    ['a user', { user: { login: 'Octocat' } }, 'octocat'],
    ['an organisation', { organization: { login: 'Acme' } }, 'acme'],
    ['an organisation and no user', { user: null, organization: { login: 'Acme' } }, 'acme'],
  ])('keeps the name that it had with %s', (_who, from, owner) => {
    const event = eventOf('repository', repositoryPayload('transferred', { owner: { from } }))
    expect(event.key).toBe(`repository:github.com/${owner}/hello-world`)
    expect(event.names).toEqual(['key:repository:github.com/octocoders/hello-world'])
  })

  it.each([
    ['edited', { default_branch: { from: 'main' } }],
    ['an action of tomorrow', {}],
    ['renamed', nameFrom('hello-WORLD')],
  ])('ignores %s %j', (action, changes) => {
    expect(translated('repository', repositoryPayload(action, changes))).toEqual(AS_BEFORE)
  })

  it.each([
    ['renamed', {}, {}, 'changes.repository.name.from is missing or of the wrong type'],
    ['renamed', nameFrom(5), {}, 'changes.repository.name.from is missing or of the wrong type'],
    ['transferred', {}, {}, 'changes.owner.from is missing or of the wrong type'],
    ['renamed', nameFrom('x'), { updated_at: 'soon' }, 'repository.updated_at is not a time'],
    ['renamed', nameFrom('x'), { updated_at: null }, 'repository.updated_at is not a time'],
    ['renamed', nameFrom('x'), { html_url: 'x' }, 'repository.html_url is not an address'],
  ])('says that %s %j %j is malformed', (action, changes, repository, fault) => {
    expect(translated('repository', repositoryPayload(action, changes, repository))).toEqual({
      kind: 'malformed',
      reason: `the field ${fault}`,
    })
  })
})
