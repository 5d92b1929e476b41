import { z } from 'zod/mini'
import type { Correlations } from '../../explorer/api/correlations.ts'

const Share = z.object({ having: z.number(), of: z.number() })

const Mark = z.object({
  scope: z.string(),
  name: z.string(),
  value: z.exactOptional(z.string()),
  isAbsent: z.boolean(),
  filter: z.exactOptional(z.string()),
})

const Correlation = z.object({
  marks: z.array(Mark),
  selected: Share,
  others: Share,
  score: z.number(),
  pValue: z.number(),
  qValue: z.number(),
  medianWithMillis: z.exactOptional(z.number()),
  medianWithoutMillis: z.exactOptional(z.number()),
})

const Answer = z.object({
  population: z.object({ operation: z.string(), count: z.number(), failed: z.number() }),
  selection: z.object({
    kind: z.string(),
    count: z.number(),
    minMillis: z.exactOptional(z.number()),
    maxMillis: z.exactOptional(z.number()),
  }),
  passing: z.array(Correlation),
  weak: z.array(Correlation),
  reason: z.exactOptional(z.string()),
  tests: z.number(),
  leftOut: z.array(z.object({ scope: z.string(), name: z.string(), reason: z.string() })),
  cut: z.number(),
})

/** What a server that may be anybody's has answered; undefined when it is none of the explorer's answers. */
export const correlationsIn = (body: unknown): Correlations | undefined => {
  const answer = Answer.safeParse(body)
  return answer.success ? answer.data : undefined
}
