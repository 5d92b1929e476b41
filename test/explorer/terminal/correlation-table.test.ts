import type { Correlation, Correlations, Mark } from '../../../explorer/api/correlations.ts'
import { correlationTable } from '../../../explorer/terminal/correlation-table.ts'
import { markText } from '../../../explorer/terminal/mark-text.ts'

const HOUR = 3_600_000
const mark = (scope: string, name: string, value?: string, isAbsent = false): Mark => ({
  scope,
  name,
  ...(value === undefined ? {} : { value }),
  isAbsent,
})
const correlation = (marks: readonly Mark[], more: Partial<Correlation> = {}): Correlation => ({
  marks,
  selected: { having: 28, of: 30 },
  others: { having: 12, of: 270 },
  score: 0.888,
  pValue: 1e-12,
  qValue: 1e-10,
  medianWithMillis: 98 * HOUR,
  medianWithoutMillis: 27 * HOUR,
  ...more,
})
const found = (passing: readonly Correlation[], more: Partial<Correlations> = {}): Correlations => ({
  population: { operation: 'issue', count: 300, failed: 0 },
  selection: { kind: 'slow', count: 30, minMillis: 90 * HOUR },
  passing,
  weak: [],
  tests: 40,
  leftOut: [],
  cut: 0,
  ...more,
})
const ami = mark('deploy', 'build.parameter.deploy_type', 'ami')

test('correlations are a table for a terminal of a hundred columns', () => {
  const table = correlationTable(
    found(
      [
        correlation([
          ami,
          mark('deploy', 'build.job.name', 'payments-deploy-ami'),
          mark('self', 'a', '1'),
          mark('self', 'b', '1'),
        ]),
        correlation([mark('build', '*', undefined, true)], {
          score: -0.5,
          qValue: 0.01234,
          selected: { having: 0, of: 30 },
        }),
      ],
      { cut: 3 },
    ),
    { width: 100, limit: 10 },
  )
  expect(table.split('\n')).toEqual([
    'issue: 30 slow (3 d 18 h or more) of 300, compared with the other 270.',
    '',
    '                                           slow  others  score       q   median  without',
    'deploy build.parameter.deploy_type = ami  28/30  12/270  +0.89  <0.001  4 d 2 h  1 d 3 h',
    '  = deploy build.job.name = payments-deploy-ami',
    '  = a = 1',
    '  = 1 more',
    'no build                                   0/30  12/270  −0.50   0.012  4 d 2 h  1 d 3 h',
    '',
    'score: +1 only among these, 0 as often among the others, −1 never among these.',
    'q: of the rows down to this one, at most this share are expected to be chance.',
  ])
})

test('no line is wider than the terminal, however long a value is', () => {
  const long = mark('deploy', 'build.parameter.'.repeat(5), 'x'.repeat(200))
  const lines = correlationTable(found([correlation([long, long])]), { width: 100, limit: 10 }).split('\n')
  expect(Math.max(...lines.map((line) => line.length))).toBe(100)
})

test('as many rows as are asked for are shown, and how many there are beside them', () => {
  const lines = correlationTable(found([correlation([ami]), correlation([ami])]), { width: 100, limit: 1 }).split('\n')
  expect(lines.filter((line) => line.startsWith('deploy'))).toHaveLength(1)
  expect(lines).toContain('1 more: see them with --limit.')
})

test('where nothing passes, the reason stands there', () => {
  expect(correlationTable(found([], { reason: 'Fewer than 10 issues.' }), { width: 100, limit: 10 })).toBe(
    'issue: 30 slow (3 d 18 h or more) of 300, compared with the other 270.\n\nFewer than 10 issues.',
  )
})

test.each([
  [{ kind: 'failed', count: 5 }, '5 failed of 300'],
  [{ kind: 'fast', count: 5, maxMillis: HOUR }, '5 fast (1 h or less) of 300'],
  [{ kind: 'duration', count: 5, minMillis: HOUR, maxMillis: 2 * HOUR }, '5 selected (1 h to 2 h) of 300'],
])('the first line says what is compared: %j', (selection, text) => {
  const [first] = correlationTable(found([], { selection }), { width: 100, limit: 10 }).split('\n')
  expect(first).toBe(`issue: ${text}, compared with the other 295.`)
})

test.each([
  [mark('deploy', '*'), 'deploy'],
  [mark('deploy', 'x', undefined, true), 'deploy without x'],
  [mark('self', 'x', undefined, true), 'without x'],
  [mark('self', 'x', '1', true), 'x ≠ 1'],
  [mark('self', 'x'), 'x is there'],
])('a mark is told in words: %j', (one, text) => {
  expect(markText(one)).toBe(text)
})
