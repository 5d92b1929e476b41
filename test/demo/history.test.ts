import { issuesOf } from '../../demo/history/issues.ts'
import type { IssueStory } from '../../demo/history/story.ts'
import { sequencesOf } from '../../demo/webhooks/sequences.ts'
import { translate as translateGithub } from '../../lib/github/translate.ts'
import { translate as translateJenkins } from '../../lib/jenkins/translate.ts'

const requestOf = (webhook: ReturnType<typeof sequencesOf>[number][number]) => ({
  headers: webhook.target.source === 'github' ? { 'x-github-event': webhook.target.event } : {},
  query: {},
  pathParameters: {},
  body: Buffer.from(JSON.stringify(webhook.body())),
})

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0

const deployed = (issues: readonly IssueStory[], deployType: string) =>
  issues.filter(
    (issue) =>
      issue.deployType === deployType &&
      issue.closings.length > 0 &&
      issue.pullRequests.some(({ deploys }) => deploys.length > 0),
  )

describe('the sample history', () => {
  it('is the same for the same seed, to the last byte, and another for another', () => {
    const bodies = (seed: number) =>
      sequencesOf(seed).flatMap((webhooks) => webhooks.map(({ body }) => JSON.stringify(body())))
    const once = bodies(1)
    expect(bodies(1)).toEqual(once)
    expect(bodies(2)).not.toEqual(once)
  })

  it('is of about 300 issues in three repositories and three teams', () => {
    const issues = issuesOf(1)
    expect(issues.length).toBeGreaterThanOrEqual(280)
    expect(issues.length).toBeLessThanOrEqual(320)
    expect(new Set(issues.map(({ repository }) => repository)).size).toBe(3)
    expect(new Set(issues.map(({ team }) => team)).size).toBe(3)
  })

  it('makes issues slow whose deploy is ami, and deploys fail that are mutable', () => {
    const issues = issuesOf(1)
    const duration = (type: string) =>
      median(
        deployed(issues, type).map(({ openedMillis, closings }) => (closings[0]?.closedMillis ?? 0) - openedMillis),
      )
    const failures = (type: string) => {
      const results = deployed(issues, type).flatMap(({ pullRequests }) =>
        pullRequests.flatMap(({ deploys }) => deploys),
      )
      return results.filter(({ result }) => result === 'FAILURE').length / results.length
    }
    expect(duration('ami')).toBeGreaterThan(2 * duration('container'))
    expect(failures('mutable')).toBeGreaterThan(4 * Math.max(failures('ami'), failures('container')))
  })

  it('is of webhooks that ValueStream reads, each of the activity that it says', () => {
    const installation = { githubHost: 'github.com', repositoryOfJob: () => undefined }
    const misread = sequencesOf(1)
      .flat()
      .filter((webhook) => {
        const request = requestOf(webhook)
        const translation =
          webhook.target.source === 'github' ? translateGithub(request) : translateJenkins(request, installation)
        return translation.kind !== 'events'
      })
    expect(misread.map(({ operation, target }) => ({ operation, target }))).toEqual([])
  })
})
