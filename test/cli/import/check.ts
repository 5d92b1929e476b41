/**
 * The same as `overlap.test.ts` in the large, with figures:
 * `npx tsx test/cli/import/check.ts [activities]`; 11,000 have about 5,000 issues and pull requests.
 */
import { differences } from './comparable.ts'
import { exporting, killedAfter, newStore, openOverlap, receiverOf, spansIn } from './overlap.ts'

const activities = Number(process.argv[2] ?? 11_000)

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
const different = differences(spansIn(imported), spansIn(live))
console.log(
  [`different: ${different.length}`, ...different.slice(0, 20).map((line) => `  ${line.slice(0, 300)}`)].join('\n'),
)
const before = spansIn(live)
const { exported, exporter } = exporting()
await timed('imported after the webhooks', () => importAll(receiverOf(live, exporter), true))
console.log(`sent again: ${exported.length}, different: ${differences(spansIn(live), before).length}`)
const alone = spansIn(imported)
await timed('the webhooks after the import', () => sendLive(imported))
console.log(`different: ${differences(spansIn(imported), alone).length}`)
await overlap.close()
