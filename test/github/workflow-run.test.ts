import { workflowRunPayload } from '../payloads/github.ts'
import { eventOf, join, named, translated, wait } from './translated.ts'

const SHA = '3484a3fb816e0859fd6e1cea078d76385ff50625'
const RUN = 'run:https://github.com/octo-org/octo-repo/actions/runs/289782451/attempts'
const PAGE = 'https://github.com/octo-org/octo-repo/actions/runs/289782451'

describe("translating GitHub's workflow runs", () => {
  it('tells the end of a recorded run', () => {
    const payload = workflowRunPayload('completed', {
      name: 'CI',
      event: 'pull_request',
      conclusion: 'failure',
      run_attempt: 2,
      updated_at: '2020-10-05T16:40:00Z',
      head_branch: 'changes',
      pull_requests: [
        { number: 34, base: { repo: { id: 300029405 } } },
        { number: 99, base: { repo: { id: 1 } } },
      ],
      triggering_actor: { login: 'hubot' },
    })
    expect(eventOf('workflow_run', payload)).toEqual({
      key: `${RUN}/2/`,
      operation: 'build',
      stage: 'finished',
      observedMillis: Date.UTC(2020, 9, 5, 16, 40),
      opened: { atMillis: Date.UTC(2020, 9, 5, 16, 33, 49), certainty: 'reported' },
      ended: { atMillis: Date.UTC(2020, 9, 5, 16, 40), certainty: 'reported', result: 'failure' },
      attributes: {
        service: 'github',
        'vcs.provider.name': 'github',
        'vcs.owner.name': 'octo-org',
        'vcs.repository.name': 'octo-repo',
        'vcs.repository.url.full': 'https://github.com/octo-org/octo-repo',
        'build.url': PAGE,
        'build.job.name': 'CI',
        'build.number': 163,
        'build.attempt': 2,
        'build.trigger': 'pull_request',
        'build.started.user.name': 'hubot',
        'cicd.pipeline.name': 'CI',
        'cicd.pipeline.run.id': '289782451',
        'cicd.pipeline.run.url.full': PAGE,
        'scm.branch': 'changes',
        'scm.head.sha': SHA,
        'vcs.ref.head.name': 'changes',
        'vcs.ref.head.revision': SHA,
        'vcs.ref.head.type': 'branch',
      },
      references: {
        head_sha: [named(`head:${SHA}`)],
        merge_sha: [named(`landed:${SHA}`)],
        pull_request_number: [join('pull_request:github.com/octo-org/octo-repo#34')],
        branch: [named('branch:github.com/octo-org/octo-repo:changes')],
        previous_attempt: [wait(`${RUN}/1/`)],
      },
      names: [],
    })
  })

  it.each([
    ['success', 'success'],
    ['neutral', 'success'],
    ['failure', 'failure'],
    ['cancelled', 'cancellation'],
    ['stale', 'cancellation'],
    ['timed_out', 'timeout'],
    ['skipped', 'skip'],
    ['action_required', 'skip'],
    ['startup_failure', 'error'],
    ['a conclusion of tomorrow', 'error'],
  ])('tells the conclusion %s as %s', (conclusion, result) => {
    expect(eventOf('workflow_run', workflowRunPayload('completed', { conclusion })).ended?.result).toBe(result)
  })

  it.each([
    ['requested', null, 'started'],
    ['requested', 'action_required', 'started'],
    ['in_progress', null, 'updated'],
    ['an action of tomorrow', null, 'updated'],
    ['completed', null, 'updated'],
  ])('tells no end by %s with the conclusion %s', (action, conclusion, stage) => {
    const event = eventOf('workflow_run', workflowRunPayload(action, { conclusion }))
    expect(event.stage).toBe(stage)
    expect(event).not.toHaveProperty('ended')
  })

  it('makes do with the fields that an older server has', () => {
    const absent = { run_started_at: undefined, run_attempt: undefined, triggering_actor: undefined }
    const event = eventOf('workflow_run', workflowRunPayload('requested', absent))
    expect(event.key).toBe(`${RUN}/1/`)
    expect(event.opened.atMillis).toBe(Date.UTC(2020, 9, 5, 16, 33, 24))
    expect(event.references).not.toHaveProperty('previous_attempt')
    expect(event.attributes).toMatchObject({
      'build.attempt': 1,
      'build.job.name': 'test',
      'build.started.user.name': 'Codertocat',
    })
  })

  it("names a fork's branch by the fork, and none where the run has none", () => {
    const fork = { name: 'Fork', html_url: 'https://github.com/Contributor/Fork', owner: { login: 'Contributor' } }
    const branchOf = (run: object) => eventOf('workflow_run', workflowRunPayload('requested', run)).references.branch
    expect(branchOf({ head_repository: fork })).toEqual([named('branch:github.com/contributor/fork:master')])
    expect(branchOf({ head_repository: null })).toEqual([named('branch:github.com/octo-org/octo-repo:master')])
    expect(branchOf({ head_branch: null })).toBeUndefined()
  })

  it.each([
    [{ id: '1' }, 'the field workflow_run.id is missing or of the wrong type'],
    [{ updated_at: 'soon' }, 'the field workflow_run.updated_at is not a time'],
    [{ run_started_at: 'soon' }, 'the field workflow_run.run_started_at is not a time'],
  ])('says that %j is malformed', (run, reason) => {
    expect(translated('workflow_run', workflowRunPayload('requested', run))).toEqual({ kind: 'malformed', reason })
  })
})
