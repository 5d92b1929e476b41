import { closeSync, createReadStream, existsSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { StoredSpan } from './span.ts'

/** Spans in a file, one line of JSON each, appended as they come. */
export interface SpanFile {
  readonly append: (spans: readonly StoredSpan[]) => void
  readonly close: () => void
}

/**
 * Reads the spans of a file in the order in which they were appended. What is no span is passed over: a kill leaves a
 * torn last line behind, and one bad line must not hide the others.
 */
export const readSpanFile = async (path: string, onSpan: (span: StoredSpan) => void): Promise<{ skipped: number }> => {
  let skipped = 0
  if (!existsSync(path)) return { skipped }
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    const span = parseLine(line)
    if (span) onSpan(span)
    else if (line !== '') skipped += 1
  }
  return { skipped }
}

const parseLine = (line: string): StoredSpan | undefined => {
  try {
    return StoredSpan.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}

/** Replaces the file by these spans, in one step: a kill leaves the old one or the new one. */
export const rewriteSpanFile = (path: string, spans: Iterable<StoredSpan>): void => {
  const file = openSync(`${path}.new`, 'w', 0o600)
  for (const span of spans) writeSync(file, lineOf(span))
  fsyncSync(file)
  closeSync(file)
  renameSync(`${path}.new`, path)
}

export const appendSpanFile = (path: string): SpanFile => {
  const file = openSync(path, 'a', 0o600)
  let torn = false
  return {
    append: (spans) => {
      // After a write that failed half-way, say on a full disk, the next line must not continue the torn one.
      const text = (torn ? '\n' : '') + spans.map(lineOf).join('')
      torn = true
      writeAll(file, Buffer.from(text))
      torn = false
    },
    close: () => closeSync(file),
  }
}

const lineOf = (span: StoredSpan): string => `${JSON.stringify(span)}\n`

const writeAll = (file: number, bytes: Buffer): void => {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
}
