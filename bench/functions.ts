import { eventsOf, type Kind } from './events.ts'
import { type FunctionName, limitIn, type Packaged } from './packaged.ts'
import { measured, median, type Outcome, openStub, roundTrips, type Stub } from './process.ts'

/** What an event of a kind costs, apart from time: it is the same on every machine. */
export interface Counts {
  readonly kind: Kind
  readonly calls: Readonly<Record<string, number>>
  readonly roundTrips: number
  readonly bytes: number
  readonly readUnits: number
  readonly writeUnits: number
}

/** Ratios to the limit program, each the median over the rounds of one run in turn. */
export interface Ratios {
  readonly node: string
  readonly kind: Kind
  readonly load: number
  readonly first: number
  readonly coldTotal: number
  readonly peakMemory: number
  readonly warmCpu: number
  /** Of the function itself, milliseconds and megabytes, for orientation only. */
  readonly own: {
    readonly totalMillis: number
    readonly cpuMillis: number
    readonly p50Millis: number
    readonly p99Millis: number
    readonly peakMegabytes: number
  }
}

const FUNCTION_OF: Readonly<Record<Kind, FunctionName>> = {
  'issue start': 'github',
  'issue finish': 'github',
  'pull request start': 'github',
  'pull request finish': 'github',
  'build start': 'jenkins',
  'build finish': 'jenkins',
}
const KINDS = Object.keys(FUNCTION_OF) as readonly Kind[]
/** Long enough to tell requests at once from requests in turn. */
const APART_MILLIS = 20

type Functions = Readonly<Record<FunctionName, Packaged>>

/** What each kind of event asks of DynamoDB and of the backend. */
export const countsOf = async (functions: Functions, folder: string): Promise<readonly Counts[]> => {
  const all: Counts[] = []
  for (const kind of KINDS) {
    const outcome = await after(functions, kind, folder)
    const per = (number: number): number => number / outcome.events
    all.push({
      kind,
      calls: Object.fromEntries(Object.entries(outcome.calls).map(([name, calls]) => [name, per(calls)])),
      roundTrips: roundTrips(outcome),
      bytes: Math.round(per(outcome.bytes)),
      readUnits: per(outcome.readUnits),
      writeUnits: per(outcome.writeUnits),
    })
  }
  return all
}

const EVENTS = 20

/** What has to be there before is told by the functions that it belongs to. */
const after = (functions: Functions, kind: Kind, folder: string): Promise<Outcome> =>
  withStub(async (stub) => {
    const { before, events } = eventsOf(kind, EVENTS)
    const own = FUNCTION_OF[kind]
    const routes = { github: 'POST /github', jenkins: 'POST /jenkins' } as const
    const isOwn = (event: object) => 'routeKey' in event && event.routeKey === routes[own as 'github' | 'jenkins']
    const others = before.filter((event) => !isOwn(event))
    if (others.length > 0) {
      const { file } = functions[own === 'github' ? 'jenkins' : 'github']
      await measured({ file, events: { before: [], events: others }, stub, folder })
    }
    await stub.delay(APART_MILLIS)
    const { file } = functions[own]
    return measured({ file, events: { before: before.filter(isOwn), events }, stub, folder })
  })

export interface Compared {
  /** The Node that runs both, and how it is called in the table. */
  readonly node: string
  readonly name: string
  readonly file: string
  readonly kind: Kind
  readonly rounds: number
  /** Events that are measured warm, after so many that are not. */
  readonly count: number
  readonly warming: number
  readonly folder: string
}

/** Subject and limit in turn, so that whatever else the machine does falls on both. */
export const ratiosOf = async (compared: Compared): Promise<Ratios> => {
  const [own, limit]: [Measurement[], Measurement[]] = [[], []]
  const limitFile = limitIn(compared.folder)
  for (let round = 0; round < compared.rounds; round += 1) {
    own.push(await once(compared, compared.file))
    limit.push(await once(compared, limitFile))
  }
  const ratio = (of: Figure): number => median(own.map((each, round) => of(each) / of(limit[round] ?? each)))
  const figure = (of: Figure): number => median(own.map(of))
  return {
    node: compared.name,
    kind: compared.kind,
    load: ratio(({ cold }) => cold.loadMillis),
    first: ratio(({ cold }) => cold.firstMillis),
    coldTotal: ratio(({ cold }) => cold.totalMillis),
    peakMemory: ratio(({ cold }) => cold.peakMegabytes),
    warmCpu: ratio(({ warm }) => warm.cpuMillis),
    own: {
      totalMillis: figure(({ cold }) => cold.totalMillis),
      cpuMillis: figure(({ warm }) => warm.cpuMillis),
      p50Millis: figure(({ warm }) => warm.p50Millis ?? 0),
      p99Millis: figure(({ warm }) => warm.p99Millis ?? 0),
      peakMegabytes: figure(({ warm }) => warm.peakMegabytes),
    },
  }
}

type Measurement = Pick<Outcome, 'cold' | 'warm'>
type Figure = (measurement: Measurement) => number

/** What is cold is another process than what is warm, and has another table; of a finish, the start was told by a third. */
const once = async ({ node, kind, count, warming, folder }: Compared, file: string): Promise<Measurement> => {
  const { before, events } = eventsOf(kind, warming + count)
  const cold = await withStub(async (stub) => {
    const handing = (some: readonly object[]) =>
      measured({ node, file, stub, folder, events: { before: [], events: some.slice(0, 1) } })
    if (before.length > 0) await handing(before)
    return handing(events)
  })
  const warm = await withStub((stub) => {
    const unmeasured = [...before, ...events.slice(0, warming)]
    return measured({ node, file, stub, folder, events: { before: unmeasured, events: events.slice(warming) } })
  })
  return { cold: cold.cold, warm: warm.warm }
}

export const withStub = async <T>(work: (stub: Stub) => Promise<T>): Promise<T> => {
  const stub = await openStub()
  try {
    return await work(stub)
  } finally {
    stub.close()
  }
}
