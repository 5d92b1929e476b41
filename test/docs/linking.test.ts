import { readFileSync } from 'node:fs'
import { markedActivities } from '../../lib/delivery/marker.ts'
import { branchNumber } from '../../lib/github/branch-number.ts'
import { closedIssues } from '../../lib/github/closing-keywords.ts'
import { jobRepositories } from '../../lib/settings/job-repositories.ts'
import { eventOf } from '../events/translated.ts'
import { SHOP } from '../support/events.ts'

const page = readFileSync('docs/linking.md', 'utf8')
const section = /## To copy\n([\s\S]*?)\n## /.exec(page)?.[1] ?? ''
const lines = section
  .split('\n')
  .filter((line) => /^ {4}\S/.test(line))
  .map((line) => line.trim())

describe('what the page on linking gives to copy', () => {
  it('is read as the page says', () => {
    const [closing = '', marker = '', branch = '', jobs = ''] = lines
    expect(closedIssues(closing, SHOP)).toEqual(['issue:github.com/acme/shop#12', 'issue:github.com/acme/payments#7'])
    expect(markedActivities(marker, 'github.com', SHOP)).toEqual(['issue:github.com/acme/shop#12'])
    expect(branchNumber(branch)).toBe(12)
    const repositoryOf = jobRepositories(jobs, 'github.com')
    expect([repositoryOf('shop-deploy')?.name, repositoryOf('platform/api')?.name, repositoryOf('x')]).toEqual([
      'shop',
      'platform',
      undefined,
    ])
  })

  it('names the pull request of a deploy, and the parent of an event', () => {
    const value = /name: 'vstrace-trace-id', value: '([^']+)'/.exec(section)?.[1] ?? ''
    expect(markedActivities(value, 'github.com', undefined)).toEqual(['pull_request:github.com/acme/shop#34'])
    const json = /```json\n([\s\S]*?)```/.exec(section)?.[1] ?? ''
    expect(eventOf(JSON.parse(json)).references).toEqual({
      marker: [{ kind: 'activity', key: 'pull_request:github.com/acme/shop#34', unseen: 'join' }],
    })
  })
})
