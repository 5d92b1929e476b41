import type { DemoSpan } from './demo-span.ts'

/** What `npx valuestream demo --json` says. */
export interface Conclusion {
  readonly url: string
  readonly webhooks: { readonly recorded: number; readonly ignored: number }
  /** Finished work by operation. */
  readonly spans: Readonly<Record<string, number>>
  /** What has not arrived; absent where the spans went to a backend of the user's choice. */
  readonly missing?: number
  readonly exportsTo?: string
  readonly exampleTraceId?: string
}

export const countsOf = (spans: readonly Pick<DemoSpan, 'operation'>[]): Readonly<Record<string, number>> => {
  const operations = spans.map(({ operation }) => operation)
  return Object.fromEntries(
    [...new Set(operations)].map((operation) => [operation, operations.filter((other) => other === operation).length]),
  )
}
