import type { StoredSpan } from './span.ts'
import { appendSpanFile, readSpanFile, rewriteSpanFile } from './span-file.ts'
import { summaryOf, type TraceSummary } from './summary.ts'

/** What has arrived: in memory to look at, in a file to survive. */
export interface SpanStore {
  /** Returns when the spans are written; the last write of a trace id and span id wins. */
  readonly add: (spans: readonly StoredSpan[]) => void
  /** Newest arrivals first. */
  readonly traces: (range: { readonly from: number; readonly count: number }) => readonly TraceSummary[]
  readonly traceCount: () => number
  /** The spans of a trace by their start, or undefined for an unknown trace. */
  readonly trace: (traceId: string) => readonly StoredSpan[] | undefined
  readonly spans: () => readonly StoredSpan[]
  readonly close: () => void
}

/** Opens the store and rewrites its file where lines in it are superseded or torn. */
export const openSpanStore = async (path: string): Promise<SpanStore> => {
  const index = spanIndex()
  let read = 0
  const { skipped } = await readSpanFile(path, (span) => {
    read += 1
    index.put(span)
  })
  if (skipped > 0 || read > index.spans().length) rewriteSpanFile(path, index.spans())
  const file = appendSpanFile(path)
  return {
    ...index,
    add: (spans) => {
      if (spans.length === 0) return
      file.append(spans)
      for (const span of spans) index.put(span)
    },
    close: file.close,
  }
}

const spanIndex = () => {
  // A Map keeps the order of insertion: what arrives again is taken out first, so that it becomes the newest.
  const traces = new Map<string, Map<string, StoredSpan>>()
  return {
    put: (span: StoredSpan): void => {
      const spans = traces.get(span.traceId) ?? new Map<string, StoredSpan>()
      traces.delete(span.traceId)
      traces.set(span.traceId, spans)
      spans.delete(span.spanId)
      spans.set(span.spanId, span)
    },
    traces: ({ from, count }: { readonly from: number; readonly count: number }) =>
      [...traces.values()]
        .reverse()
        .slice(from, from + count)
        .map((spans) => summaryOf([...spans.values()])),
    traceCount: () => traces.size,
    trace: (traceId: string) => {
      const spans = traces.get(traceId)
      return spans && [...spans.values()].sort((a, b) => a.startMillis - b.startMillis)
    },
    spans: () => [...traces.values()].flatMap((spans) => [...spans.values()]),
  }
}
