import { openSystem, type System } from '../support/system.ts'
import { expectExplained, openStory as open, type Story } from './story.ts'

let system: System
beforeAll(async () => {
  system = await openSystem({ JENKINS_JOB_REPOSITORIES: '*-mapped=codertocat/story-mapped' })
})
afterAll(() => system.close())

let told: Story | undefined
const openStory = (of: System): Story => {
  told = open(of)
  return told
}
afterEach(async () => {
  if (told !== undefined) await expectExplained(told)
})

const JOB = 'ci/anything'

describe('a pull request belongs to an issue', () => {
  it('by a marker, before what its body closes', async () => {
    const story = openStory(system)
    await story.issue(1, 'opened', 0)
    await story.issue(2, 'opened', 1)
    await story.pull(3, 'opened', 2, {
      branch: `vstrace-github-issue-codertocat/${story.repository}-2-fix-it`,
      body: 'Closes #1',
    })
    await story.merged(3, 9, story.sha('merge'))
    await story.issue(1, 'closed', 10)
    await story.issue(2, 'closed', 11)
    expect(story.tree()).toEqual([
      'issue #1 0-10 success',
      'issue #2 1-11 success',
      '  pull_request #3 2-9 success, by marker, closing_keyword issue #1',
    ])
  })

  it('by closing keywords: the first is its parent, the others are links', async () => {
    const story = openStory(system)
    for (const number of [1, 2, 3]) await story.issue(number, 'opened', number)
    await story.pull(4, 'opened', 5, { body: 'Fixes #2, closes #1 and resolves: #3' })
    await story.merged(4, 9, story.sha('merge'))
    for (const number of [1, 2, 3]) await story.issue(number, 'closed', 10 + number)
    expect(story.tree()).toEqual([
      'issue #1 1-11 success',
      'issue #2 2-12 success',
      '  pull_request #4 5-9 success, by closing_keyword, closing_keyword issue #1, closing_keyword issue #3',
      'issue #3 3-13 success',
    ])
  })

  it('by the number in the name of its branch, where such an issue is known', async () => {
    const story = openStory(system)
    await story.issue(12, 'opened', 0)
    await story.pull(13, 'opened', 1, { branch: '12-fix-it' })
    await story.pull(14, 'opened', 2, { branch: 'release/2024-01' })
    await story.merged(13, 3, story.sha('one'))
    await story.merged(14, 4, story.sha('two'))
    await story.issue(12, 'closed', 5)
    expect(story.tree()).toEqual([
      'issue #12 0-5 success',
      '  pull_request #13 1-3 success, by branch_number',
      'pull_request #14 2-4 success',
    ])
  })
})

describe('a build belongs to a pull request', () => {
  it.each(['PR-2', 'PR-2-merge', 'PR-2-head'])('by the number in the name of its job, %s', async (leaf) => {
    const story = openStory(system)
    await story.pull(2, 'opened', 0)
    await story.started(`Codertocat/${story.repository}/${leaf}`, 1, 1)
    await story.ended(`Codertocat/${story.repository}/${leaf}`, 1, 4, 3)
    await story.closedUnmerged(2, 9)
    expect(story.tree()).toEqual([
      'pull_request #2 0-9 cancellation',
      `  build ${leaf}#1 1-4 success, by pull_request_number`,
    ])
  })

  it('by the parameter CHANGE_ID', async () => {
    const story = openStory(system)
    await story.pull(2, 'opened', 0)
    const job = `Codertocat/${story.repository}/smoke`
    await story.started(job, 1, 1, { parameters: { CHANGE_ID: '2' } })
    await story.ended(job, 1, 4, 3)
    await story.closedUnmerged(2, 9)
    expect(story.tree()[1]).toBe('  build smoke#1 1-4 success, by change_id')
  })

  it('by a commit that was its head, also an earlier one', async () => {
    const story = openStory(system)
    const [first, second] = [story.sha('first'), story.sha('second')]
    await story.pull(2, 'opened', 0, { sha: first })
    await story.pull(2, 'synchronize', 3, { sha: second }, { before: first, after: second })
    for (const [number, commit] of [first, second].entries()) {
      const job = `${JOB}-${story.repository}`
      await story.ended(job, number + 1, 5 + number, 1, { scmInfo: { url: '', branch: '', commit } })
    }
    await story.closedUnmerged(2, 9)
    expect(story.tree()).toEqual([
      'pull_request #2 0-9 cancellation',
      `  build anything-${story.repository}#1 4-5 success, by head_sha`,
      `  build anything-${story.repository}#2 5-6 success, by head_sha`,
    ])
  })

  it('by the commit of its merge or squash', async () => {
    const story = openStory(system)
    await story.pull(2, 'opened', 0)
    await story.merged(2, 3, story.sha('merge'))
    const scmInfo = {
      url: `https://github.com/Codertocat/${story.repository}`,
      branch: 'master',
      commit: story.sha('merge'),
    }
    await story.ended(`Codertocat/${story.repository}/master`, 7, 6, 2, { scmInfo })
    expect(story.tree()).toEqual(['pull_request #2 0-3 success', '  build master#7 4-6 success, by merge_sha'])
  })

  it('by its branch, in the same repository and not in another of the same name', async () => {
    const story = openStory(system)
    await story.pull(2, 'opened', 0, { branch: 'feature/x' })
    const at = (owner: string) => ({
      scmInfo: {
        url: `git@github.com:${owner}/${story.repository}.git`,
        branch: 'refs/remotes/up/feature/x',
        commit: '',
      },
    })
    await story.ended(`a/${story.repository}`, 1, 2, 1, at('Codertocat'))
    await story.ended(`b/${story.repository}`, 1, 4, 1, at('globex'))
    await story.closedUnmerged(2, 9)
    expect(story.tree()).toEqual([
      'pull_request #2 0-9 cancellation',
      `  build ${story.repository}#1 1-2 success, by branch`,
      `build ${story.repository}#1 3-4 success`,
    ])
  })

  it('by the repository that the settings give its job', async () => {
    const story = openStory(system)
    const mapped = { parameters: { CHANGE_ID: '5' } }
    await story.started(`${story.repository}-mapped`, 1, 1, mapped)
    const { body } = await story.ended(`${story.repository}-mapped`, 1, 2, 1)
    expect(body.outcome).toBe('recorded')
    expect(story.spans()[0]?.attributes['valuestream.link.reason']).toBe('change_id')
    expect(story.spans()[0]?.attributes['vcs.repository.url.full']).toBe('https://github.com/codertocat/story-mapped')
  })

  it('once, whether a plugin, the other plugin or a commit status tells of it', async () => {
    const story = openStory(system)
    const head = story.sha('head')
    const address = `job/Codertocat/job/${story.repository}/job/PR-2`
    await story.pull(2, 'opened', 0, { sha: head })
    await story.status(`${address}/display/redirect`, 1, 'pending', head)
    await story.started(`Codertocat/${story.repository}/PR-2`, 3, 4)
    await story.status(`${address}/3/display/redirect`, 4.5, 'pending', head)
    await story.notified(`Codertocat/${story.repository}/PR-2`, 3, 'COMPLETED', 9, {
      status: 'SUCCESS',
      duration: 300_000,
    })
    await story.ended(`Codertocat/${story.repository}/PR-2`, 3, 9, 5)
    await story.status(`${address}/3/display/redirect?page=tests`, 9.1, 'success', head)
    await story.closedUnmerged(2, 10)
    expect(story.tree()).toEqual([
      'pull_request #2 0-10 cancellation',
      '  build PR-2#3 4-9 success, by pull_request_number',
    ])
    const build = story.spans().find(({ name }) => name === 'build')
    expect(build?.attributes['build.queue_millis']).toBe(3 * 60_000)
  })

  it('by a commit status alone, where no plugin reports', async () => {
    const story = openStory(system)
    const head = story.sha('head')
    const address = `job/Codertocat/job/${story.repository}/job/PR-2/3/display/redirect`
    await story.pull(2, 'opened', 0, { sha: head })
    await story.status(address, 1, 'pending', head)
    await story.status(address, 4, 'error', head, { description: 'This commit cannot be built' })
    await story.closedUnmerged(2, 10)
    expect(story.tree()).toEqual(['pull_request #2 0-10 cancellation'])
    await system.sweep(6)
    expect(story.tree()).toEqual([
      'pull_request #2 0-10 cancellation',
      '  build PR-2#3 1-4 failure, by pull_request_number',
    ])
  })

  it('as a workflow run of GitHub, whose second attempt links to the first', async () => {
    const story = openStory(system)
    const head = { head_sha: story.sha('head') }
    await story.pull(2, 'opened', 0, { sha: head.head_sha })
    await story.workflow(9, 1, 'requested', 1, head)
    await story.workflow(9, 1, 'completed', 3, { ...head, conclusion: 'failure' })
    await story.workflow(9, 2, 'completed', 6, {
      ...head,
      conclusion: 'success',
      run_started_at: '2026-09-01T09:05:00Z',
    })
    await story.closedUnmerged(2, 10)
    expect(story.tree()).toEqual([
      'pull_request #2 0-10 cancellation',
      '  build runs/9#1 1-3 failure, by head_sha',
      '  build runs/9#2 5-6 success, by head_sha, previous_attempt build runs/9#1',
    ])
  })
})

describe('a run belongs', () => {
  it('to the run that started it', async () => {
    const story = openStory(system)
    await story.ended(`${story.repository}/main`, 7, 5, 2)
    const cause = { buildCause: `Started by upstream project "${story.repository}/main" build number 7` }
    await story.started(`${story.repository}-deploy`, 1, 6, cause)
    await story.ended(`${story.repository}-deploy`, 1, 9, 3, { result: 'FAILURE' })
    expect(story.tree()).toEqual([
      'build main#7 3-5 success',
      `  deploy ${story.repository}-deploy#1 6-9 failure, by upstream_build`,
    ])
  })

  it('to the span of a W3C trace context, as it is', async () => {
    const story = openStory(system)
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
    await story.started(`${story.repository}/x`, 1, 1, { parameters: { traceparent } })
    await story.ended(`${story.repository}/x`, 1, 2, 1)
    expect(story.tree()).toEqual(['build x#1 1-2 success, by traceparent, below 00f067aa0ba902b7'])
    expect(story.spans()[0]?.traceId).toBe('4bf92f3577b34da6a3ce929d0e0e4736')
  })

  it('to the issue that a commit pushed without a pull request fixes', async () => {
    const story = openStory(system)
    const commit = story.sha('pushed')
    await story.issue(1, 'opened', 0)
    await story.push(commit, 1, 'Fix the typo\n\nFixes #1')
    await story.ended(`Codertocat/${story.repository}/master`, 2, 4, 2, { scmInfo: { url: '', branch: '', commit } })
    await story.deployment(5, 5, { sha: commit, environment: 'production' })
    await story.deploymentStatus(5, 6, 'success', { sha: commit })
    await story.issue(1, 'closed', 7)
    expect(story.tree()).toEqual([
      'issue #1 0-7 success',
      '  build master#2 2-4 success, by merge_sha',
      '  deploy #5 5-6 success, by merge_sha',
    ])
  })

  it('to the same trace as all others of a commit that belongs to nothing', async () => {
    const story = openStory(system)
    const commit = story.sha('pushed')
    await story.ended(`Codertocat/${story.repository}/master`, 2, 4, 2, { scmInfo: { url: '', branch: '', commit } })
    await story.deployment(5, 5, { sha: commit, environment: 'production' })
    await story.deploymentStatus(5, 6, 'success', { sha: commit })
    await story.push(commit, 1, 'Fix the typo')
    expect(new Set(story.spans().map(({ traceId }) => traceId)).size).toBe(1)
    expect(story.spans().map(({ parentSpanId }) => parentSpanId)).toEqual([undefined, undefined])
  })
})

describe('a deploy', () => {
  it('belongs to the pull request that its commit merged, and links to those merged since the last success', async () => {
    const story = openStory(system)
    for (const number of [1, 2, 3, 4]) {
      await story.pull(number, 'opened', number, { sha: story.sha(`head ${number}`) })
      await story.merged(number, 10 * number, story.sha(`merge ${number}`))
    }
    const deploy = async (id: number, minute: number, of: number, state: string, environment = 'production') => {
      const fields = {
        sha: story.sha(`merge ${of}`),
        environment,
        production_environment: environment === 'production',
      }
      await story.deployment(id, minute, fields)
      await story.deploymentStatus(id, minute + 1, 'in_progress', fields)
      await story.deploymentStatus(id, minute + 2, state, fields)
    }
    await deploy(11, 12, 1, 'success')
    await deploy(12, 32, 3, 'failure')
    await deploy(13, 42, 4, 'success')
    await deploy(14, 50, 4, 'success', 'staging')
    await deploy(15, 60, 2, 'success')
    const lines = story.tree().map((line) => line.trim())
    expect(lines.filter((line) => line.startsWith('deploy'))).toEqual([
      'deploy #11 12-14 success, by merge_sha',
      'deploy #15 60-62 success, by merge_sha, rollback',
      'deploy #12 32-34 failure, by merge_sha, carried pull_request #2',
      'deploy #13 42-44 success, by merge_sha, carried pull_request #2, carried pull_request #3',
      'deploy #14 50-52 success, by merge_sha',
    ])
    const production = story.spans().map(({ attributes }) => attributes['deployment.production'])
    expect(production.filter((flag) => flag !== undefined)).toEqual([true, true, true, false, true])
  })
})

it('an epic is the parent of its issues, also when it is told late, and their traces follow', async () => {
  const story = openStory(system)
  await story.issue(2, 'opened', 0)
  await story.pull(3, 'opened', 1, { body: 'Closes #2' })
  await story.merged(3, 4, story.sha('merge'))
  await story.issue(1, 'opened', 5)
  await story.subIssue(1, 2, 'sub_issue_added', 6)
  await story.issue(2, 'closed', 8)
  await story.issue(1, 'closed', 9)
  expect(story.tree()).toEqual([
    'issue #1 5-9 success',
    '  issue #2 0-8 success, by parent_issue',
    '    pull_request #3 1-4 success, by closing_keyword, left a trace, corrected 1',
  ])
  expect(new Set(story.spans().map(({ traceId }) => traceId)).size).toBe(1)
})
