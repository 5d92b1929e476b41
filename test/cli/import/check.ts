/**
 * The same as `overlap.test.ts` in the large, with figures:
 * `npx tsx test/cli/import/check.ts [activities]`; 14,000 have about 5,000 issues and pull requests. Exits with 1 when
 * spans differ, are added or are missing, or go out once more when they are imported after their webhooks.
 */
import { differences } from './comparable.ts'
import { exporting, killedAfter, newStore, openOverlap, receiverOf, spansIn } from './overlap.ts'

const activities = Number(process.argv[2] ?? 14_000)

const timed = async (name: string, work: () => Promise<void>): Promise<void> => {
  const startedMillis = performance.now()
  await work()
  console.log(`${name}: ${((performance.now() - startedMillis) / 1000).toFixed(1)} s`)
}

const killed = async (work: Promise<void>): Promise<void> => {
  await work.then(
    () => Promise.reject(new Error('it was not killed')),
    (error: unknown) => console.log(`  ${error instanceof Error ? error.message : 'failed'}`),
  )
}

const compare = (name: string, a: ReturnType<typeof spansIn>, b: ReturnType<typeof spansIn>): void => {
  const added = [...a.keys()].filter((id) => !b.has(id)).length
  const missing = [...b.keys()].filter((id) => !a.has(id)).length
  const different = differences(a, b)
  console.log(`${name}: ${different.length - added - missing} fields different, ${added} added, ${missing} missing`)
  for (const line of different.slice(0, 20)) console.log(`  ${line.slice(0, 300)}`)
  if (different.length > 0) process.exitCode = 1
}

const overlap = await openOverlap(7, activities)
const { sent, sendLive, importAll } = overlap
const numbered = new Set(
  sent.flatMap(({ event, body }) => {
    const subject = event === 'issues' ? body.issue : event === 'pull_request' ? body.pull_request : undefined
    return typeof subject === 'object' && subject !== null && 'html_url' in subject ? [subject.html_url] : []
  }),
)
console.log(`${sent.length} webhooks, ${numbered.size} issues and pull requests`)
const [live, imported] = [newStore(), newStore()]
await timed('live', () => sendLive(live))
await timed('imported until killed', () => killed(importAll(killedAfter(receiverOf(imported), activities / 4))))
await timed('imported until killed again', () => killed(importAll(killedAfter(receiverOf(imported), activities / 4))))
await timed('imported to the end', () => importAll(receiverOf(imported)))
console.log(`${overlap.requests()} requests, ${spansIn(imported).size} spans imported, ${spansIn(live).size} live`)
compare('imported / live', spansIn(imported), spansIn(live))
const before = spansIn(live)
const again = exporting()
await timed('imported after the webhooks', () => importAll(receiverOf(live, again.exporter), true))
compare(`sent again: ${again.exported.length}; after / before`, spansIn(live), before)
if (again.exported.length > 0) process.exitCode = 1
const alone = spansIn(imported)
const corrections = exporting()
await timed('the webhooks after the import', () => sendLive(imported, corrections.exporter))
compare(
  `corrections sent of what only webhooks tell: ${corrections.exported.length}; after / before`,
  spansIn(imported),
  alone,
)
await overlap.close()
