import { gathererStart, notification } from '../payloads/jenkins.ts'
import { ABOUT_RUN, eventOf, PULL_REQUEST, RUN, SHA, translated } from './translated.ts'

describe("translating the Notification plugin's events", () => {
  it('tells the end of a run', () => {
    const payload = notification({
      phase: 'COMPLETED',
      status: 'UNSTABLE',
      timestamp: 1_557_934_000_000,
      duration: 300_000,
      parameters: { type: 'deploy', deploy_type: 'ami' },
      scm: { url: 'git@github.com:Codertocat/Hello-World.git', branch: 'refs/heads/changes', commit: SHA },
      test_summary: { total: 10, failed: 1, passed: 8, skipped: 1, failed_tests: [] },
    })
    expect(eventOf(payload)).toEqual({
      key: `run:${RUN}`,
      operation: 'deploy',
      stage: 'finished',
      observedMillis: 1_557_934_000_000,
      opened: { atMillis: 1_557_933_700_000, certainty: 'derived' },
      ended: { atMillis: 1_557_934_000_000, certainty: 'reported', result: 'success' },
      attributes: {
        ...ABOUT_RUN,
        'build.result': 'UNSTABLE',
        'build.parameter.type': 'deploy',
        'build.parameter.deploy_type': 'ami',
        'build.tests.total': 10,
        'build.tests.failed': 1,
        'build.tests.skipped': 1,
        'scm.branch': 'changes',
        'scm.head.sha': SHA,
        'scm.head.url': 'git@github.com:Codertocat/Hello-World.git',
        'vcs.ref.head.name': 'changes',
        'vcs.ref.head.revision': SHA,
        'vcs.ref.head.type': 'branch',
        'vcs.provider.name': 'github',
        'vcs.owner.name': 'Codertocat',
        'vcs.repository.name': 'Hello-World',
        'vcs.repository.url.full': 'https://github.com/Codertocat/Hello-World',
      },
      references: {
        pull_request_number: [{ kind: 'activity', key: PULL_REQUEST, unseen: 'join' }],
        head_sha: [{ kind: 'name', name: `head:${SHA}` }],
        merge_sha: [{ kind: 'name', name: `landed:${SHA}` }],
        branch: [{ kind: 'name', name: 'branch:github.com/codertocat/hello-world:changes' }],
      },
      names: [],
    })
  })

  it.each([
    ['QUEUED', { opened: { atMillis: 1_557_933_700_000, certainty: 'estimated' } }],
    ['STARTED', { opened: { atMillis: 1_557_933_700_000, certainty: 'reported' } }],
    [
      'FINALIZED',
      {
        opened: { atMillis: 1_557_933_690_000, certainty: 'estimated' },
        ended: { atMillis: 1_557_933_700_000, certainty: 'estimated', result: 'failure', durationMillis: 10_000 },
      },
    ],
  ])('knows what the time of %s means', (phase, moments) => {
    const { opened, ended } = eventOf(notification({ phase, status: 'FAILURE', duration: 10_000 }))
    expect({ opened, ...(ended === undefined ? {} : { ended }) }).toEqual(moments)
  })

  it('ignores a phase that tells nothing', () => {
    expect(translated(notification({ phase: 'NONE' }))).toEqual({
      kind: 'ignored',
      reason: 'this phase of a run tells neither its start nor its end',
    })
  })

  it('is the same run as the other plugin tells of', () => {
    expect(eventOf(notification({})).key).toBe(eventOf(gathererStart()).key)
  })

  it('says when Jenkins does not know its own address', () => {
    expect(translated(notification({ full_url: undefined }))).toEqual({
      kind: 'malformed',
      reason: 'the field build.full_url is missing or of the wrong type',
    })
  })
})
