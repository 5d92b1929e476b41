import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as z from 'zod/mini'
import { type Events, SECRET } from './events.ts'

const outcome = z.object({
  cold: z.object({
    loadMillis: z.number(),
    readyMillis: z.number(),
    firstMillis: z.number(),
    totalMillis: z.number(),
    peakMegabytes: z.number(),
  }),
  warm: z.object({
    cpuMillis: z.number(),
    p50Millis: z.optional(z.number()),
    p99Millis: z.optional(z.number()),
    peakMegabytes: z.number(),
  }),
  events: z.number(),
  calls: z.record(z.string(), z.number()),
  bytes: z.number(),
  readUnits: z.number(),
  writeUnits: z.number(),
  largestItem: z.number(),
  intervals: z.array(z.tuple([z.number(), z.number()])),
})
export type Outcome = z.infer<typeof outcome>

export interface Stub {
  readonly url: string
  /** How long each answer waits from now on. */
  readonly delay: (millis: number) => Promise<void>
  /** Copies the contexts that are there until there are so many. */
  readonly fill: (count: number) => Promise<void>
  readonly close: () => void
}

/** DynamoDB and a backend, in a process of their own. */
export const openStub = async (): Promise<Stub> => {
  const stub = fork('bench/stub/server.cjs')
  const [ready]: unknown[] = await once(stub, 'message')
  const url = `https://127.0.0.1:${z.parse(z.object({ port: z.number() }), ready).port}`
  return {
    url,
    delay: (millis) => tell(`${url}/delay`, millis),
    fill: (count) => tell(`${url}/fill`, count),
    close: () => {
      stub.kill()
    },
  }
}

const tell = (url: string, value: number): Promise<void> =>
  new Promise((resolve, reject) => {
    request(url, { method: 'POST', rejectUnauthorized: false }, (response) => response.resume().on('end', resolve))
      .on('error', reject)
      .end(String(value))
  })

/** A process of a Node with a function's file in it, which is handed events. */
export const measured = async ({
  node = process.execPath,
  file,
  events,
  stub,
  folder,
  inFlight = 1,
}: Subject): Promise<Outcome> => {
  const eventsFile = join(folder, 'events.json')
  writeFileSync(eventsFile, JSON.stringify(events))
  const { stdout } = await promisify(execFile)(node, ['bench/subject.cjs', file, eventsFile, String(inFlight)], {
    env: environment(stub.url),
    maxBuffer: 1e9,
  })
  return z.parse(outcome, JSON.parse(stdout))
}

export interface Subject {
  readonly node?: string
  readonly file: string
  readonly events: Events
  readonly stub: Stub
  readonly folder: string
  readonly inFlight?: number
}

/** What Lambda would have in it; the stub's certificate is nobody's, so none is checked, on either side of a ratio. */
const environment = (url: string): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  BENCH_STUB: url,
  NODE_TLS_REJECT_UNAUTHORIZED: '0',
  NODE_NO_WARNINGS: '1',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  LOG_LEVEL: 'silent',
  TABLE_NAME: 'contexts',
  GITHUB_WEBHOOK_SECRET: SECRET,
  JENKINS_WEBHOOK_TOKEN: SECRET,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_ENDPOINT_URL_DYNAMODB: url,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${url}/v1/traces`,
})

/** How many of an outcome's requests to DynamoDB had to be waited for one after the other, an event. */
export const roundTrips = ({ intervals, events }: Outcome): number => {
  let trips = 0
  let untilMillis = Number.NEGATIVE_INFINITY
  for (const [from, to] of [...intervals].sort((a, b) => a[0] - b[0])) {
    if (from >= untilMillis) {
      trips += 1
      untilMillis = to
    } else untilMillis = Math.min(untilMillis, to)
  }
  return trips / events
}

export const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0
