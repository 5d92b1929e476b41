import * as z from 'zod/mini'

const text = z.nullish(z.string())
const int = z.nullish(z.number())
/** Parameters come as strings, but a pipeline's own values may be of any plain type. */
const parameters = z.nullish(z.record(z.string(), z.nullable(z.union([z.string(), z.number(), z.boolean()]))))
const scm = z.nullish(z.object({ url: text, branch: text, commit: text }))

/** The Statistics Gatherer plugin's build event, at the start and at the end of a run. */
export const gathererPayload = z.object({
  ciUrl: z.url(),
  buildUrl: z.string(),
  jobName: text,
  fullJobName: z.string(),
  number: z.int(),
  result: z.string(),
  startTime: int,
  endTime: int,
  duration: int,
  queueTime: int,
  contextId: int,
  buildCause: text,
  startedUserId: text,
  startedUserName: text,
  /** The spelling of the plugin's README. */
  startedUsername: text,
  slaveInfo: z.nullish(z.object({ slaveName: text })),
  parameters,
  scmInfo: scm,
  buildFailureCauses: z.nullish(z.array(z.object({ name: text }))),
})
export type GathererPayload = z.infer<typeof gathererPayload>

/** The Notification plugin's event, in every phase of a run. */
export const notificationPayload = z.object({
  name: z.string(),
  url: text,
  build: z.object({
    full_url: z.url(),
    number: z.int(),
    timestamp: z.number(),
    duration: int,
    phase: z.string(),
    status: text,
    scm,
    parameters,
    test_summary: z.nullish(z.object({ total: int, failed: int, skipped: int })),
  }),
})
export type NotificationPayload = z.infer<typeof notificationPayload>
