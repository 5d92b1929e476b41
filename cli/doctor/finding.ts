export type FindingState = 'ok' | 'warning' | 'problem'

/** What was found of one thing, in a sentence, and what to do where it is not well. */
export interface Finding {
  readonly subject: string
  readonly state: FindingState
  readonly says: string
  readonly remedy?: string
}

export const ok = (subject: string, says: string): Finding => ({ subject, state: 'ok', says })
export const warning = (subject: string, says: string, remedy: string): Finding => ({
  subject,
  state: 'warning',
  says,
  remedy,
})
export const problem = (subject: string, says: string, remedy?: string): Finding => ({
  subject,
  state: 'problem',
  says,
  ...(remedy === undefined ? {} : { remedy }),
})
