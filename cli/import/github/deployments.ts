import * as z from 'zod/mini'
import {
  deploymentTold,
  type RestDeployment,
  restDeployment,
  restDeploymentStatus,
} from '../../history/github/deployment.ts'
import type { Told } from '../../history/webhook.ts'
import { inParallel } from '../in-parallel.ts'
import type { Page, Part } from '../page.ts'
import { type Lists, newestFirst } from './lists.ts'
import type { Place } from './repository.ts'

const AT_ONCE = 6

/** GitHub's deployments with their states. */
export const deploymentsPart = (lists: Lists, place: Place, since: string): Part => ({
  name: 'deployments',
  pages: async function* (from): AsyncGenerator<Page> {
    const page = async (at: string | undefined) => {
      const { items, ...rest } = await lists.page('/deployments', 'deployments', at)
      const deployments = items.flatMap((item) => z.safeParse(restDeployment, item).data ?? [])
      return { ...rest, items: deployments.map((deployment) => ({ deployment, at: deployment.created_at })) }
    }
    for await (const { items, ...rest } of newestFirst(page, since, from)) {
      const told = await inParallel(items, AT_ONCE, ({ deployment }) => tell(lists, place, deployment))
      yield { told, read: items.length, ...rest }
    }
  },
})

const tell = async (lists: Lists, place: Place, deployment: RestDeployment): Promise<Told> => {
  const statuses = await lists.all(`/deployments/${deployment.id}/statuses`, 'deployments')
  return deploymentTold(
    place.repository,
    deployment,
    statuses.flatMap((status) => z.safeParse(restDeploymentStatus, status).data ?? []),
  )
}
