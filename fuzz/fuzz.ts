import { SECRETS } from './canary.ts'
import { type Case, caseOf, eventOf } from './case.ts'
import type { Corpus, Door } from './corpus.ts'
import { type Ground, openGround, type Response } from './ground.ts'
import { type Breach, breachesOf, type PromiseName, prototypeMembers } from './judge.ts'
import { signEvent } from './mutate/sign.ts'

/** The most that an answer may take of a processor. */
const MAX_MILLIS = 100
const MAX_KEPT = 200
const SLOWEST = 10

export interface FuzzOptions {
  readonly seed: number
  /** The index of the first case, and of the first that is not run any more. */
  readonly from: number
  readonly until: number
  /** Asked before each case. */
  readonly isOver: () => boolean
}

/** A case as it is told of: enough to make it again. */
export interface Told {
  readonly seed: number
  readonly index: number
  readonly door: Door
  readonly bytes: number
  readonly mutations: readonly string[]
}

export interface Fuzz {
  readonly seed: number
  readonly cases: number
  readonly genuine: number
  /** How often it was answered so, by door and status. */
  readonly answers: Readonly<Record<string, number>>
  readonly breaches: Readonly<Partial<Record<PromiseName, number>>>
  /** The first ones, to be made again. */
  readonly examples: readonly (Told & Breach)[]
  readonly slowest: readonly (Told & { readonly millis: number })[]
  /** The largest context that was written, as JSON. */
  readonly largestContextBytes: number
}

/** Sends case after case to the real handlers, each over an empty table, one at a time, and judges what comes of it. */
export const fuzz = async (corpus: Corpus, options: FuzzOptions): Promise<Fuzz> => {
  const answers = new Map<string, number>()
  const breaches = new Map<PromiseName, number>()
  const examples: (Told & Breach)[] = []
  let slowest: (Told & { readonly millis: number })[] = []
  let [cases, genuine, largestContextBytes] = [0, 0, 0]
  const stray = listenForStrays()
  for (let index = options.from; index < options.until && !options.isOver(); index += 1) {
    const one = caseOf(corpus, options.seed, index, Date.now())
    const outcome = await outcomeOf(one, stray.take)
    cases += 1
    genuine += Number(one.proof.genuine)
    count(answers, `${one.door} ${outcome.status}`)
    for (const breach of outcome.breaches) {
      count(breaches, breach.promise)
      if (examples.length < MAX_KEPT) examples.push({ ...toldOf(one), ...breach })
    }
    largestContextBytes = Math.max(largestContextBytes, outcome.contextBytes)
    slowest = [...slowest, { ...toldOf(one), millis: outcome.millis }]
      .sort((a, b) => b.millis - a.millis)
      .slice(0, SLOWEST)
  }
  stray.stop()
  return {
    ...{ seed: options.seed, cases, genuine, examples, slowest, largestContextBytes },
    answers: Object.fromEntries([...answers].sort()),
    breaches: Object.fromEntries(breaches),
  }
}

const count = <K>(counts: Map<K, number>, key: K): void => void counts.set(key, (counts.get(key) ?? 0) + 1)

const toldOf = ({ seed, index, door, body, mutations }: Case): Told => ({
  ...{ seed, index, door, mutations },
  bytes: body.bytes.byteLength,
})

interface Outcome {
  readonly status: number
  readonly millis: number
  readonly contextBytes: number
  readonly breaches: readonly Breach[]
}

const outcomeOf = async (one: Case, takeStrays: () => Promise<readonly string[]>): Promise<Outcome> => {
  const [ground, before] = [openGround(one.door), prototypeMembers()]
  const first = await measured(ground, one)
  const breaches: Breach[] = [...first.breaches]
  if (first.response !== undefined) breaches.push(...breachesOf(one, first.response, ground))
  // Another process on the machine, or a pause of the collector, makes one measurement large, and not four in a row.
  let millis = first.millis
  for (let round = 0; round < 3 && millis > MAX_MILLIS; round += 1) {
    millis = Math.min(millis, (await measured(openGround(one.door), one)).millis)
  }
  if (millis > MAX_MILLIS) breaches.push({ promise: 'processor', seen: `${Math.round(millis)} ms` })
  if (first.response?.status === 202) breaches.push(...(await replayed(one, ground)))
  if (prototypeMembers() !== before) breaches.push({ promise: 'prototype', seen: 'a prototype has other members' })
  breaches.push(...(await takeStrays()).map((seen): Breach => ({ promise: 'crash', seen })))
  const contextBytes = Math.max(0, ...[...ground.contexts.values()].map((context) => JSON.stringify(context).length))
  return { status: first.response?.status ?? 0, millis, contextBytes, breaches }
}

const measured = async (
  ground: Ground,
  one: Case,
): Promise<{ readonly response?: Response; readonly millis: number; readonly breaches: readonly Breach[] }> => {
  const event = eventOf(one)
  const before = process.cpuUsage()
  try {
    const response = await ground.send(event)
    return { response, millis: millisSince(before), breaches: [] }
  } catch (error) {
    return { millis: millisSince(before), breaches: [{ promise: 'crash', seen: String(error).slice(0, 300) }] }
  }
}

const millisSince = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** The same body once more, as a redelivery brings it: by another GUID, or signed anew. */
const replayed = async (one: Case, ground: Ground): Promise<readonly Breach[]> => {
  const [contexts, spans] = [versionless(ground), ground.spans()]
  const headers = { ...one.headers, 'x-github-delivery': 'another' }
  const seconds = Math.floor(Date.now() / 1000)
  const proof =
    one.door === 'events'
      ? { ...one.proof, headers: signEvent(one.body.bytes, SECRETS.events[0], seconds, 'msg_another') }
      : one.proof
  const { status } = await ground.send(eventOf({ ...one, headers, proof }))
  const isSame = versionless(ground) === contexts && ground.spans() === spans
  return isSame && status === 202
    ? []
    : [{ promise: 'replay', seen: `${status}, ${ground.spans() - spans} spans more` }]
}

/** All contexts; how often they were written is no part of what they say. */
const versionless = ({ contexts }: Ground): string =>
  JSON.stringify([...contexts.values()].map((context) => ({ ...context, version: 0 })))

/** What is thrown where nobody waits for it. */
const listenForStrays = () => {
  let strays: string[] = []
  const hear = (reason: unknown): void => void strays.push(String(reason).slice(0, 300))
  process.on('unhandledRejection', hear)
  process.on('uncaughtException', hear)
  return {
    take: async (): Promise<readonly string[]> => {
      await new Promise((resolve) => setImmediate(resolve))
      const taken = strays
      strays = []
      return taken
    },
    stop: (): void => {
      process.off('unhandledRejection', hear)
      process.off('uncaughtException', hear)
    },
  }
}
