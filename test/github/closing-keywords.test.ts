import fc from 'fast-check'
import { closedIssues } from '../../lib/github/closing-keywords.ts'
import { SHOP } from '../support/events.ts'

const closes = (markdown: string) => closedIssues(markdown, SHOP)

describe('closing keywords', () => {
  it.each([
    ['Closes #10', ['issue:github.com/acme/shop#10']],
    ['FIXES: #10.', ['issue:github.com/acme/shop#10']],
    ['resolved acme/Payments#7', ['issue:github.com/acme/payments#7']],
    ['fix https://github.example.com/acme/shop/issues/9', ['issue:github.example.com/acme/shop#9']],
    ['Closes #10, #11', ['issue:github.com/acme/shop#10']],
    ['Closes #10, closes #11', ['issue:github.com/acme/shop#10', 'issue:github.com/acme/shop#11']],
    ['disclose #5 and hotfixes #9', []],
    ['close the #5 gap', []],
    ['Closes #5th', []],
    ['Closes #0', []],
    ['<!-- Closes #1 --> Fixes #2', ['issue:github.com/acme/shop#2']],
    ['<!-- Closes #1', []],
    ['`closes #1` and ``fix #2 ` `` then fix #3', ['issue:github.com/acme/shop#3']],
    ['a lone ` tick, closes #4', ['issue:github.com/acme/shop#4']],
    ['```\ncloses #1\n```\ncloses #2', ['issue:github.com/acme/shop#2']],
    ['~~~~ text\ncloses #1\n~~~\ncloses #2\n~~~~\ncloses #3', ['issue:github.com/acme/shop#3']],
  ])('reads %j', (markdown, expected) => {
    expect(closes(markdown)).toEqual(expected)
  })

  it('takes any text', () => {
    const piece = fc.constantFrom('`', '``', '```', '\n', '<!--', '-->', 'closes #1', '~~~', ' ', '#', 'fix', ':')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        for (const key of closes(pieces.join(''))) expect(key).toBe('issue:github.com/acme/shop#1')
      }),
    )
  })
})
