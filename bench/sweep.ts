import { issueKey, repository } from '../lib/delivery/activity.ts'
import { decide } from '../lib/delivery/decide.ts'
import type { DeliveryEvent } from '../lib/delivery/event.ts'
import type { CompletedSpan } from '../lib/delivery/span.ts'
import { emittedSpan } from '../lib/delivery/span.ts'
import { otlpExporter } from '../lib/otlp/exporter.ts'
import { withStub } from './functions.ts'

/** What the export of a span costs when so many go out in one request. */
export interface Swept {
  readonly spansARequest: number
  readonly spansASecond: number
  readonly cpuMillisASpan: number
}

/** Spans in all, of each size. */
const SPANS = 2_048

/** The exporter that the sweep uses, which has to be told nothing of a certificate that is nobody's. */
export const sweepFigures = async (sizes: readonly number[]): Promise<readonly Swept[]> =>
  withStub(async ({ url }) => {
    const checked = process.env.NODE_TLS_REJECT_UNAUTHORIZED
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    try {
      const exporter = otlpExporter({
        url: `${url}/v1/traces`,
        headers: {},
        timeoutMillis: 20_000,
        compression: 'none',
      })
      const spans = Array.from({ length: SPANS }, (_, index) => spanOf(index + 1))
      await exporter.export(spans.slice(0, 100))
      const all: Swept[] = []
      for (const size of sizes) {
        const from = performance.now()
        const cpu = process.cpuUsage()
        for (let at = 0; at < SPANS; at += size) {
          const { kind } = await exporter.export(spans.slice(at, at + size))
          if (kind !== 'accepted') throw new Error(`the export was ${kind}`)
        }
        const { user, system } = process.cpuUsage(cpu)
        all.push({
          spansARequest: size,
          spansASecond: (SPANS / (performance.now() - from)) * 1000,
          cpuMillisASpan: (user + system) / 1000 / SPANS,
        })
      }
      return all
    } finally {
      process.env.NODE_TLS_REJECT_UNAUTHORIZED = checked
    }
  })

const SHOP = repository('github.com', 'acme', 'shop')
const OPENED = Date.UTC(2026, 8, 1)

const spanOf = (number: number): CompletedSpan => {
  const closed: DeliveryEvent = {
    key: issueKey(SHOP, number),
    operation: 'issue',
    stage: 'finished',
    observedMillis: OPENED + 3_600_000,
    opened: { atMillis: OPENED, certainty: 'reported' },
    ended: { atMillis: OPENED + 3_600_000, certainty: 'reported', result: 'success' },
    attributes: {
      service: 'github',
      'issue.number': number,
      'issue.title': 'Payout report is slow on large accounts',
      'issue.labels': ['bug', 'payments', 'customer'],
      'user.name': 'ada',
      'vcs.provider.name': 'github',
      'vcs.owner.name': 'acme',
      'vcs.repository.name': 'shop',
      'vcs.repository.url.full': 'https://github.com/acme/shop',
    },
    references: {},
    names: [],
  }
  const { context, spans } = decide(undefined, { names: new Map(), mainline: [] }, closed)
  const [emission] = context.emissions
  const span = emission === undefined ? undefined : emittedSpan(spans, emission)
  if (span === undefined) throw new Error('a finished issue has no span')
  return span
}
