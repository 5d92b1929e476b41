import { jenkins } from '../../lib/jenkins/source.ts'
import { statusPayload } from '../payloads/github.ts'
import { gathererEnd, gathererStart, notification } from '../payloads/jenkins.ts'
import { eventOf, join, named, translated, VCS } from './translated.ts'

const SHA = 'EC26C3E57CA3A959CA5AAD62DE7213C562F8C821'
const AT = Date.UTC(2019, 4, 15, 15, 20, 55)
const JOB = 'https://ci.acme.com/job/codertocat/job/hello-world/job'
const HOME = 'github.com/codertocat/hello-world'
const IGNORED = 'the status tells neither of a run in Jenkins nor of one that waits for its start'

/** As the GitHub Branch Source plugin posts it, of a pull request's head. */
const jenkinsStatus = (fields: object) =>
  statusPayload({
    sha: SHA,
    context: 'continuous-integration/jenkins/pr-head',
    state: 'pending',
    description: 'This commit is being built',
    target_url: `${JOB}/PR-2/3/display/redirect`,
    branches: [{ name: 'changes' }],
    ...fields,
  })

describe("translating GitHub's commit statuses", () => {
  it('tells a run in Jenkins that is under way', () => {
    expect(eventOf('status', jenkinsStatus({}))).toEqual({
      key: `run:${JOB}/PR-2/3/`,
      operation: 'build',
      stage: 'started',
      observedMillis: AT,
      opened: { atMillis: AT, certainty: 'estimated' },
      queuedMillis: AT,
      attributes: {
        ...VCS,
        service: 'jenkins',
        'build.url': `${JOB}/PR-2/3/`,
        'build.ci.url': 'https://ci.acme.com/',
        'build.job.name': 'PR-2',
        'build.job.full_name': 'codertocat/hello-world/PR-2',
        'build.number': 3,
        'build.status.context': 'continuous-integration/jenkins/pr-head',
        'cicd.pipeline.name': 'codertocat/hello-world/PR-2',
        'cicd.pipeline.run.id': '3',
        'cicd.pipeline.run.url.full': `${JOB}/PR-2/3/`,
        'scm.head.sha': SHA,
        'vcs.ref.head.revision': SHA,
      },
      references: {
        head_sha: [named(`head:${SHA.toLowerCase()}`)],
        merge_sha: [named(`landed:${SHA.toLowerCase()}`)],
        pull_request_number: [join(`pull_request:${HOME}#2`)],
        queued: [named(`queued:${JOB}/PR-2@${SHA.toLowerCase()}`)],
      },
      names: [],
    })
  })

  it('tells the end of a run of a branch', () => {
    const payload = jenkinsStatus({
      context: 'continuous-integration/jenkins/branch',
      state: 'success',
      target_url: `${JOB}/feature%252Fx/12/`,
      branches: [{ name: 'feature/x' }, { name: 'other' }, { name: null }],
    })
    const event = eventOf('status', payload)
    expect(event.stage).toBe('finished')
    expect(event.opened).toEqual({ atMillis: AT, certainty: 'estimated' })
    expect(event.ended).toEqual({ atMillis: AT, certainty: 'estimated', result: 'success' })
    expect(event).not.toHaveProperty('queuedMillis')
    expect(event.attributes).toMatchObject({
      'build.job.name': 'feature%2Fx',
      'build.job.full_name': 'codertocat/hello-world/feature%2Fx',
      'build.number': 12,
      'build.result': 'SUCCESS',
      'scm.branch': 'feature/x',
      'vcs.ref.head.name': 'feature/x',
      'vcs.ref.head.type': 'branch',
    })
    expect(event.references).toEqual({
      head_sha: [named(`head:${SHA.toLowerCase()}`)],
      merge_sha: [named(`landed:${SHA.toLowerCase()}`)],
      branch: [named(`branch:${HOME}:feature/x`), named(`branch:${HOME}:other`)],
      queued: [named(`queued:${JOB}/feature%252Fx@${SHA.toLowerCase()}`)],
    })
  })

  const PR = 'continuous-integration/jenkins/pr-head'
  it.each([
    [PR, 'success', 'This commit looks good', 'success', 'SUCCESS'],
    [PR, 'failure', 'This commit failed tests or other validations', 'success', 'UNSTABLE'],
    [PR, 'failure', '3 test failures', 'success', 'UNSTABLE'],
    [PR, 'failure', 'Unstable', 'success', 'UNSTABLE'],
    [PR, 'failure', 'Broken', 'failure', undefined],
    [PR, 'failure', null, 'failure', undefined],
    [PR, 'error', 'This commit cannot be built', 'failure', 'FAILURE'],
    [PR, 'error', 'The build of this commit was aborted', 'cancellation', 'ABORTED'],
    [PR, 'error', 'Something is wrong with the build of this commit', 'skip', 'NOT_BUILT'],
    [PR, 'error', 'Oops', 'failure', undefined],
    ['shop', 'success', 'Build #3 succeeded in 2 min', 'success', undefined],
    ['shop', 'failure', 'Build #3 found unstable in 2 min', 'success', 'UNSTABLE'],
    ['shop', 'failure', '3 test failures', 'failure', undefined],
    ['shop', 'error', 'Build #3 failed in 2 min', 'failure', undefined],
  ])('tells of %s %s "%s" the result %s, in Jenkins\'s words %s', (context, state, description, result, word) => {
    const event = eventOf('status', jenkinsStatus({ context, state, description }))
    expect(event.ended?.result).toBe(result)
    expect(event.attributes['build.result']).toBe(word)
  })

  it.each([
    ['PR-2', 'pr-head', SHA],
    ['PR-2', 'pr-merge', undefined],
    ['PR-2-merge', 'pr-x', undefined],
    ['PR-2-head', 'pr-head', SHA],
    ['master', 'branch', SHA],
  ])('says of %s with context %s that %s was checked out', (leaf, context, sha) => {
    const payload = jenkinsStatus({
      context: `continuous-integration/jenkins/${context}`,
      target_url: `${JOB}/${leaf}/3/`,
    })
    const { attributes, references } = eventOf('status', payload)
    expect([attributes['scm.head.sha'], attributes['vcs.ref.head.revision']]).toEqual([sha, sha])
    expect(references.head_sha).toEqual([named(`head:${SHA.toLowerCase()}`)])
  })

  it.each([
    ['PR-2', ['changes'], undefined],
    ['shop', ['changes'], 'changes'],
    ['shop', ['changes', 'master'], undefined],
    ['master', ['changes', 'master'], 'master'],
    ['shop', [], undefined],
  ])('says of %s with the branches %j that %s was built', (leaf, branches, branch) => {
    const target_url = `${JOB}/${leaf}/3/`
    const event = eventOf('status', jenkinsStatus({ target_url, branches: branches.map((name) => ({ name })) }))
    expect(event.attributes['scm.branch']).toBe(branch)
    expect(event.attributes['vcs.ref.head.type']).toBe(branch === undefined ? undefined : 'branch')
  })

  it('looks for no more than ten branches', () => {
    const branches = Array.from({ length: 12 }, (_, index) => ({ name: `b${index}` }))
    const event = eventOf('status', jenkinsStatus({ target_url: `${JOB}/shop/3/`, branches }))
    expect(event.references.branch).toHaveLength(10)
  })

  it.each([
    ['PR-12', [join(`pull_request:${HOME}#12`)]],
    ['PR-12-merge', [join(`pull_request:${HOME}#12`)]],
    ['PR-12-head', [join(`pull_request:${HOME}#12`)]],
    ['PR-12-fix', undefined],
    ['master', undefined],
  ])('says of a job %s what it is of', (leaf, pull_request_number) => {
    const { references } = eventOf('status', jenkinsStatus({ target_url: `${JOB}/${leaf}/3/` }))
    expect(references.pull_request_number).toEqual(pull_request_number)
    expect(references.branch === undefined).toBe(pull_request_number !== undefined)
  })

  it("knows the run by its page in Blue Ocean, and the controller's own path", () => {
    const page = 'https://ci.acme.com/jenkins/blue/organizations/jenkins/shop%2Fapp/detail/PR-2/3/pipeline'
    const event = eventOf('status', jenkinsStatus({ target_url: page }))
    expect(event.key).toBe('run:https://ci.acme.com/jenkins/job/shop/job/app/job/PR-2/3/')
    expect(event.attributes['build.ci.url']).toBe('https://ci.acme.com/jenkins/')
    expect(event.attributes['build.job.full_name']).toBe('shop/app/PR-2')
  })

  it("says of a run what Jenkins's own plugins say", () => {
    const status = eventOf('status', jenkinsStatus({ sha: SHA.toLowerCase() }))
    const scm = gathererStart().scmInfo
    const installation = { githubHost: 'github.com', repositoryOfJob: () => undefined }
    const told = [gathererStart(), gathererEnd(), notification({ scm: { ...scm, branch: undefined } })].map((payload) =>
      jenkins.translate(
        { headers: {}, query: {}, pathParameters: {}, body: Buffer.from(JSON.stringify(payload)) },
        installation,
      ),
    )
    for (const translation of told) {
      if (translation.kind !== 'events') throw new Error(JSON.stringify(translation))
      const [event] = translation.events
      expect(status.key).toBe(event?.key)
      const shared = Object.keys(status.attributes).filter((name) => name in (event?.attributes ?? {}))
      expect(shared.length).toBeGreaterThan(8)
      for (const name of shared as (keyof typeof status.attributes)[]) {
        expect([name, status.attributes[name]]).toEqual([name, event?.attributes[name]])
      }
    }
  })

  it('tells the wait of a run that has no number yet', () => {
    const payload = jenkinsStatus({
      context: 'continuous-integration/jenkins/pr-merge',
      description: 'This commit is scheduled to be built',
      target_url: `${JOB}/PR-2/display/redirect`,
    })
    expect(eventOf('status', payload)).toEqual({
      key: `queue:${JOB}/PR-2@${SHA.toLowerCase()}`,
      operation: 'queue',
      stage: 'started',
      observedMillis: AT,
      opened: { atMillis: AT, certainty: 'reported' },
      reopenedMillis: AT,
      attributes: {},
      references: {},
      names: [`queued:${JOB}/PR-2@${SHA.toLowerCase()}`],
    })
  })

  it('finds in the reference of a run the name of its wait, whatever the job is called', () => {
    for (const leaf of ['PR-2', 'job', 'feature%252Fx']) {
      const waits = eventOf('status', jenkinsStatus({ target_url: `${JOB}/${leaf}/display/redirect` }))
      const runs = eventOf('status', jenkinsStatus({ target_url: `${JOB}/${leaf}/3/display/redirect` }))
      expect(runs.references.queued).toEqual(waits.names.map(named))
    }
  })

  it.each([
    ['of no page', { target_url: null }, 'the status names no page, so it is that of no run in Jenkins'],
    ['of something else', { target_url: 'https://travis-ci.com/acme/shop/builds/3' }, IGNORED],
    ['of what is no address', { target_url: 'soon' }, IGNORED],
    ['of a job, with an end', { state: 'success', target_url: `${JOB}/PR-2/` }, IGNORED],
    ['of a job, by somebody else', { context: 'lint', target_url: `${JOB}/PR-2/` }, IGNORED],
    ['of a run, in a state of tomorrow', { state: 'skipped' }, IGNORED],
  ])('ignores a status %s', (_what, fields, reason) => {
    expect(translated('status', jenkinsStatus(fields))).toEqual({ kind: 'ignored', reason })
  })

  it.each([
    [{ sha: null }, 'the field sha is missing or of the wrong type'],
    [{ created_at: 'soon' }, 'the field created_at is not a time'],
  ])('says that %j is malformed', (fields, reason) => {
    expect(translated('status', jenkinsStatus(fields))).toEqual({ kind: 'malformed', reason })
  })
})
