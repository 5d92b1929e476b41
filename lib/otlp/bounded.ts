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
