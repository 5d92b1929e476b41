import { benjaminiHochberg } from '../../../../explorer/analysis/statistics/benjamini-hochberg.ts'
import reference from './reference.json'

describe("Benjamini and Hochberg's correction", () => {
  it('gives what SciPy gives, to nine digits', () => {
    const wrong = reference.benjaminiHochberg.filter(({ p, q }) => {
      const found = benjaminiHochberg(p)
      return found.length !== q.length || q.some((one, at) => !(Math.abs((found[at] ?? 9) - one) <= 1e-9 * one))
    })
    expect(wrong).toEqual([])
  })

  it('leaves one test as it is, and nothing where there is none', () => {
    expect([benjaminiHochberg([0.02]), benjaminiHochberg([])]).toEqual([[0.02], []])
  })
})
