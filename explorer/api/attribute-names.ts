/** `GET /api/attributes`: what can be grouped and filtered by, for the population. */
export interface AttributeNames {
  readonly attributes: readonly {
    readonly scope: string
    readonly name: string
    /** Distinct values, and the most frequent of them. */
    readonly values: number
    readonly frequent: readonly string[]
  }[]
}
