import * as z from 'zod/mini'
import type { Github } from '../../github/client.ts'
import type { PartName } from './import.ts'
import { linkTo } from './link.ts'
import { type Place, RIGHTS } from './repository.ts'

/** What there is of each part, by one request each. Of pushes GitHub does not say how many there are. */
const PATHS: Readonly<Record<PartName, readonly [name: string, path: (since: string) => string] | undefined>> = {
  work: ['issues and pull requests', (since) => `/issues?state=all&since=${since}&per_page=1`],
  runs: ['workflow runs', (since) => `/actions/runs?created=${encodeURIComponent(`>=${since}`)}&per_page=1`],
  deployments: ['deployments, of all times', () => '/deployments?per_page=1'],
  pushes: undefined,
  statuses: undefined,
}

/** Prints what would be read. @throws Refusal */
export const dryRun = async (
  github: Github,
  places: readonly Place[],
  since: string,
  wanted: readonly PartName[],
  json: boolean,
): Promise<void> => {
  const found = []
  for (const { fullName } of places) {
    const counts: Record<string, number> = {}
    for (const name of wanted) {
      const [what, path] = PATHS[name] ?? []
      if (what !== undefined && path !== undefined) counts[what] = await count(github, fullName, what, path(since))
    }
    found.push({ repository: fullName, counts })
  }
  console.log(json ? JSON.stringify({ since, repositories: found }, undefined, 2) : textOf(since, found))
}

const counted = z.object({ total_count: z.int() })

const count = async (github: Github, fullName: string, what: string, path: string): Promise<number> => {
  const { data, link } = await github.ask(`GET /repos/${fullName}${path}`, {
    what: `the ${what} of ${fullName}`,
    rights: RIGHTS,
  })
  const total = z.safeParse(counted, data).data?.total_count
  if (total !== undefined) return total
  const last = linkTo('last', link)
  return Number(last === undefined ? undefined : new URL(last).searchParams.get('page')) || lengthOf(data)
}

const lengthOf = (data: unknown): number => (Array.isArray(data) ? data.length : 0)

const textOf = (
  since: string,
  found: readonly { readonly repository: string; readonly counts: Readonly<Record<string, number>> }[],
): string =>
  [
    `Since ${since.slice(0, 10)} there are to be read:`,
    ...found.flatMap(({ repository, counts }) => [
      `  ${repository}`,
      ...Object.entries(counts).map(([what, count]) => `    ${String(count).padStart(7)} ${what}`),
    ]),
    'A pull request takes two requests, a deployment one, a hundred issues one; GitHub lets 5,000 through an hour.',
  ].join('\n')
