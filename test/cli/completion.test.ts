import { spawnSync } from 'node:child_process'
import { bashScript } from '../../cli/completion/bash.ts'
import { fishScript } from '../../cli/completion/fish.ts'
import { wordsOf } from '../../cli/completion/words.ts'
import { zshScript } from '../../cli/completion/zsh.ts'
import { program } from '../../cli/main.ts'

const words = wordsOf(program())

/** What bash offers where the cursor stands behind the last of these words. */
const offered = (...typed: readonly string[]): readonly string[] => {
  const [last] = typed.slice(-1)
  const call = typed[0] === 'npx' ? '_valuestream_npx' : '_valuestream'
  const line = `COMP_WORDS=(${typed.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${typed.length - 1}; ${call}; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout, stderr, status } = spawnSync('bash', ['-c', `${bashScript(words)}\n${line}`], { encoding: 'utf8' })
  if (last === undefined || status !== 0 || stderr !== '') throw new Error(stderr)
  return stdout.split('\n').filter((word) => word !== '')
}

const isThere = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).status === 0

describe('completion', () => {
  it('offers commands, options and the values that an option takes, in bash', () => {
    expect(offered('valuestream', 'de')).toEqual(['demo', 'deploy'])
    expect(offered('valuestream', 'send', '')).toEqual(['start', 'end', 'help', '--help'])
    expect(offered('valuestream', 'send', 'end', '--re')).toEqual(['--repository', '--region', '--result'])
    expect(offered('valuestream', 'send', 'end', '--result', '')).toEqual([
      ...['success', 'failure', 'error', 'timeout', 'cancellation', 'skip'],
    ])
    expect(offered('valuestream', 'send', 'end', '--type', '')).toEqual([])
    expect(offered('npx', 'valuestream', 'report', 'pull-requests', '--in')).toEqual(['--interval'])
    expect(offered('npx', 'other', 'de')).toEqual([])
  })

  it('knows every command', () => {
    const paths = words.map(({ path }) => path)
    expect(paths).toEqual(
      expect.arrayContaining(['', 'demo', 'send end', 'undeliverable retry', 'report pull-requests']),
    )
  })

  it('is read by zsh and by fish, where they are', () => {
    const scripts = [
      ['zsh', zshScript(words)],
      ['fish', fishScript(words)],
    ] as const
    for (const [shell, script] of scripts) {
      if (!isThere(shell)) continue
      const { status, stderr } = spawnSync(shell, ['-n'], { input: script, encoding: 'utf8' })
      expect([shell, status, stderr]).toEqual([shell, 0, ''])
    }
  })

  it('quotes what descriptions hold, for zsh and fish', () => {
    const description = "the stage's: it"
    const one = [
      {
        ...{ path: 'a', description, commands: [] },
        options: [{ name: 'stage', description, takesValue: true, choices: ['x', 'y'] }],
      },
    ]
    expect(zshScript(one)).toContain(`' a') offered=('--stage:the stage'\\''s\\: it') ;;`)
    expect(zshScript(one)).toContain("' a --stage') offered=(x y) ;;")
    expect(fishScript(one)).toContain(
      `complete -c valuestream -n '__valuestream_at "a"' -l stage -r -f -a 'x y' -d 'the stage\\'s: it'`,
    )
  })
})
