import * as z from 'zod/mini'

/** The Git plugin's `BuildData`, as one of a run's actions. */
export const checkout = z.object({
  lastBuiltRevision: z.nullish(
    z.object({
      SHA1: z.nullish(z.string()),
      branch: z.nullish(z.array(z.object({ name: z.nullish(z.string()) }))),
    }),
  ),
  remoteUrls: z.nullish(z.array(z.string())),
})
type BuildData = z.infer<typeof checkout>

export interface Checkout {
  readonly url: string
  readonly branch: string
  readonly sha: string
}

/**
 * What a run has built. A pipeline checks out its shared libraries as well: of several repositories the one that the
 * job is called after counts, and where there is none, nothing is said.
 */
export const checkoutOf = (actions: readonly BuildData[], fullName: string): Checkout | undefined => {
  const all = actions.flatMap(toCheckout)
  const segments = new Set(fullName.toLowerCase().split('/'))
  const named = all.find(({ url }) => segments.has(nameIn(url)))
  const isOne = new Set(all.map(({ url }) => nameIn(url))).size === 1
  return named ?? (isOne ? all[0] : undefined)
}

const toCheckout = ({ lastBuiltRevision, remoteUrls }: BuildData): readonly Checkout[] => {
  const [url, sha] = [remoteUrls?.[0], lastBuiltRevision?.SHA1]
  const branch = lastBuiltRevision?.branch?.[0]?.name ?? ''
  return url ? [{ url, sha: sha ?? '', branch: branch === 'detached' ? '' : branch }] : []
}

/** `shop` of `https://github.com/acme/shop.git` */
const nameIn = (url: string): string => (url.split(/[/:]/).at(-1) ?? '').replace(/\.git$/, '').toLowerCase()
