import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import * as z from 'zod/mini'
import { bundleFunction } from './bundle.ts'
import { issueEvents } from './events.ts'
import { explorerTable, measureExplorer } from './explorer.ts'

const SECRET = 'bench'
const FIGURES = ['loadMillis', 'firstMillis', 'warmCpuMillis'] as const
const outcome = z.object({
  loadMillis: z.number(),
  firstMillis: z.number(),
  warmCpuMillis: z.number(),
  calls: z.record(z.string(), z.number()),
})
type Outcome = z.infer<typeof outcome>

const { values } = parseArgs({ options: { quick: { type: 'boolean' }, json: { type: 'string' } } })
const [rounds, count, spans] = values.quick ? [3, 250, 50_000] : [9, 1100, 1_000_000]

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0

/** Subject and limit in turn, so that whatever else the machine does falls on both; each figure is the median ratio. */
const compare = (bundle: string, kind: 'start' | 'finish', folder: string, env: NodeJS.ProcessEnv) => {
  const eventsFile = join(folder, `${kind}.json`)
  writeFileSync(eventsFile, JSON.stringify(issueEvents(kind, count, SECRET)))
  const measure = (file: string): Outcome =>
    z.parse(
      outcome,
      JSON.parse(execFileSync(process.execPath, ['bench/subject.cjs', file, eventsFile], { env }).toString()),
    )
  const pairs = Array.from({ length: rounds }, () => [measure(bundle), measure(resolve('bench/limit.cjs'))] as const)
  const ratios = FIGURES.map((figure) => [
    figure,
    median(pairs.map(([subject, limit]) => subject[figure] / limit[figure])),
  ])
  return {
    event: kind,
    ...(Object.fromEntries(ratios) as Record<(typeof FIGURES)[number], number>),
    calls: pairs[0]?.[0].calls ?? {},
  }
}

const main = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'valuestream-bench-'))
  const stub = fork('bench/stub-server.cjs')
  try {
    const [ready]: unknown[] = await once(stub, 'message')
    const url = `http://127.0.0.1:${z.parse(z.object({ port: z.number() }), ready).port}`
    const bundles = Object.fromEntries(
      await Promise.all(['github', 'jenkins'].map(async (name) => [name, await bundleFunction(name, folder)] as const)),
    )
    const env = {
      PATH: process.env.PATH,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      LOG_LEVEL: 'silent',
      TABLE_NAME: 'contexts',
      GITHUB_WEBHOOK_SECRET: SECRET,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'bench',
      AWS_SECRET_ACCESS_KEY: 'bench',
      AWS_ENDPOINT_URL_DYNAMODB: url,
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${url}/v1/traces`,
    }
    const kinds = ['start', 'finish'] as const
    const events = kinds.map((kind) => compare(bundles.github?.file ?? '', kind, folder, env))
    report(events, Object.entries(bundles))
    const explorer = await measureExplorer(spans, folder)
    console.log(explorerTable(explorer))
    if (values.json)
      writeFileSync(
        values.json,
        JSON.stringify({ node: process.version, rounds, count, events, bundles, explorer }, null, 2),
      )
  } finally {
    stub.kill()
    rmSync(folder, { recursive: true })
  }
}

const report = (
  events: readonly ReturnType<typeof compare>[],
  bundles: readonly (readonly [string, { readonly rawBytes: number; readonly gzipBytes: number }])[],
): void => {
  console.log(
    `Node ${process.version}; each figure is the median of ${rounds} ratios to the smallest program that makes the same calls.`,
  )
  for (const { event, loadMillis, firstMillis, warmCpuMillis, calls } of events) {
    const ratios = [loadMillis, firstMillis, warmCpuMillis].map((ratio) => ratio.toFixed(2))
    console.log(
      `${event.padEnd(8)} module load ${ratios[0]}  first event ${ratios[1]}  warm CPU an event ${ratios[2]}  calls ${JSON.stringify(calls)}`,
    )
  }
  for (const [name, { rawBytes, gzipBytes }] of bundles) {
    console.log(
      `${name.padEnd(8)} bundle ${(rawBytes / 1000).toFixed(0)} kB, gzipped ${(gzipBytes / 1000).toFixed(0)} kB`,
    )
  }
}

await main()
