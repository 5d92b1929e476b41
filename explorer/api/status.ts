/** `GET /api/status`, no parameters. */
export interface Status {
  /** Finished spans, and spans that are under way. */
  readonly spans: number
  readonly open: number
  readonly traces: number
  /** Their names, the ones that ValueStream knows first in the order of the flow. */
  readonly operations: readonly { readonly name: string; readonly spans: number; readonly failed: number }[]
  readonly firstMillis?: number
  readonly lastMillis?: number
  /** What is read from: `local stack`, or the deployed table's name and stage. */
  readonly source: string
  /** When the table was last read to its end, and what stands in the way of reading it now. */
  readonly readMillis?: number
  readonly problem?: string
}
