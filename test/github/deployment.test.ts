import { deploymentPayload, deploymentStatusPayload } from '../payloads/github.ts'
import { eventOf, join, named, translated, VCS, wait } from './translated.ts'

const SHA = 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e'
const KEY = 'deployment:github.com/codertocat/hello-world#145988746'
const ACTIONS = 'https://github.com/Codertocat/Hello-World/actions/runs/289782451'
const ATTEMPT = 'run:https://github.com/codertocat/hello-world/actions/runs/289782451/attempts'
const RUN = 'https://ci.acme.com/job/shop-deploy/3'

const ATTRIBUTES = {
  ...VCS,
  service: 'github',
  'deployment.id': '145988746',
  'deployment.name': 'deploy',
  'deployment.environment.name': 'production',
  'build.started.user.name': 'Codertocat',
  'scm.head.sha': SHA,
  'vcs.ref.head.name': 'master',
  'vcs.ref.head.revision': SHA,
}
const REFERENCES = {
  head_sha: [named(`head:${SHA}`)],
  merge_sha: [named(`landed:${SHA}`)],
  branch: [named('branch:github.com/codertocat/hello-world:master')],
}

describe("translating GitHub's deployments", () => {
  it('tells the start of a recorded deployment', () => {
    expect(eventOf('deployment', deploymentPayload({ production_environment: true }))).toEqual({
      key: KEY,
      operation: 'deploy',
      stage: 'started',
      observedMillis: Date.UTC(2019, 4, 15, 15, 20, 53),
      opened: { atMillis: Date.UTC(2019, 4, 15, 15, 20, 53), certainty: 'reported' },
      attributes: { ...ATTRIBUTES, 'deployment.production': true },
      references: REFERENCES,
      names: [],
    })
  })

  it('tells the end of a recorded deployment by its status', () => {
    const payload = deploymentStatusPayload({
      environment: 'production-eu',
      environment_url: 'https://shop.acme.com',
      log_url: `${RUN}/console`,
      target_url: 'https://elsewhere.acme.com',
    })
    expect(eventOf('deployment_status', payload)).toEqual({
      key: KEY,
      operation: 'deploy',
      stage: 'finished',
      observedMillis: Date.UTC(2019, 4, 15, 15, 20, 55),
      opened: { atMillis: Date.UTC(2019, 4, 15, 15, 20, 53), certainty: 'reported' },
      ended: { atMillis: Date.UTC(2019, 4, 15, 15, 20, 55), certainty: 'reported', result: 'success' },
      attributes: {
        ...ATTRIBUTES,
        'deployment.environment.name': 'production-eu',
        'deployment.url': 'https://shop.acme.com',
        'build.url': `${RUN}/console`,
      },
      references: { ...REFERENCES, upstream_build: [join(`run:${RUN}/`)] },
      names: [],
      happenings: [
        {
          name: 'deployment_status',
          atMillis: Date.UTC(2019, 4, 15, 15, 20, 55),
          attributes: { 'deployment.state': 'success' },
        },
      ],
    })
  })

  it.each([
    ['success', 'success'],
    ['failure', 'failure'],
    ['error', 'error'],
    ['queued', undefined],
    ['pending', undefined],
    ['in_progress', undefined],
    ['inactive', undefined],
    ['a state of tomorrow', undefined],
  ])('tells the state %s as the end %s', (state, result) => {
    const event = eventOf('deployment_status', deploymentStatusPayload({ state }))
    expect(event.stage).toBe(result === undefined ? 'updated' : 'finished')
    expect(event.ended?.result).toBe(result)
    expect(event.happenings?.[0]?.attributes).toEqual({ 'deployment.state': state })
  })

  it.each([
    [
      'the workflow run that the payload names',
      { workflow_run: { id: 5, run_attempt: 2 } },
      RUN,
      [join(`${ATTEMPT}/2/`.replace('289782451', '5'))],
    ],
    [
      'its first attempt, where none is named',
      { workflow_run: { id: 5 } },
      '',
      [join(`${ATTEMPT}/1/`.replace('289782451', '5'))],
    ],
    ['the run in Jenkins that the log is of', { workflow_run: null }, `${RUN}/console`, [join(`run:${RUN}/`)]],
    ['the workflow run that the log may be of', {}, `${ACTIONS}/job/77`, [wait(`${ATTEMPT}/1/`)]],
    ['the attempt that the log is of', {}, `${ACTIONS}/attempts/3`, [wait(`${ATTEMPT}/3/`)]],
    ['nothing, where the log is elsewhere', {}, ACTIONS.replace('github.com', 'ghe.acme.com'), undefined],
    ['nothing, where the log is of no run', {}, 'https://github.com/Codertocat/Hello-World/runs/1459', undefined],
    ['nothing, where there is no log', {}, '', undefined],
  ])('says that it was made by %s', (_what, more, log_url, upstream_build) => {
    const payload = deploymentStatusPayload({ log_url }, more)
    expect(eventOf('deployment_status', payload).references.upstream_build).toEqual(upstream_build)
    const older = deploymentStatusPayload({ log_url: undefined, target_url: log_url }, more)
    expect(eventOf('deployment_status', older).references.upstream_build).toEqual(upstream_build)
  })

  it('says by what run it was made from its beginning', () => {
    const payload = deploymentPayload({}, { workflow_run: { id: 289782451, run_attempt: 1 } })
    expect(eventOf('deployment', payload).references.upstream_build).toEqual([join(`${ATTEMPT}/1/`)])
  })

  it.each([
    ['a branch', 'feature/x', 'feature/x'],
    ['a branch in full', 'refs/heads/feature/x', 'feature/x'],
    ['the commit', SHA, undefined],
    ['another commit', 'a'.repeat(40), undefined],
    ['the commit in short', SHA.slice(0, 8), undefined],
    ['a branch that reads like a commit', 'deadbeef', 'deadbeef'],
  ])('takes the ref for %s', (_what, ref, branch) => {
    const { attributes, references } = eventOf('deployment', deploymentPayload({ ref }))
    expect(attributes['vcs.ref.head.name']).toBe(branch)
    expect(references.branch).toEqual(
      branch === undefined ? undefined : [named(`branch:github.com/codertocat/hello-world:${branch}`)],
    )
  })

  it('keeps the environment of the deployment where the status has none', () => {
    const event = eventOf('deployment_status', deploymentStatusPayload({ environment: '' }))
    expect(event.attributes['deployment.environment.name']).toBe('production')
  })

  it('says what is malformed', () => {
    expect(translated('deployment', deploymentPayload({ id: null }))).toEqual({
      kind: 'malformed',
      reason: 'the field deployment.id is missing or of the wrong type',
    })
    expect(translated('deployment_status', deploymentStatusPayload({ created_at: 'soon' }))).toEqual({
      kind: 'malformed',
      reason: 'the field deployment_status.created_at is not a time',
    })
    expect(translated('deployment_status', deploymentPayload({}))).toEqual({
      kind: 'malformed',
      reason: 'the field deployment_status is missing or of the wrong type',
    })
  })
})
