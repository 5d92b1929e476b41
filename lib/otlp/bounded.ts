import type { CompletedSpan } from '../delivery/span.ts'

/**
 * A span as a backend takes it that drops what began too long ago: it then begins at the bound, and
 * bears its true start and duration as attributes. One that ended before the bound has no duration left. Work is often open for weeks.
 *
 * @param oldestStartMillis the oldest start that is taken, before now; undefined where there is no bound
 */
export const boundedSpan = (
  span: CompletedSpan,
  oldestStartMillis: number | undefined,
  nowMillis: number,
): CompletedSpan => {
  if (oldestStartMillis === undefined || span.startMillis >= nowMillis - oldestStartMillis) return span
  const startMillis = nowMillis - oldestStartMillis
  return {
    ...span,
    startMillis,
    endMillis: Math.max(startMillis, span.endMillis),
    attributes: {
      ...span.attributes,
      'valuestream.true_start': new Date(span.startMillis).toISOString(),
      'valuestream.true_duration_millis': span.endMillis - span.startMillis,
    },
    events: span.events.filter(({ atMillis }) => atMillis >= startMillis),
  }
}

/** A minute less than the backend's bound, for the way there. */
const WAY_MILLIS = 60_000

/** Spans as they are sent now. @param oldestStartMillis as the backend has it */
export const boundedSpans = (
  spans: readonly CompletedSpan[],
  oldestStartMillis: number | undefined,
): readonly CompletedSpan[] => {
  const bound = oldestStartMillis === undefined ? undefined : oldestStartMillis - WAY_MILLIS
  return spans.map((span) => boundedSpan(span, bound, Date.now()))
}
