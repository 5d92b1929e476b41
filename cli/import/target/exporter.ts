import type { SpanExporter } from '../../../lib/record/ports.ts'

/**
 * Takes the spans of an import as delivered without sending them: most backends drop or bill what is old, and the
 * explorer reads the table. What corrects a span that went out before stays in the outbox, for the sweep to send.
 */
export const keptInTable: SpanExporter = {
  export: async (spans) =>
    Promise.resolve(
      spans.some(({ attributes }) => attributes['valuestream.correction'] !== undefined)
        ? LEFT_TO_THE_SWEEP
        : { kind: 'accepted' },
    ),
}

/** Leaves all in the outbox: the deployment's own sweep sends it, at its pace and with its settings. */
export const leftToTheSweep: SpanExporter = { export: async () => Promise.resolve(LEFT_TO_THE_SWEEP) }

const LEFT_TO_THE_SWEEP = { kind: 'retryable', message: 'imported: the sweep sends it' } as const
