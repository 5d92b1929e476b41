import { eventsOf } from './events.ts'
import { withStub } from './functions.ts'
import type { FunctionName, Packaged } from './packaged.ts'
import { measured, type Outcome } from './process.ts'

/** What an event costs when there is more of something. */
export interface Grown {
  readonly of: string
  readonly size: number
  readonly calls: number
  readonly readUnits: number
  readonly writeUnits: number
  /** Bytes of the largest item that was written. */
  readonly largestItem: number
  readonly cpuMillis: number
}

type Functions = Readonly<Record<FunctionName, Packaged>>

/** How many events are measured at each size. */
const EVENTS = 40

/** Issues while there are so many contexts in the table already. */
export const withContexts = (functions: Functions, sizes: readonly number[], folder: string) =>
  inTurn(sizes, (size) =>
    withStub(async (stub) => {
      const { events } = eventsOf('issue start', 10 + EVENTS)
      const { file } = functions.github
      await measured({ file, stub, folder, events: { before: [], events: events.slice(0, 10) } })
      await stub.fill(size)
      return grown(
        'contexts in the table',
        size,
        await measured({ file, stub, folder, events: { before: [], events: events.slice(10) } }),
      )
    }),
  )

/** Pull requests of one issue that has so many already. */
export const withChildren = async (functions: Functions, sizes: readonly number[], folder: string) =>
  inTurn(sizes, async (size) => {
    const { before, events } = eventsOf('pull request start', size + EVENTS, 1)
    const known = [...before, ...events.slice(0, size)]
    return grown('children of an issue', size, await run(functions.github.file, known, events.slice(size), folder))
  })

/** Pull requests of issues of their own, so many deliveries under way at a time. */
export const inFlight = async (functions: Functions, sizes: readonly number[], folder: string) =>
  inTurn(sizes, async (size) => {
    const { before, events } = eventsOf('pull request start', Math.max(EVENTS, size * 4))
    return grown('deliveries in flight', size, await run(functions.github.file, before, events, folder, size))
  })

const run = (file: string, before: readonly object[], events: readonly object[], folder: string, flying = 1) =>
  withStub((stub) => measured({ file, stub, folder, inFlight: flying, events: { before, events } }))

const grown = (of: string, size: number, outcome: Outcome): Grown => {
  const per = (number: number): number => number / outcome.events
  return {
    of,
    size,
    calls: per(Object.values(outcome.calls).reduce((sum, calls) => sum + calls, 0)),
    readUnits: per(outcome.readUnits),
    writeUnits: per(outcome.writeUnits),
    largestItem: outcome.largestItem,
    cpuMillis: outcome.warm.cpuMillis,
  }
}

const inTurn = async <T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<readonly R[]> => {
  const results: R[] = []
  for (const one of all) results.push(await work(one))
  return results
}
