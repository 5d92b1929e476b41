import type { Command } from 'commander'
import { EXIT } from '../../cli/exit.ts'
import { program } from '../../cli/main.ts'
import { stackAddress } from '../../cli/options.ts'
import { patiently } from '../../cli/patience.ts'
import { runCli } from './run-cli.ts'

const leaves = (command: Command, path = ''): readonly (readonly [string, Command])[] =>
  command.commands.length === 0
    ? [[path, command]]
    : command.commands.flatMap((child) => leaves(child, `${path} ${child.name()}`.trim()))

const helpOf = (command: Command): string => {
  let text = ''
  command.configureOutput({ writeOut: (part) => (text += part) })
  command.outputHelp()
  return text
}

describe('npx valuestream', () => {
  it.each(leaves(program()))('%s has --json, and help with examples of itself', (path, command) => {
    expect(command.options.map(({ long }) => long)).toContain('--json')
    const help = helpOf(command)
    expect(help).toContain('Examples:')
    expect(help).toContain(`npx valuestream ${path}`)
  })

  it('teaches when it is called alone, and tells its version', async () => {
    const alone = await runCli([])
    expect([alone.code, alone.out + alone.err]).toEqual([EXIT.done, expect.stringContaining('Set it up:')])
    expect(await runCli(['--version'])).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), err: '' })
  })

  it('ends with 2 for a wrong use, and says what was meant', async () => {
    expect(await runCli(['deplyo'])).toEqual({
      code: EXIT.wrongUse,
      out: '',
      err: "error: unknown command 'deplyo'\n(Did you mean deploy?)\nWith --help it tells how it is used.\n",
    })
    const [option, missing, stage] = [
      await runCli(['doctor', '--nope']),
      await runCli(['import', 'jenkins']),
      await runCli(['doctor', '--stage', 'a b']),
    ]
    expect([option.code, missing.code, stage.code]).toEqual([EXIT.wrongUse, EXIT.wrongUse, EXIT.wrongUse])
  })

  it.each([
    [['demo', '--seed', 'x'], 'The seed must be a whole number from 1 to 1000000'],
    [['explore', '--table', 't', '--port', 'x'], 'A port is a number from 0 to 65535.'],
    [['import', 'github', '--since', '2026-01-01', '--repo', 'shop'], 'Say <owner>/<name>, such as acme/shop.'],
    [['import', 'github', '--since', '2026-01-01'], 'say whose: --repo acme/shop, or --org acme'],
    [['import', 'github', '--since', '2026-01-01', '--org', 'a/b'], 'Say its name alone, such as acme.'],
    [
      ['import', 'github', '--since', '2026-01-01', '--repo', 'a/b', '--host', 'https://github.acme.com'],
      'Say the host alone, such as github.acme.com.',
    ],
    [['import', 'jenkins', '--url', 'https://ci.acme.com', '--host', 'a b'], 'Say the host alone'],
    [['import', 'jenkins', '--url', 'https://ci.acme.com', '--to', 'localhost:3000'], 'Say an http or https address'],
    [['import', 'jenkins', '--url', 'ci'], '--url must be the address of the Jenkins controller'],
    [['correlate', '--from', 'yesterday'], '--from'],
    [['deploy', '--stage', 'dev', '--region', 'eu-west-1', '--param', 'x', '--yes'], '--param takes <name>=<value>'],
    [
      ['send', 'start', '--type', 'release', '--key', 'a', '--url', 'nowhere'],
      '"nowhere" is not an http or https address.',
    ],
    [['send', 'start', '--type', 'release', '--key', 'a', '--parameter', 'x'], '--parameter takes <name>=<value>'],
    [['webhooks', 'list'], 'say whose: --repo acme/shop, or --org acme'],
    [['webhooks', 'list', '--repo', 'a/b/c'], 'Say <owner>/<name>, such as acme/shop.'],
    [['webhooks', 'list', '--repo', 'a/b', '--host', 'a b'], 'Say the host alone'],
  ])('ends with 2, a sentence and no stack for %j', async (args, sentence) => {
    const { code, out, err } = await runCli(args, { GITHUB_TOKEN: 'none' })
    expect([code, out]).toEqual([EXIT.wrongUse, ''])
    expect(err).toContain(sentence)
    expect(err).not.toContain('    at ')
  })

  it('takes the address of a webhook for that of its ValueStream', () => {
    const base = 'https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com'
    expect(['', '/', '/github', '/jenkins/', '/events'].map((path) => stackAddress(`${base}${path}`))).toEqual(
      Array(5).fill(base),
    )
    expect(stackAddress('https://acme.com/valuestream/')).toBe('https://acme.com/valuestream')
  })

  it('says what the token of GitHub is for where there is none', async () => {
    expect((await runCli(['webhooks', 'list', '--repo', 'a/b'])).err).toBe(
      'GITHUB_TOKEN is not set: set it to a token of GitHub that has the permission Webhooks, read and write.\n',
    )
  })

  it('has colours only where somebody wants them', async () => {
    const [plain, forced, none] = [
      await runCli(['--help']),
      await runCli(['--help'], { FORCE_COLOR: '1' }),
      await runCli(['--help'], { FORCE_COLOR: '1', NO_COLOR: '1' }),
    ]
    const ESCAPE = '\u001b['
    expect([plain, forced, none].map(({ out }) => out.includes(ESCAPE))).toEqual([false, true, false])
  })
})

describe('waiting', () => {
  const screen = (isTTY: boolean) => {
    const written: string[] = []
    return { isTTY, write: (text: string) => written.push(text), written }
  }

  it('is told on a terminal after a second, and the line is gone when it is over', async () => {
    jest.useFakeTimers()
    const terminal = screen(true)
    const waiting = patiently(
      'Asking',
      () => new Promise((resolve) => setTimeout(() => resolve('done'), 2500)),
      terminal,
    )
    await jest.advanceTimersByTimeAsync(2500)
    expect(await waiting).toBe('done')
    jest.useRealTimers()
    expect(terminal.written).toEqual(['\r\u001b[KAsking … 1 s', '\r\u001b[KAsking … 2 s', '\r\u001b[K'])
  })

  it('is not told in a log, nor when it was short', async () => {
    const [log, terminal] = [screen(false), screen(true)]
    await patiently('Asking', async () => 1, log)
    await patiently('Asking', async () => 1, terminal)
    expect([log.written, terminal.written]).toEqual([[], []])
  })
})
