import * as z from 'zod/mini'
import type { Attempt, Delivery, Hook, HookDeliveries, Page } from '../redeliver/ports.ts'
import { failureOf, rateIn, refusalIn } from './refusal.ts'
import { githubRest, PAGE_LENGTH, type RestOptions } from './rest.ts'

export interface DeliveriesOptions extends RestOptions {
  readonly now: () => number
}

const Listed = z.array(
  z.object({
    // A number, or a bigint where it is larger than a number holds.
    id: z.union([z.int(), z.bigint()]),
    guid: z.string(),
    delivered_at: z.iso.datetime({ offset: true }),
    redelivery: z.boolean(),
    status_code: z.number(),
  }),
)

/** The deliveries of hooks by GitHub's REST API. */
export const githubDeliveries = ({ now, ...rest }: DeliveriesOptions): HookDeliveries => {
  const ask = githubRest(rest)
  return {
    list: async (hook, cursor) => {
      try {
        const { data, headers } = await ask(`GET ${pathOf(hook)}`, {
          per_page: PAGE_LENGTH,
          ...(cursor === undefined ? {} : { cursor }),
        })
        return pageOf(data, headers)
      } catch (error) {
        return failureOf(hook, error, now())
      }
    },
    redeliver: async (hook, deliveryId) => {
      try {
        const { headers } = await ask(`POST ${pathOf(hook)}/${deliveryId}/attempts`, {})
        return { kind: 'accepted', ...rateIn(headers) }
      } catch (error) {
        return rejection(error) ?? failureOf(hook, error, now())
      }
    },
  }
}

const pathOf = (hook: Hook): string => {
  switch (hook.kind) {
    case 'repository':
      return `/repos/${hook.owner}/${hook.repository}/hooks/${hook.id}/deliveries`
    case 'organization':
      return `/orgs/${hook.organization}/hooks/${hook.id}/deliveries`
    case 'app':
      return '/app/hook/deliveries'
  }
}

const pageOf = (
  data: unknown,
  headers: Readonly<Record<string, unknown>>,
): Awaited<ReturnType<HookDeliveries['list']>> => {
  const { data: items } = z.safeParse(Listed, data)
  if (items === undefined) return { kind: 'failed', message: 'GitHub answered something else than deliveries' }
  const next = cursorIn(headers.link)
  const page: Page = { kind: 'page', deliveries: items.map(deliveryOf), ...rateIn(headers) }
  return next === undefined ? page : { ...page, next }
}

const deliveryOf = ({ id, guid, delivered_at, redelivery, status_code }: z.infer<typeof Listed>[number]): Delivery => ({
  id: String(id),
  guid,
  deliveredMillis: Date.parse(delivered_at),
  isRedelivery: redelivery,
  status: status_code,
})

/** `<https://api.github.com/…?per_page=100&cursor=v1_123>; rel="next"`, among others. */
const cursorIn = (link: unknown): string | undefined => {
  const [, url] = typeof link === 'string' ? (/<([^<>]+)>; rel="next"/.exec(link) ?? []) : []
  return url !== undefined && URL.canParse(url) ? (new URL(url).searchParams.get('cursor') ?? undefined) : undefined
}

/** Not valid, or not to be processed: asking again would not help. */
const rejection = (error: unknown): Attempt | undefined => {
  const refusal = refusalIn(error)
  return refusal?.status === 400 || refusal?.status === 422
    ? { kind: 'rejected', message: `GitHub answered ${refusal.status}`, ...rateIn(refusal.headers) }
    : undefined
}
