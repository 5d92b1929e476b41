import * as z from 'zod/mini'
import { WEBHOOK_EVENT_NAMES } from './events.ts'

/** A webhook as GitHub's API tells it; a secret is shown as asterisks. */
export const hook = z.object({
  id: z.int(),
  active: z.boolean(),
  events: z.array(z.string()),
  config: z.object({
    url: z.nullish(z.string()),
    content_type: z.nullish(z.string()),
    insecure_ssl: z.nullish(z.union([z.string(), z.number()])),
    secret: z.nullish(z.string()),
  }),
})
export type Hook = z.infer<typeof hook>

/** What a hook has to be, as it is sent to GitHub. */
export const wantedHook = (url: string, secret: string) => ({
  active: true,
  events: [...WEBHOOK_EVENT_NAMES],
  config: { url, content_type: 'json', insecure_ssl: '0', secret },
})

/** The same address, whatever case the host has and whether or not a slash ends it. */
export const isAt = ({ config }: Hook, url: string): boolean => config.url != null && plain(config.url) === plain(url)

const plain = (url: string): string => (URL.canParse(url) ? new URL(url).href.replace(/\/$/, '') : url)

/** In what a hook is not as it has to be, in words; empty where it is. Nobody can see whether its secret is the right one. */
export const faultsOf = ({ active, events, config }: Hook): readonly string[] => {
  const missing = WEBHOOK_EVENT_NAMES.filter((name) => !events.includes(name))
  const more = events.filter((name) => !WEBHOOK_EVENT_NAMES.includes(name))
  return [
    ...(active ? [] : ['it is switched off']),
    ...(missing.length === 0 ? [] : [`it does not send ${missing.join(', ')}`]),
    ...(more.length === 0 ? [] : [`it sends ${more.join(', ')} as well`]),
    ...(config.content_type === 'json' ? [] : ['its content type is not application/json']),
    ...(String(config.insecure_ssl ?? '0') === '0' ? [] : ['it does not verify the certificate']),
    ...(config.secret ? [] : ['it has no secret']),
  ]
}
