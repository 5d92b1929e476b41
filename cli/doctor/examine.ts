import { isRefusal } from '../../local/refusal.ts'
import { type Finding, problem } from './finding.ts'

/** One thing that is looked at; a refusal is a problem of its subject. */
export interface Check {
  readonly subject: string
  readonly look: () => Promise<readonly Finding[]>
  /** Without it the checks that follow can find nothing. */
  readonly isBasis?: true
}

/** Looks at one thing after the other, and tells each finding as soon as there is one. */
export const examine = async (
  checks: readonly Check[],
  tell: (finding: Finding) => void,
): Promise<readonly Finding[]> => {
  const all: Finding[] = []
  for (const { subject, look, isBasis } of checks) {
    const findings = await lookedAt(subject, look)
    findings.forEach(tell)
    all.push(...findings)
    if (isBasis === true && findings.some(({ state }) => state === 'problem')) break
  }
  return all
}

const lookedAt = async (subject: string, look: Check['look']): Promise<readonly Finding[]> => {
  try {
    return await look()
  } catch (error) {
    if (!isRefusal(error)) throw error
    return [problem(subject, error.message)]
  }
}
