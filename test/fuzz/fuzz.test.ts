import { readCorpus } from '../../fuzz/corpus.ts'
import { type Fuzz, fuzz } from '../../fuzz/fuzz.ts'
import { problemsOf } from '../../fuzz/report.ts'

/** How long an answer takes depends on the machine, and is told by `npm run fuzz`. */
const withoutTimes = ({ breaches: { processor: _, ...breaches } }: Fuzz) => ({ breaches })

it('keeps every promise to requests that are mutated in any way', async () => {
  const fuzzed = await fuzz(readCorpus(), { seed: 1, from: 0, until: 300, isOver: () => false })
  expect([fuzzed.cases, fuzzed.genuine > 200, problemsOf(withoutTimes(fuzzed)), fuzzed.examples]).toEqual([
    300,
    true,
    [],
    fuzzed.examples.filter(({ promise }) => promise === 'processor'),
  ])
  for (const answer of ['github 202', 'github 400', 'github 401', 'jenkins 202', 'events 202', 'queue 200']) {
    expect([answer, fuzzed.answers[answer] ?? 0]).toEqual([answer, expect.any(Number)])
    expect(fuzzed.answers[answer]).toBeGreaterThan(3)
  }
}, 120_000)

it('tells every promise that was not kept, and how often', () => {
  expect(problemsOf({ breaches: { replay: 1, status: 3 } })).toEqual([
    'Not kept 3 times: Every answer has a status of the design: 200, 202, 400, 401 or 413.',
    'Not kept 1 times: The same again under another id changes nothing and sends no span.',
  ])
})
