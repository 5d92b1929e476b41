import { readFileSync } from 'node:fs'
import * as z from 'zod/mini'
import type { Figures } from './page.ts'

const schema = z.looseObject({
  counts: z.array(
    z.object({
      kind: z.string(),
      roundTrips: z.number(),
      readUnits: z.number(),
      writeUnits: z.number(),
      bytes: z.number(),
      calls: z.record(z.string(), z.number()),
    }),
  ),
  ratios: z.array(z.object({ node: z.string(), own: z.object({ cpuMillis: z.number() }) })),
})

/** What `npm run bench -- --json` has written; the CPU is that of the newest Node that it ran. */
export const readFigures = (path: string): Figures => {
  const { counts, ratios } = z.parse(schema, JSON.parse(readFileSync(path, 'utf8')))
  const newest = [...ratios]
    .sort((a, b) => Number.parseInt(a.node.slice(1), 10) - Number.parseInt(b.node.slice(1), 10))
    .at(-1)?.node
  const cpu = ratios.filter(({ node }) => node === newest).map(({ own }) => own.cpuMillis)
  return { counts, cpuMillis: cpu.reduce((sum, each) => sum + each, 0) / cpu.length }
}

/** The report of the bench as it was printed. */
export const readReport = (path: string): string => {
  const { report } = z.parse(z.looseObject({ report: z.string() }), JSON.parse(readFileSync(path, 'utf8')))
  return `\`\`\`text\n${report}\n\`\`\``
}
