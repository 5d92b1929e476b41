import { readFileSync } from 'node:fs'
import { ATTRIBUTES } from '../../lib/delivery/attributes.ts'
import { attributesPage } from '../../scripts/attributes-page.ts'

it('docs/attributes.md is what the table of attributes says (npm run docs)', () => {
  expect(readFileSync('docs/attributes.md', 'utf8')).toBe(attributesPage())
})

it('lists every attribute once', () => {
  const names = ATTRIBUTES.map(({ name }) => name)
  expect(names).toEqual([...new Set(names)])
})
