import { spawnSync } from 'node:child_process'
import { explainPayload } from '../../cli/explain/explain.ts'
import { explanationText } from '../../cli/explain/text.ts'
import { issuesPayload, pullRequestPayload, statusPayload } from '../payloads/github.ts'
import { gathererEnd, gathererStart } from '../payloads/jenkins.ts'

const bytes = (payload: unknown): Buffer => Buffer.from(JSON.stringify(payload))
const text = async (payload: unknown, options: Parameters<typeof explainPayload>[1] = {}) =>
  explanationText(await explainPayload(bytes(payload), options))

describe('npx valuestream explain', () => {
  it('tells which parent was taken and why, and what else was tried', async () => {
    const payload = pullRequestPayload('opened', { body: 'Closes #1, fixes acme/shop#7' })
    expect((await text(payload, { event: 'pull_request' })).split('\n')).toEqual([
      'pull_request:github.com/codertocat/hello-world#2',
      '  pull_request, started, in trace f17e1580dd4a5d11482c6190c45e2a61',
      '  issue:github.com/codertocat/hello-world#1 is the parent, found by a closing keyword such as "Closes #12".',
      '  tried, best first:',
      '    ✓ closing_keyword  key:issue:github.com/codertocat/hello-world#1  (taken as the parent)',
      '    + closing_keyword  key:issue:github.com/acme/shop#7  (linked)',
      '  links:',
      '    issue:github.com/acme/shop#7  (closing_keyword)',
      '  found by others as:',
      '    branch:github.com/codertocat/hello-world:changes',
      '    head:ec26c3e57ca3a959ca5aad62de7213c562f8c821',
    ])
  })

  it('tells why there is no parent', async () => {
    expect(await text(issuesPayload('opened', {}), { event: 'issues' })).toContain(
      '  no parent: nothing in the payload names one.',
    )
    const unknown = gathererEnd({ fullJobName: 'x', buildUrl: 'job/x/1/', scmInfo: { commit: 'a'.repeat(40) } })
    expect(await text(unknown)).toContain('  no parent: nothing is known yet by head_sha, merge_sha.')
  })

  it('tells Jenkins’s payloads by their shape', async () => {
    expect(await text(gathererStart())).toContain('found by the number of the pull request, in a job PR-<n>')
  })

  it('tells why a webhook would be ignored', async () => {
    expect(await text(statusPayload({ target_url: 'https://circleci.com/1' }), { event: 'status' })).toMatch(
      /^Ignored: /,
    )
    expect(await text({}, { event: 'watch' })).toBe('Ignored: ValueStream records no watch events.')
  })

  it.each([
    [
      issuesPayload('opened', {}),
      {},
      "This looks like GitHub's: say which event it is, for example --event pull_request.",
    ],
    [{ a: 1 }, {}, 'Nothing in this payload tells whose it is: say --source github, jenkins or events.'],
    [
      issuesPayload('opened', { number: 'x' }),
      { event: 'issues' },
      'This webhook would be refused: the field issue.number is missing or of the wrong type.',
    ],
  ])('refuses with one sentence (%#)', async (payload, options, sentence) => {
    await expect(explainPayload(bytes(payload), options)).rejects.toThrow(sentence)
  })

  it('is a command: from standard input to JSON, and one sentence on standard error with exit code 1', () => {
    const run = (input: string, ...args: string[]) =>
      spawnSync(process.execPath, ['cli/valuestream.cjs', 'explain', ...args], { input, encoding: 'utf8' })
    const explained = run(bytes(gathererStart()).toString(), '-', '--json')
    expect([explained.status, explained.stderr]).toEqual([0, ''])
    expect(JSON.parse(explained.stdout)).toMatchObject({
      kind: 'explained',
      source: 'jenkins',
      activities: [{ operation: 'build', parent: { reason: 'pull_request_number' } }],
    })
    const refused = run('{', '-')
    expect([refused.status, refused.stdout, refused.stderr]).toEqual([1, '', 'The payload is not JSON.\n'])
    expect(run('', '/nowhere.json').stderr).toBe(
      'The file /nowhere.json cannot be read: name one that holds the payload, or - for standard input.\n',
    )
    expect(run('{}').status).toBe(2)
  })
})
