import { readFileSync } from 'node:fs'
import { commandLinePage } from '../../scripts/command-line-page.ts'

it('docs/command-line.md is what the commands say of themselves (npm run docs)', () => {
  expect(readFileSync('docs/command-line.md', 'utf8')).toBe(commandLinePage())
})
