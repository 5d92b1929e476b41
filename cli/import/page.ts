import type { Told } from '../history/webhook.ts'

/** A part of a history, read page by page. */
export interface Part {
  readonly name: string
  /**
   * From the place that an earlier page named as `next`, or from the beginning. A page that is read again tells the same.
   *
   * @throws Refusal
   */
  readonly pages: (from: string | undefined) => AsyncIterable<Page>
}

export interface Page {
  readonly told: readonly Told[]
  /** How many things were looked at. */
  readonly read: number
  /** How many there are in this part, as far as it is known. */
  readonly total?: number
  /** Where to go on; absent on the last page. */
  readonly next?: string
}
