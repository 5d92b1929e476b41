import { csvOf } from '../../../explorer/page/ask/csv.ts'

const answer = (rows: readonly (readonly (string | number | boolean | null)[])[]) => ({
  columns: [
    { name: 'title', type: 'VARCHAR' },
    { name: 'took, ms', type: 'DOUBLE' },
  ],
  rows,
  isCut: false,
  tookMillis: 1,
})

it('quotes what needs it, and leaves null empty', () => {
  expect(
    csvOf(
      answer([
        ['says "no"', -1.5],
        [null, true],
        ['two\nlines', 0],
      ]),
    ),
  ).toBe('title,"took, ms"\r\n"says ""no""",-1.5\r\n,true\r\n"two\nlines",0')
})

it.each(['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\t=1'])('keeps %j from being a formula', (title) => {
  expect(csvOf(answer([[title, 1]])).split('\r\n')[1]).toMatch(/^"?'/)
})
