import type { CursorFile } from './cursor.ts'
import { type Figures, NOTHING, plus } from './figures.ts'
import { inParallel } from './in-parallel.ts'
import type { Page, Part } from './page.ts'
import type { Progress } from './progress.ts'
import type { Receiver } from './receiver.ts'

export interface Run {
  readonly parts: readonly Part[]
  readonly receiver: Receiver
  readonly cursor: CursorFile
  readonly progress: Progress
  /** Asked after each page. */
  readonly isStopped: () => boolean
}

export interface Imported {
  readonly figures: Figures
  /** Whether it was stopped before its end. */
  readonly isStopped: boolean
}

/**
 * Reads page by page, records what each tells, and only then writes down how far it is. Stopped or killed anywhere, the
 * next run reads no more than one page again, which changes nothing of what was recorded.
 *
 * @throws Refusal
 */
export const runImport = async ({ parts, receiver, cursor, progress, isStopped }: Run): Promise<Imported> => {
  let figures = NOTHING
  let at = cursor.read()
  for (const part of parts.filter(({ name }) => !at.done.includes(name))) {
    progress.advance(part.name, 0)
    for await (const page of part.pages(at.part === part.name ? at.next : undefined)) {
      figures = await recordPage(page, receiver, figures)
      progress.advance(part.name, page.read, page.total)
      at =
        page.next === undefined
          ? { done: [...at.done, part.name] }
          : { done: at.done, part: part.name, next: page.next }
      cursor.write(at)
      if (isStopped()) return { figures, isStopped: true }
    }
    // A part may have no page at all.
    if (!at.done.includes(part.name)) at = { done: [...at.done, part.name] }
  }
  cursor.remove()
  return { figures, isStopped: false }
}

const recordPage = async ({ told, read }: Page, receiver: Receiver, before: Figures): Promise<Figures> => {
  const received = await inParallel(
    told.filter(({ length }) => length > 0),
    receiver.atOnce,
    receiver.receive,
  )
  return received.reduce(plus, { ...before, read: before.read + read })
}
