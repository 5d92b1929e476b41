import { MEGABYTES_A_PROCESSOR, PRICES } from './prices.ts'

/** Of one kind of event, what the bench counts. */
export interface EventCost {
  readonly kind: string
  readonly roundTrips: number
  readonly readUnits: number
  readonly writeUnits: number
  /** Sent to DynamoDB and to the backend. */
  readonly bytes: number
  readonly calls: Readonly<Record<string, number>>
}

/** What is not counted but assumed, and why it is near enough. */
export const ASSUMED = {
  /** One round trip to DynamoDB in the same region. */
  tripMillis: 5,
  /** A backend on the internet. */
  backendMillis: 80,
  /** Our line, Lambda's three, and the gateway's. */
  logBytes: 1_600,
  /** How long contexts are kept, in months, and how many webhooks one context and its names have. */
  keptMonths: 13,
  webhooksAContext: 5,
  contextBytes: 4_500,
} as const

/** What a stage costs a month beside its webhooks. */
export const FIXED = {
  metrics: 18,
  alarms: 18,
  sweeps: 30 * 24 * 60,
  sweepMillis: 150,
  /** Of the two questions to each of the sixteen shards of the outbox. */
  sweepReadUnits: 16,
  sweepMegabytes: 512,
} as const

export interface Line {
  readonly name: string
  readonly dollars: number
}

/** Milliseconds that an event of a kind is billed for: its CPU at the share of a processor that the memory gives, and its waiting. */
export const billedMillis = (event: EventCost, cpuMillis: number, megabytes: number): number =>
  cpuMillis * Math.max(1, MEGABYTES_A_PROCESSOR / megabytes) +
  event.roundTrips * ASSUMED.tripMillis +
  (event.calls.OTLP ?? 0) * ASSUMED.backendMillis

/** What so many webhooks a month cost, equally many of each kind, by line. */
export const monthly = (
  events: readonly EventCost[],
  webhooks: number,
  cpuMillis: number,
  megabytes: number,
): readonly Line[] => {
  const mean = (of: (event: EventCost) => number): number =>
    events.reduce((sum, event) => sum + of(event), 0) / events.length
  const gigabyteSeconds = mean((event) => (billedMillis(event, cpuMillis, megabytes) / 1000) * (megabytes / 1024))
  const sweepGigabyteSeconds = (FIXED.sweepMillis / 1000) * (FIXED.sweepMegabytes / 1024)
  const kept = (webhooks * ASSUMED.keptMonths) / ASSUMED.webhooksAContext
  const each = (price: number): number => webhooks * price
  return [
    { name: 'API Gateway', dollars: each(PRICES.apiRequest) },
    { name: 'Lambda, requests', dollars: each(PRICES.lambdaRequest) },
    { name: 'Lambda, duration', dollars: each(gigabyteSeconds * PRICES.lambdaGigabyteSecond) },
    { name: 'DynamoDB, writes', dollars: each(mean(({ writeUnits }) => writeUnits) * PRICES.writeUnit) },
    { name: 'DynamoDB, reads', dollars: each(mean(({ readUnits }) => readUnits) * PRICES.readUnit) },
    {
      name: 'DynamoDB, storage after 13 months',
      dollars: ((kept * ASSUMED.contextBytes) / 1e9) * PRICES.tableGigabyteMonth,
    },
    { name: 'Logs', dollars: each((ASSUMED.logBytes / 1e9) * PRICES.logGigabyte) },
    {
      name: 'Spans to the backend',
      dollars: each((mean(({ bytes, calls }) => (calls.OTLP ? bytes / 2 : 0)) / 1e9) * PRICES.outGigabyte),
    },
    { name: 'SSM', dollars: PRICES.parameter },
    {
      name: 'Sweep every minute',
      dollars:
        FIXED.sweeps *
        (PRICES.lambdaRequest +
          sweepGigabyteSeconds * PRICES.lambdaGigabyteSecond +
          FIXED.sweepReadUnits * PRICES.readUnit +
          (ASSUMED.logBytes / 1e9) * PRICES.logGigabyte),
    },
    { name: 'Metrics and alarms', dollars: FIXED.metrics * PRICES.metricMonth + FIXED.alarms * PRICES.alarmMonth },
  ]
}

export const total = (lines: readonly Line[]): number => lines.reduce((sum, { dollars }) => sum + dollars, 0)

/** What the duration of a million webhooks costs at a memory, and how long one takes. */
export const byMemory = (events: readonly EventCost[], cpuMillis: number, megabytes: number) => {
  const millis = events.map((event) => billedMillis(event, cpuMillis, megabytes))
  const mean = millis.reduce((sum, each) => sum + each, 0) / millis.length
  return {
    megabytes,
    millis: mean,
    dollarsAMillion: 1e6 * (mean / 1000) * (megabytes / 1024) * PRICES.lambdaGigabyteSecond,
  }
}
