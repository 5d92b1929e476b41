import { branchNumber } from '../../lib/github/branch-number.ts'

describe('the issue number in a branch', () => {
  it.each([
    ['12-fix-thing', 12],
    ['issue-12-x', 12],
    ['issues/12', 12],
    ['gh-12', 12],
    ['feature/12-x', 12],
    ['fix/issue-12', 12],
    ['release/2024-01', 2024],
    ['v12', undefined],
    ['12th-try', undefined],
    ['main', undefined],
    ['012-x', undefined],
  ])('of %s is %s', (branch, number) => {
    expect(branchNumber(branch)).toBe(number)
  })
})
