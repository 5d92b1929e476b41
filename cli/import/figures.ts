/** What an import has done so far. */
export interface Figures {
  /** Issues, pull requests, runs and so on that were looked at. */
  readonly read: number
  readonly recorded: number
  /** How often, by the reason. */
  readonly ignored: Readonly<Record<string, number>>
  /** Spans that are new or were corrected; undefined where the receiver does not say. */
  readonly spans?: number
}

export const NOTHING: Figures = { read: 0, recorded: 0, ignored: {} }

export const plus = (
  a: Figures,
  b: { readonly recorded: number; readonly ignored: readonly string[]; readonly spans?: number },
): Figures => {
  const ignored: Record<string, number> = { ...a.ignored }
  for (const reason of b.ignored) ignored[reason] = (ignored[reason] ?? 0) + 1
  return {
    ...a,
    recorded: a.recorded + b.recorded,
    ignored,
    ...(b.spans === undefined ? {} : { spans: (a.spans ?? 0) + b.spans }),
  }
}

/** The last lines of an import. */
export const figuresText = ({ read, recorded, ignored, spans }: Figures, requests: number, seconds: number): string =>
  [
    `${read} read by ${requests} requests in ${seconds} s: ${recorded} reports recorded${spans === undefined ? '' : `, ${spans} spans`}.`,
    ...Object.entries(ignored).map(([reason, count]) => `  ${count} ignored: ${reason}.`),
  ].join('\n')
