import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cursorFile } from '../../../cli/import/cursor.ts'
import { importProgress } from '../../../cli/import/progress.ts'
import { sinceTime } from '../../../cli/import/since.ts'

const home = mkdtempSync(join(tmpdir(), 'valuestream-import-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const SHOP = { source: 'github', of: 'github.com/acme/shop', since: '2026-01-01T00:00:00Z', target: 'table:x' } as const

describe('how far an import is', () => {
  it('is kept until it is through, for what is imported from when on and where to', () => {
    const cursor = cursorFile(home, SHOP)
    expect(cursor.read()).toEqual({ done: [] })
    cursor.write({ done: ['pushes'], part: 'work', next: '3' })
    expect(cursorFile(home, SHOP).read()).toEqual({ done: ['pushes'], part: 'work', next: '3' })
    expect(cursorFile(home, { ...SHOP, since: '2026-02-01T00:00:00Z' }).read()).toEqual({ done: [] })
    expect(cursorFile(home, { ...SHOP, target: 'table:y' }).read()).toEqual({ done: [] })
    cursor.remove()
    expect(readdirSync(join(home, 'imports'))).toEqual([])
  })

  it('is not guessed from a broken file', () => {
    const path = join(home, 'broken.json')
    writeFileSync(path, '{"done"')
    expect(() => cursorFile(home, SHOP, path).read()).toThrow('delete it to begin anew')
  })

  it('is told on a terminal with what is left, and elsewhere every ten seconds', () => {
    const tell = (isTTY: boolean): string => {
      const written: string[] = []
      let millis = 0
      const progress = importProgress({ isTTY, write: (text) => written.push(text) }, () => millis)
      progress.advance('issues', 0)
      for (let page = 0; page < 3; page += 1) {
        millis += 6_000
        progress.advance('issues', 100, 400)
      }
      progress.say('GitHub asks for fewer requests.')
      progress.end()
      return written.join('')
    }
    expect(tell(false)).toBe(
      'issues ████████████░░░░░░░░░░░░ 200 of 400, 12 s left\nGitHub asks for fewer requests.\nissues: 300\n',
    )
    expect(tell(true)).toContain('\r\u001B[2Kissues ██████████████████░░░░░░ 300 of 400, 6 s left')
  })
})

describe('since when', () => {
  it('is a day or a time, in whole seconds', () => {
    expect(sinceTime('2026-01-01')).toBe('2026-01-01T00:00:00Z')
    expect(sinceTime('2026-01-01T12:00:00.5+02:00')).toBe('2026-01-01T10:00:00Z')
    expect(() => sinceTime('yesterday')).toThrow('It is a day')
    expect(() => sinceTime('2026-13-01')).toThrow('It is a day')
  })
})
