import type { ActivityKey } from '../delivery/activity.ts'
import { affectedBy } from '../delivery/affected.ts'
import { isEnough } from '../delivery/cargo.ts'
import { type DeploymentEntry, type MainlineEntry, type Placed, TOLD_APART_MILLIS } from '../delivery/mainline.ts'
import type { ContextStore } from './ports.ts'

/** Entries a request: 100 kB of the table at the most. */
const PAGE = 300
/** How far a look back or on goes: the merges and deploys of a busy repository in a fortnight. */
const MAX_PAGES = 8

/** What stands in a mainline before a deploy, as far back as the deploy before it and what that one deployed. */
export const readBefore = async (
  store: ContextStore,
  repository: string,
  deploy: DeploymentEntry,
): Promise<readonly MainlineEntry[]> =>
  walk(store, repository, 'back', deploy.atMillis, (entries) => isEnough(deploy, entries))

/** The deploys that entries, which are new, have changed or are gone, make bring something else than before. */
export const readAffected = async (
  store: ContextStore,
  entries: readonly Placed[],
): Promise<readonly ActivityKey[]> => {
  const repositories = [...new Set(entries.map(({ repository }) => repository))]
  const affected = repositories.map(async (repository) => {
    const own = entries.filter((placed) => placed.repository === repository).map(({ entry }) => entry)
    const from = Math.min(...own.map(({ atMillis }) => atMillis)) - TOLD_APART_MILLIS
    const later = await walk(store, repository, 'on', from, () => false)
    return own.flatMap((entry) =>
      affectedBy(
        entry,
        later.filter(({ atMillis }) => atMillis >= entry.atMillis - TOLD_APART_MILLIS),
      ),
    )
  })
  return [...new Set((await Promise.all(affected)).flat())]
}

const walk = async (
  store: ContextStore,
  repository: string,
  direction: 'back' | 'on',
  atMillis: number,
  isDone: (entries: readonly MainlineEntry[]) => boolean,
): Promise<readonly MainlineEntry[]> => {
  const all: MainlineEntry[] = []
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const after = all.at(-1)
    const found = await store.mainline({
      repository,
      direction,
      atMillis,
      ...(after === undefined ? {} : { after }),
      limit: PAGE,
    })
    all.push(...found.entries)
    if (found.isLast || isDone(all)) break
  }
  return all
}
