import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Context } from 'aws-lambda'
import { parse } from 'yaml'
import { z } from 'zod/mini'
import { contextOf, type ImportModule } from './handlers.ts'
import type { UnderWay } from './under-way.ts'

/** A function that is deployed with a schedule. */
export interface Schedule {
  readonly functionName: string
  /** `functions/sweep/handler.handler`: a module without its ending, and the name of its export. */
  readonly handler: string
  readonly everyMillis: number
  /** Seconds that one run may take. */
  readonly timeoutSeconds: number
}

const UNITS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const

const Functions = z.record(
  z.string(),
  z.object({
    handler: z.string(),
    timeout: z._default(z.number(), 15),
    events: z.optional(z.array(z.object({ schedule: z.optional(z.string()) }))),
  }),
)

/** The schedules of every `<folder>/*\/function.yml`, of the form `rate(<number> <unit>)`. */
export const readSchedules = (functionsFolder: string): readonly Schedule[] =>
  readdirSync(functionsFolder)
    .sort()
    .map((name) => join(functionsFolder, name, 'function.yml'))
    .filter((file) => existsSync(file))
    .flatMap((file) =>
      Object.entries(z.parse(Functions, parse(readFileSync(file, 'utf8')))).flatMap(
        ([functionName, { handler, timeout, events }]) =>
          (events ?? []).flatMap(({ schedule }) =>
            schedule === undefined
              ? []
              : [{ functionName, handler, everyMillis: millisOf(schedule), timeoutSeconds: timeout }],
          ),
      ),
    )

const millisOf = (schedule: string): number => {
  const [, number, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(schedule) ?? []
  if (number === undefined || unit === undefined)
    throw new Error(`The schedule ${schedule} is not rate(<number> <unit>)`)
  return Number(number) * UNITS[unit as keyof typeof UNITS]
}

type Scheduled = (event: object, context: Context) => Promise<unknown>

/** The functions that run by schedule. */
export interface Schedules {
  /**
   * Runs each that is wanted at once, so that what a stack that died has left is taken up, and then by its schedule; by
   * that never twice at a time. What such a run throws is told, and the next one comes all the same.
   *
   * @returns stops the clocks; a run that is under way goes on
   */
  readonly start: (isWanted: (functionName: string) => boolean) => () => void
  /** Runs one now, beside its clock, and gives what it returns; undefined where none is called so. */
  readonly run: (functionName: string) => Promise<unknown> | undefined
}

export const loadSchedules = async (
  root: string,
  schedules: readonly Schedule[],
  importModule: ImportModule,
  runs: UnderWay,
  tell: (sentence: string) => void,
): Promise<Schedules> => {
  const all = await Promise.all(
    schedules.map(async (schedule) => {
      const invoke = await loaded(root, schedule, importModule)
      return { schedule, run: () => runs.admit(() => invoked(invoke, schedule)) }
    }),
  )
  return {
    start: (isWanted) => {
      const wanted = all.filter(({ schedule }) => isWanted(schedule.functionName))
      const stops = wanted.map(({ schedule, run }) => byTheClock(run, schedule, tell))
      return () => {
        for (const stop of stops) stop()
      }
    },
    run: (functionName) => all.find(({ schedule }) => schedule.functionName === functionName)?.run(),
  }
}

const byTheClock = (
  run: () => Promise<unknown>,
  { functionName, everyMillis }: Schedule,
  tell: (sentence: string) => void,
): (() => void) => {
  const tick = alone(async () => {
    await run().catch((error: unknown) => {
      tell(`The function ${functionName} has failed: ${error instanceof Error ? error.message : 'unknown'}.`)
    })
  })
  tick()
  const timer = setInterval(tick, everyMillis)
  return () => clearInterval(timer)
}

const invoked = async (invoke: Scheduled, { functionName, timeoutSeconds }: Schedule): Promise<unknown> => {
  const deadline = Date.now() + timeoutSeconds * 1000
  const context = { ...contextOf(functionName, 'schedule'), getRemainingTimeInMillis: () => deadline - Date.now() }
  return invoke({}, context)
}

/** Does nothing while the run before goes on. */
const alone = (task: () => Promise<void>): (() => void) => {
  let isRunning = false
  return () => {
    if (isRunning) return
    isRunning = true
    void task().finally(() => {
      isRunning = false
    })
  }
}

const loaded = async (
  root: string,
  { handler, functionName }: Schedule,
  importModule: ImportModule,
): Promise<Scheduled> => {
  const dot = handler.lastIndexOf('.')
  const module = (await importModule(join(root, `${handler.slice(0, dot)}.ts`))) as Record<string, unknown>
  const entry = module[handler.slice(dot + 1)]
  if (typeof entry !== 'function') throw new Error(`The function ${functionName} has no handler ${handler}`)
  return entry as Scheduled
}
