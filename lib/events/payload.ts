import * as z from 'zod/mini'
import { isShort } from '../delivery/json.ts'

const text = z.nullish(z.string())
const time = z.union([z.string(), z.number()])
const anything = z.optional(z.unknown())
const metadata = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
const links = z.array(z.string())

/** ValueStream's own format: `docs/events.md`. */
export const customPayload = z.object({
  type: z.string(),
  id: z.string(),
  source: text,
  status: z.string(),
  time,
  started: z.nullish(time),
  title: text,
  url: text,
  result: text,
  error: text,
  parent: text,
  links: z.nullish(z.pipe(z.custom<z.input<typeof links>>(isShort), links)),
  repository: text,
  environment: text,
  commit: text,
  production: z.nullish(z.boolean()),
  run: text,
  change: z.nullish(z.union([z.string(), z.int()])),
  parameters: z.nullish(z.pipe(z.custom<z.input<typeof metadata>>(isShort), metadata)),
  metadata: z.nullish(z.pipe(z.custom<z.input<typeof metadata>>(isShort), metadata)),
})
export type CustomPayload = z.infer<typeof customPayload>

/** What of a CloudEvent's envelope tells anything; the CDEvent in it repeats the rest. */
export const cloudEventPayload = z.object({ type: z.string(), data: anything, traceparent: text })

/** Of any CDEvent, which one it is. */
export const cdEventType = z.object({ context: z.object({ type: z.string() }) })

const named = z.string().check(z.minLength(1))
const referred = z.nullish(z.object({ id: text, source: text }))

/** The CDEvents that are recorded, versions 0.3 to 0.5 of the specification: up to 0.4 a run has a `url`, then a `uri`. */
export const cdEventPayload = z.object({
  context: z.object({ id: named, source: named, type: z.string(), timestamp: z.string() }),
  subject: z.object({
    id: named,
    source: text,
    content: z.nullish(
      z.object({
        uri: text,
        url: text,
        pipelineName: text,
        outcome: text,
        errors: text,
        description: text,
        repository: referred,
        environment: referred,
        service: referred,
        artifactId: text,
        ticketURI: text,
        deploy: anything,
        deployment: anything,
        link: anything,
      }),
    ),
  }),
  customData: anything,
})
export type CdEventPayload = z.infer<typeof cdEventPayload>
