import type { Comparison } from '../../simulate/compare.ts'
import { problemsOf, type Report, ratiosOf, reportJson, reportText } from '../../simulate/report.ts'

const all = { truth: 4, exported: 4, matched: 4 }
const comparison: Comparison = {
  ...{ spans: all, parents: all, links: all, lost: [], doubled: [], wrong: [], abandoned: [], stranded: [] },
  corrections: { exports: 3, spans: 2, histories: 1, allHistories: 5, overtaken: 0 },
}
const report: Report = {
  ...{ seed: 1, activities: 4, loss: 0, deliveries: { sent: 9, lost: 0, repeated: 1 }, comparison },
  delivered: { events: 10, seconds: 2, answers: { '202': 10 }, redelivered: 0, refused: [] },
}
const with_ = (more: Partial<Comparison>): Report => ({ ...report, comparison: { ...comparison, ...more } })

describe('the report', () => {
  it('finds no problem where every goal holds', () => {
    expect(problemsOf(report)).toEqual([])
    expect(reportText(report)).toContain('together       8          8         8    1.000000   1.000000')
    expect(reportText(report)).toContain('3 corrections of 2 spans, in 1 of 5 histories')
  })

  it.each([
    ['too few links', with_({ links: { truth: 5, exported: 4, matched: 4 } }), ['The recall of the links is below 1.']],
    [
      'too many parents',
      with_({ parents: { truth: 4, exported: 5, matched: 4 } }),
      ['The precision of the links is below 1.'],
    ],
    ['a wrong span', with_({ wrong: [[]] }), ['1 spans are wrong.']],
    [
      'a refused delivery',
      { ...report, delivered: { ...report.delivered, refused: ['x'] } },
      ['1 deliveries were refused.'],
    ],
  ])('finds %s', (_, of, problems) => {
    expect(problemsOf(of)).toEqual(problems)
  })

  it('says the same as JSON', () => {
    expect(JSON.parse(reportJson(report))).toMatchObject({
      seed: 1,
      delivered: { eventsPerSecond: 5 },
      together: { truth: 8, precision: 1, recall: 1 },
      counts: { lost: 0, doubled: 0, wrong: 0 },
      problems: [],
    })
  })

  it('counts nothing of nothing as right', () => {
    expect(ratiosOf({ truth: 0, exported: 0, matched: 0 })).toEqual({ precision: 1, recall: 1 })
    expect(ratiosOf({ truth: 4, exported: 2, matched: 1 })).toEqual({ precision: 0.5, recall: 0.25 })
  })
})
