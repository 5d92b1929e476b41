import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(path))

const withoutCode = (text: string): string =>
  text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, (code) => code.replace(/[()[\]]/g, ''))

/** GitHub's anchor of a heading: lower-cased, without punctuation, blanks as hyphens; the second of one name has `-1`. */
const anchorsOf = (path: string): ReadonlySet<string> => {
  const seen = new Map<string, number>()
  const text = readFileSync(path, 'utf8').replace(/```[\s\S]*?```/g, '')
  return new Set(
    [...text.matchAll(/^#{1,6} +(.*)$/gm)].map(([, heading = '']) => {
      const anchor = heading
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}_ -]/gu, '')
        .trim()
        .replace(/ /g, '-')
      const count = seen.get(anchor) ?? 0
      seen.set(anchor, count + 1)
      return count === 0 ? anchor : `${anchor}-${count}`
    }),
  )
}

const brokenIn = (page: string): readonly string[] =>
  [...withoutCode(readFileSync(page, 'utf8')).matchAll(/\]\(([^()\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [file = '', anchor] = target.split('#')
      const path = file === '' ? page : normalize(join(dirname(page), file))
      if (!existsSync(path)) return true
      return anchor !== undefined && !(statSync(path).isFile() && anchorsOf(path).has(anchor))
    })

it.each(pages)('every link of %s leads to a file that there is, and to a heading in it', (page) => {
  expect(brokenIn(page)).toEqual([])
})

it('finds links at all', () => {
  expect(pages.length).toBeGreaterThan(10)
  expect(withoutCode(readFileSync('README.md', 'utf8')).match(/\]\(/g)?.length).toBeGreaterThan(5)
})
