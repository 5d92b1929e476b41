import type { Translation } from './source.ts'

/** A field that a payload has wrong. The message names the field and never its value. */
export class MalformedField extends Error {
  constructor(path: string, fault: string) {
    super(`the field ${path} ${fault}`)
    this.name = 'MalformedField'
  }
}

/** A translation; what it finds malformed is told and not thrown. */
export const orMalformed = (translation: () => Translation): Translation => {
  try {
    return translation()
  } catch (error) {
    if (error instanceof MalformedField) return { kind: 'malformed', reason: error.message }
    throw error
  }
}
