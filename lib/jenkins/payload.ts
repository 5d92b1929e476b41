import * as z from 'zod/mini'
import { isShort } from '../delivery/json.ts'

const text = z.nullish(z.string())
const int = z.nullish(z.int())
const time = z.nullish(z.number())
/** Parameters come as strings, but a pipeline's own values may be of any plain type. */
const values = z.record(z.string(), z.nullable(z.union([z.string(), z.number(), z.boolean()])))
const parameters = z.nullish(z.pipe(z.custom<z.input<typeof values>>(isShort), values))
const causes = z.array(z.object({ name: text }))
const scm = z.nullish(z.object({ url: text, branch: text, commit: text }))

/** The Statistics Gatherer plugin's build event, at the start and at the end of a run. */
export const gathererPayload = z.object({
  ciUrl: z.url(),
  buildUrl: z.string(),
  jobName: text,
  fullJobName: z.string(),
  number: z.int(),
  result: z.string(),
  startTime: time,
  endTime: time,
  duration: time,
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
  buildFailureCauses: z.nullish(z.pipe(z.custom<z.input<typeof causes>>(isShort), causes)),
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
    duration: time,
    phase: z.string(),
    status: text,
    scm,
    parameters,
    test_summary: z.nullish(z.object({ total: int, failed: int, skipped: int })),
  }),
})
export type NotificationPayload = z.infer<typeof notificationPayload>
