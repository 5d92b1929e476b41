import { z } from 'zod/mini'

const AttributeValue = z.json()
const Attributes = z.record(z.string(), AttributeValue)
export type Attributes = z.infer<typeof Attributes>

const Details = z.object({
  attributes: Attributes,
  links: z.array(z.object({ traceId: z.string(), spanId: z.string(), attributes: Attributes })),
  events: z.array(z.object({ name: z.string(), atMillis: z.number(), attributes: Attributes })),
})
/** What of a span stands in no column of its own. */
export type Details = z.infer<typeof Details>

const LINK_REASON = 'valuestream.link.reason'

/** The column `details`. @throws Error when it is something else */
export const detailsOf = (text: unknown): Details => z.parse(Details, JSON.parse(String(text)))

/** Why a span links to another one, where it says so. */
export const reasonOf = ({ attributes }: Details['links'][number]): string | undefined => {
  const reason = attributes[LINK_REASON]
  return typeof reason === 'string' ? reason : undefined
}

/** When commits were last pushed to a pull request. */
export const lastPushOf = ({ events }: Details): number | undefined => {
  const pushes = events.filter(({ name }) => name === 'pushed').map(({ atMillis }) => atMillis)
  return pushes.length === 0 ? undefined : Math.max(...pushes)
}
