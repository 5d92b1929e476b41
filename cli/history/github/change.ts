import * as z from 'zod/mini'

/** What GitHub's list of a repository's issue events tells, as far as it says how something stood at a time. */
export const CHANGES = [
  'closed',
  'reopened',
  'labeled',
  'unlabeled',
  'assigned',
  'unassigned',
  'milestoned',
  'demilestoned',
  'renamed',
  'review_requested',
  'ready_for_review',
  'convert_to_draft',
] as const
export type ChangeKind = (typeof CHANGES)[number]

/** One change of an issue or of a pull request; times are GitHub's, ISO strings of whole seconds. */
export const change = z.object({
  number: z.int(),
  kind: z.enum(CHANGES),
  at: z.string(),
  /** `state_reason` of a close; the name of a label, of a person, of a milestone; the former title. */
  value: z.optional(z.string()),
  /** Whether it was a team that was asked for a review. */
  isTeam: z.optional(z.boolean()),
})
export type Change = z.infer<typeof change>

const text = z.nullish(z.string())
const named = z.nullish(z.object({ name: text }))
const person = z.nullish(z.object({ login: text }))
const issueEvent = z.object({
  event: z.string(),
  created_at: z.string(),
  issue: z.nullish(z.object({ number: z.int() })),
  state_reason: text,
  label: named,
  assignee: person,
  milestone: z.nullish(z.object({ title: text })),
  rename: z.nullish(z.object({ from: text })),
  requested_reviewer: person,
  requested_team: named,
})

/**
 * An event of `GET /repos/{owner}/{repo}/issues/events` as a change; undefined for one that changes nothing here.
 *
 * @see https://docs.github.com/rest/using-the-rest-api/issue-event-types
 */
export const changeOf = (event: unknown): Change | undefined => {
  const { data } = z.safeParse(issueEvent, event)
  const kind = CHANGES.find((name) => name === data?.event)
  if (data === undefined || kind === undefined || data.issue == null) return undefined
  const value =
    data.state_reason ??
    data.label?.name ??
    data.assignee?.login ??
    data.milestone?.title ??
    data.rename?.from ??
    data.requested_reviewer?.login ??
    data.requested_team?.name
  return {
    number: data.issue.number,
    kind,
    at: data.created_at,
    ...(value == null ? {} : { value }),
    ...(data.requested_team == null ? {} : { isTeam: true }),
  }
}
