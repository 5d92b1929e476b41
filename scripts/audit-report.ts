import * as z from 'zod/mini'

/** npm's severities; those from `high` on fail the check. */
const SEVERITIES = ['info', 'low', 'moderate', 'high', 'critical'] as const
const FAILING: ReadonlySet<string> = new Set(['high', 'critical'])

/** `npm audit --json`, version 2: of each vulnerable package how bad it is, and why: an advisory, or a dependency of its. */
const told = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    z.object({
      name: z.string(),
      severity: z.enum(SEVERITIES),
      range: z.string(),
      via: z.array(z.union([z.string(), z.object({ title: z.string(), url: z.string() })])),
    }),
  ),
})
/** What it prints where the registry was not reached, or knows no advisories: with `uri` what was asked, with `code` why not. */
const failed = z.object({
  message: z.optional(z.string()),
  statusCode: z.optional(z.number()),
  error: z.object({ code: z.optional(z.string()), summary: z.optional(z.string()) }),
})

export interface Verdict {
  readonly passes: boolean
  readonly lines: readonly string[]
}

/**
 * What an audit says of the dependencies. Without an answer of the registry it passes and says so: a check that fails
 * for want of a network would soon be one that nobody looks at.
 *
 * @param output what `npm audit --omit=dev --json` has printed
 */
export const verdictOf = (output: string): Verdict => {
  const json = parsed(output)
  const audit = told.safeParse(json)
  if (audit.success) return verdictOn(audit.data)
  const failure = failed.safeParse(json)
  if (!failure.success) return { passes: false, lines: ['npm audit has printed what this check cannot read.'] }
  const { message, statusCode, error } = failure.data
  if (error.code === 'ENOLOCK') return { passes: false, lines: ['There is no lockfile to audit.'] }
  const why = statusCode === undefined ? (error.code ?? 'it was not reached') : `it answered ${statusCode}`
  const isAsked = message !== undefined || error.code !== undefined
  return {
    passes: isAsked,
    lines: [
      isAsked
        ? `The registry cannot tell whether there are known vulnerabilities: ${why}. Nothing was checked.`
        : 'npm audit has failed without saying why.',
    ],
  }
}

const parsed = (output: string): unknown => {
  try {
    return JSON.parse(output)
  } catch {
    return undefined
  }
}

const verdictOn = ({ vulnerabilities }: z.infer<typeof told>): Verdict => {
  const found = Object.values(vulnerabilities).toSorted(
    (a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) || (a.name < b.name ? -1 : 1),
  )
  const isBad = found.some(({ severity }) => FAILING.has(severity))
  const lines = found.map(({ name, severity, range, via }) => `${severity.padEnd(8)} ${name} ${range}: ${whyOf(via)}`)
  if (found.length === 0) return { passes: true, lines: ['No known vulnerability in a production dependency.'] }
  return {
    passes: !isBad,
    lines: [...lines, isBad ? 'High or critical: update before a release.' : 'None is high or critical.'],
  }
}

const whyOf = (via: z.infer<typeof told>['vulnerabilities'][string]['via']): string =>
  via.map((each) => (typeof each === 'string' ? `by ${each}` : `${each.title} (${each.url})`)).join('; ')
