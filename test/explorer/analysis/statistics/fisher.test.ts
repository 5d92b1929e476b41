import fc from 'fast-check'
import { fisher, type Table } from '../../../../explorer/analysis/statistics/fisher.ts'
import reference from './reference.json'

const tableOf = ([selectedHaving = 0, selected = 0, othersHaving = 0, others = 0]: readonly number[]): Table => ({
  selectedHaving,
  selected,
  othersHaving,
  others,
})

const choose = (n: number, k: number): bigint => {
  let product = 1n
  for (let at = 1; at <= k; at += 1) product = (product * BigInt(n - k + at)) / BigInt(at)
  return product
}

/** By its definition, in whole numbers of any size. */
const exact = ({ selectedHaving, selected, othersHaving, others }: Table): number => {
  const having = selectedHaving + othersHaving
  const ways = (x: number): bigint =>
    x > having || selected - x > selected + others - having || x > selected
      ? 0n
      : choose(having, x) * choose(selected + others - having, selected - x)
  const all = Array.from({ length: selected + 1 }, (_, x) => ways(x))
  const asUnlikely = all.filter((one) => one <= ways(selectedHaving)).reduce((sum, one) => sum + one, 0n)
  return Number((asUnlikely * 10n ** 30n) / choose(selected + others, selected)) / 1e30
}

describe("Fisher's exact test", () => {
  it('gives what SciPy gives, to nine digits', () => {
    const wrong = reference.fisher.filter((row) => {
      const [expected = 0, found] = [row[4], fisher(tableOf(row))]
      return !(Math.abs(found - expected) <= 1e-9 * expected)
    })
    expect(wrong).toEqual([])
  })

  it('gives what its definition gives in whole numbers', () => {
    const half = fc.tuple(fc.nat(40), fc.nat(40)).map(([a, b]) => [Math.min(a, b), Math.max(a, b, 1)] as const)
    fc.assert(
      fc.property(half, half, (one, other) => {
        const table = tableOf([...one, ...other])
        expect(fisher(table)).toBeCloseTo(exact(table), 11)
      }),
      { numRuns: 500 },
    )
  })

  it('does not mind which of the two is called the selection', () => {
    const half = fc.tuple(fc.nat(5000), fc.nat(5000)).map(([a, b]) => [Math.min(a, b), Math.max(a, b, 1)] as const)
    fc.assert(
      fc.property(half, half, (one, other) => {
        const [p, swapped] = [fisher(tableOf([...one, ...other])), fisher(tableOf([...other, ...one]))]
        expect(Math.abs(p - swapped)).toBeLessThanOrEqual(1e-9 * p)
      }),
    )
  })
})
