import * as z from 'zod/mini'

const text = z.nullish(z.string())

/** Which kind of webhook this is. */
export const anyPayload = z.object({ object_kind: z.string() })

/** What is read of an `issue` event. */
export const issuePayload = z.object({
  user: z.nullish(z.object({ username: text })),
  project: z.object({ path_with_namespace: z.string(), web_url: z.string() }),
  object_attributes: z.object({
    iid: z.int(),
    title: text,
    url: text,
    action: text,
    state: z.string(),
    created_at: z.string(),
    updated_at: z.string(),
    closed_at: text,
  }),
})
export type IssuePayload = z.infer<typeof issuePayload>
