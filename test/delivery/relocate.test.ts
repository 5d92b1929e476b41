import { issueKey, pullRequestKey, repository, repositoryKey } from '../../lib/delivery/activity.ts'
import type { Summary } from '../../lib/delivery/context.ts'
import { branchName, joinActivity, keyName, lookUp } from '../../lib/delivery/reference.ts'
import { formerNames, relocate } from '../../lib/delivery/relocate.ts'
import { opened } from '../support/events.ts'

const [SHOP, STORE, MARKET] = ['shop', 'store', 'market'].map((name) => repository('github.com', 'acme', name)) as [
  ReturnType<typeof repository>,
  ReturnType<typeof repository>,
  ReturnType<typeof repository>,
]
const renamed = (from: typeof SHOP, atMillis: number): Summary => ({
  key: repositoryKey(from),
  traceId: 't',
  openings: [atMillis],
})
const event = {
  ...opened,
  key: pullRequestKey(STORE, 3),
  references: { closing_keyword: [joinActivity(issueKey(STORE, 1))], branch: [lookUp(branchName(SHOP, 'a:b'))] },
  names: [branchName(STORE, 'x')],
}

describe('a repository that was renamed', () => {
  it('is looked for under each name that an event speaks of', () => {
    expect([...formerNames(event)].sort()).toEqual([keyName(repositoryKey(SHOP)), keyName(repositoryKey(STORE))])
    expect(formerNames({ ...event, key: repositoryKey(SHOP) })).toEqual([])
  })

  it('keeps the name by which it was first known, wherever it stands', () => {
    const known = new Map([[keyName(repositoryKey(STORE)), [renamed(SHOP, 5)]]])
    expect(relocate(event, known)).toEqual({
      ...event,
      key: pullRequestKey(SHOP, 3),
      references: { closing_keyword: [joinActivity(issueKey(SHOP, 1))], branch: [lookUp(branchName(SHOP, 'a:b'))] },
      names: [branchName(SHOP, 'x')],
    })
  })

  it('is the very event where nothing was renamed', () => {
    const own = new Map([[keyName(repositoryKey(STORE)), [renamed(STORE, 5)]]])
    expect(relocate(event, new Map())).toBe(event)
    expect(relocate(event, own)).toBe(event)
  })

  it('is followed a step at a time, and ends where a repository got its first name back', () => {
    const chain = new Map([
      [keyName(repositoryKey(MARKET)), [renamed(STORE, 9)]],
      [keyName(repositoryKey(STORE)), [renamed(SHOP, 5), renamed(STORE, 9)]],
      [keyName(repositoryKey(SHOP)), [renamed(SHOP, 5), renamed(MARKET, 12)]],
    ])
    const at = (of: typeof SHOP) => ({ ...opened, key: issueKey(of, 1) })
    expect(relocate(at(MARKET), chain).key).toBe(issueKey(STORE, 1))
    expect(relocate(at(STORE), chain).key).toBe(issueKey(SHOP, 1))
    expect(relocate(at(SHOP), chain).key).toBe(issueKey(SHOP, 1))
  })
})
