import { beginningOf } from '../delivery/text.ts'

/** What of a text goes into an attribute. */
const MAX_LENGTH = 1000

export const shortened = (text: string | null | undefined): string | undefined =>
  text == null ? undefined : beginningOf(text, MAX_LENGTH)
