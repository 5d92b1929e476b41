import type { Parameters } from '../warehouse/rows.ts'

/** A piece of a statement, with the values of its `$name`s. Only what is written in the source stands in the text. */
export interface Sql {
  readonly text: string
  readonly parameters: Parameters
}
