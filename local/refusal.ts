/** An end that is expected: its message is one sentence that says what to do, shown without a stack. */
export const refusal = (sentence: string, cause?: unknown): Error => {
  const error = new Error(sentence, { cause })
  error.name = 'Refusal'
  return error
}

export const isRefusal = (thrown: unknown): thrown is Error => thrown instanceof Error && thrown.name === 'Refusal'

/** A refusal of what was asked for, before anything was done. */
export const wrongUse = (sentence: string, cause?: unknown): Error =>
  Object.assign(refusal(sentence, cause), { isWrongUse: true })

export const isWrongUse = (thrown: unknown): boolean => isRefusal(thrown) && 'isWrongUse' in thrown

/** The `code` of a system error, such as `EADDRINUSE`. */
export const errorCode = (thrown: unknown): string | undefined =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string'
    ? thrown.code
    : undefined
