import * as z from 'zod/mini'
import { refusal } from '../../local/refusal.ts'
import type { Github } from '../github/client.ts'
import type { Wanted } from '../github/refusal.ts'
import { type Hook, hook, type wantedHook } from './hook.ts'

/** Whose hooks: those of a repository, or those of an organisation. */
export interface Owner {
  /** `acme/shop` or `acme` */
  readonly name: string
  readonly kind: 'repository' | 'organisation'
}

/** @throws Refusal */
export const ownerOf = ({ repo, org }: { readonly repo?: string; readonly org?: string }): Owner => {
  if (org !== undefined && /^[\w-]{1,39}$/.test(org)) return { name: org, kind: 'organisation' }
  if (repo !== undefined && /^[\w-]{1,39}\/[\w.-]{1,100}$/.test(repo)) return { name: repo, kind: 'repository' }
  throw refusal('Say whose webhooks: --repo acme/shop, or --org acme for all its repositories.')
}

const delivery = z.object({
  guid: z.string(),
  event: z.string(),
  delivered_at: z.string(),
  duration: z.number(),
  status: z.string(),
  status_code: z.number(),
})
export type HookDelivery = z.infer<typeof delivery>

type WantedHook = ReturnType<typeof wantedHook>

/** The webhooks of a repository or an organisation, by GitHub's API. Every function throws a Refusal. */
export interface Hooks {
  readonly list: () => Promise<readonly Hook[]>
  readonly create: (wanted: WantedHook) => Promise<Hook>
  readonly update: (id: number, wanted: WantedHook) => Promise<Hook>
  readonly remove: (id: number) => Promise<void>
  readonly ping: (id: number) => Promise<void>
  /** The latest first. */
  readonly deliveries: (id: number) => Promise<readonly HookDelivery[]>
}

export const hooksOf = (github: Github, { name, kind }: Owner): Hooks => {
  const path = `/${kind === 'repository' ? 'repos' : 'orgs'}/${name}/hooks`
  const wanted: Wanted = { what: `the webhooks of ${name}`, rights: RIGHTS[kind] }
  const one = async (route: string, parameters?: WantedHook | (WantedHook & { readonly name: string })) =>
    checked(hook, (await github.ask(route, wanted, parameters)).data)
  return {
    list: async () => checked(z.array(hook), await github.all(`GET ${path}`, wanted)),
    create: (made) => one(`POST ${path}`, { name: 'web', ...made }),
    update: (id, made) => one(`PATCH ${path}/${id}`, made),
    remove: async (id) => void (await github.ask(`DELETE ${path}/${id}`, wanted)),
    ping: async (id) => void (await github.ask(`POST ${path}/${id}/pings`, wanted)),
    deliveries: async (id) =>
      checked(z.array(delivery), (await github.ask(`GET ${path}/${id}/deliveries?per_page=30`, wanted)).data),
  }
}

const RIGHTS: Readonly<Record<Owner['kind'], string>> = {
  repository:
    'a fine-grained token needs the repository permission "Webhooks: read and write", a classic one the scope admin:repo_hook',
  organisation:
    'a fine-grained token needs the organization permission "Webhooks: read and write", a classic one the scope admin:org_hook and an owner of the organization',
}

const checked = <T>(schema: z.ZodMiniType<T>, data: unknown): T => {
  const parsed = z.safeParse(schema, data)
  if (!parsed.success) throw refusal('GitHub answered something else than webhooks: see to --host.')
  return parsed.data
}
