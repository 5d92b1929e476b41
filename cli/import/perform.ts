import { onStopSignal } from '../../local/signals.ts'
import { EXIT } from '../exit.ts'
import type { CursorFile } from './cursor.ts'
import { type Figures, figuresText, NOTHING } from './figures.ts'
import type { Part } from './page.ts'
import { importProgress, type Progress } from './progress.ts'
import type { Receiver } from './receiver.ts'
import { runImport } from './run.ts'
import type { Target } from './target/open.ts'

/** One history that is read from its beginning to its end: a repository, or what lies below a job. */
export interface Imports {
  readonly name: string
  readonly cursor: CursorFile
  /** What it consists of; what has to be read beforehand is told of. */
  readonly parts: (onRead: (name: string, count: number) => void) => Promise<readonly Part[]>
  readonly onDone: () => void
}

export interface Performed {
  readonly json: boolean
  readonly target: Target
  readonly requests: () => number
  /** Until when the source has us wait; then there is no page that is about to end. */
  readonly waitsUntil: () => number | undefined
  /** What the source says about its limits goes this way. */
  readonly onSay: (say: (line: string) => void) => void
}

/**
 * Imports one after the other, telling how far it is; Ctrl-C ends it after the page that is under way, and the same
 * command goes on.
 *
 * @throws Refusal
 */
export const perform = async (all: readonly Imports[], options: Performed): Promise<void> => {
  const startedMillis = performance.now()
  const progress = importProgress(process.stderr, () => performance.now())
  options.onSay(progress.say)
  const stop = stopping(options.waitsUntil, () => progress.say(`Stopped. ${GO_ON}`))
  const receiver = await options.target.open()
  progress.say(`Importing into ${receiver.name}.`)
  let total = NOTHING
  try {
    for (const one of all) {
      if (stop.isStopped()) break
      total = plusAll(total, await importOne(one, receiver, progress, stop.isStopped))
    }
  } finally {
    progress.end()
    await receiver.close()
  }
  stop.done()
  report(total, options, Math.round((performance.now() - startedMillis) / 1000))
  if (stop.isStopped()) {
    console.error(`Stopped before the end. ${GO_ON}`)
    process.exitCode = EXIT.interrupted
  }
}

const GO_ON = 'The same command goes on where it was.'

const importOne = async (
  { name, cursor, parts, onDone }: Imports,
  receiver: Receiver,
  progress: Progress,
  isStopped: () => boolean,
): Promise<Figures> => {
  progress.say(name)
  const known = await parts(progress.advance)
  const { figures, isStopped: stopped } = await runImport({ parts: known, receiver, cursor, progress, isStopped })
  if (!stopped) onDone()
  return figures
}

const plusAll = (a: Figures, b: Figures): Figures => ({
  read: a.read + b.read,
  recorded: a.recorded + b.recorded,
  ignored: Object.fromEntries(
    [...new Set([...Object.keys(a.ignored), ...Object.keys(b.ignored)])].map((reason) => [
      reason,
      (a.ignored[reason] ?? 0) + (b.ignored[reason] ?? 0),
    ]),
  ),
  ...(a.spans === undefined && b.spans === undefined ? {} : { spans: (a.spans ?? 0) + (b.spans ?? 0) }),
})

const report = (figures: Figures, { json, requests }: Performed, seconds: number): void => {
  const complete = { ...figures, requests: requests(), seconds }
  console.log(json ? JSON.stringify(complete, undefined, 2) : figuresText(figures, complete.requests, seconds))
}

/** The first signal ends the import after its page; while the source has us wait, nothing is under way and it ends at once. */
const stopping = (waitsUntil: () => number | undefined, onWaiting: () => void) => {
  const state = { isStopped: false }
  const { promise, resolve } = signalled()
  onStopSignal(async () => {
    state.isStopped = true
    if (waitsUntil() !== undefined) {
      onWaiting()
      return EXIT.interrupted
    }
    return promise
  })
  return { isStopped: () => state.isStopped, done: () => setImmediate(() => resolve(EXIT.interrupted)) }
}

const signalled = () => {
  let resolve = (_code: number) => {}
  const promise = new Promise<number>((settled) => {
    resolve = settled
  })
  return { promise, resolve }
}
