import * as z from 'zod/mini'
import type { JsonObject } from '../webhook.ts'
import type { Change } from './change.ts'

const state = z.object({
  title: z.nullish(z.string()),
  draft: z.nullish(z.boolean()),
  labels: z.nullish(z.array(z.looseObject({ name: z.nullish(z.string()) }))),
  assignees: z.nullish(z.array(z.looseObject({ login: z.nullish(z.string()) }))),
  milestone: z.nullish(z.looseObject({ title: z.nullish(z.string()) })),
})
type State = z.infer<typeof state>

/**
 * An issue or a pull request as it stood at a time: what was changed after it is taken back, the last change first, as
 * far as GitHub's list of events tells what there was before. What it does not tell, such as the number of comments,
 * stays as it is now.
 *
 * @param changes those of this one, in the order of time
 * @param at an ISO string; what was changed in that very second counts as done
 */
export const asItWas = (now: JsonObject, changes: readonly Change[], at: string): JsonObject => {
  const { data } = z.safeParse(state, now)
  if (data === undefined) return now
  const later = changes.filter((change) => change.at > at)
  return later.length === 0 ? now : { ...now, ...later.reduceRight(undone, data) }
}

const undone = (after: State, { kind, value }: Change): State => {
  const { labels, assignees } = after
  switch (kind) {
    case 'labeled':
      return { ...after, labels: labels?.filter(({ name }) => name !== value) }
    case 'unlabeled':
      return { ...after, labels: [...(labels ?? []), { name: value }] }
    case 'assigned':
      return { ...after, assignees: assignees?.filter(({ login }) => login !== value) }
    case 'unassigned':
      return { ...after, assignees: [...(assignees ?? []), { login: value }] }
    case 'milestoned':
      return { ...after, milestone: null }
    case 'demilestoned':
      return { ...after, milestone: { title: value } }
    case 'renamed':
      return { ...after, title: value ?? after.title }
    case 'ready_for_review':
      return { ...after, draft: true }
    case 'convert_to_draft':
      return { ...after, draft: false }
    default:
      return after
  }
}
